"""Who a person is to the search index, and this app's lines of the access matrix."""

from __future__ import annotations

from typing import TYPE_CHECKING

from privacy.matrix import ANYONE, LOGIN, declare

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from .models import Employee

declare("account_login", roles=ANYONE, actions=("GET", "POST"))
declare("account_logout", roles=LOGIN, actions=("GET", "POST"))


def acl_tokens(user: Employee | AnonymousUser) -> frozenset[str]:
    """The tokens a person holds; a document is found where one of its tokens is among them.

    open: everybody. login: every employee. municipality:N, unit:N: those who belong there.
    employee:N: this person (a case carries its owner's and its present partners' tokens).
    """
    tokens = {"open"}
    if user.is_authenticated and user.is_active:
        tokens |= {"login", f"employee:{user.pk}"}
        if user.unit is not None:
            tokens |= {f"unit:{user.unit_id}", f"municipality:{user.unit.municipality_id}"}
    return frozenset(tokens)
