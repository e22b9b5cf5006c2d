"""The access tokens of a user for the search index, and who may open this app's addresses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from privacy.matrix import ANYONE, LOGIN, declare

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from .models import Employee

POST = ("GET", "POST")
declare("people:account", roles=LOGIN, relation="own", actions=POST)
declare("people:session_end", roles=LOGIN, relation="own", actions=POST)
declare("people:own_calendar", roles=LOGIN, relation="own", actions=POST)
declare("people:remove_calendar", "people:feed", roles=LOGIN, relation="own", actions=("POST",))
declare("people:unsubscribe", roles=ANYONE, relation="own", actions=POST)  # a signed link
declare("people:remove_absence", roles=LOGIN, relation="own", actions=("POST",))
declare(
    "account_login",
    "account_signup",  # closed: answers that accounts are made by the municipality
    "account_inactive",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "mfa_authenticate",
    roles=ANYONE,
    actions=POST,
)
declare(
    "account_logout",
    "account_change_password",
    "account_set_password",
    "account_reauthenticate",
    "mfa_index",
    "mfa_reauthenticate",
    "mfa_activate_totp",
    "mfa_deactivate_totp",
    "mfa_generate_recovery_codes",
    "mfa_view_recovery_codes",
    "mfa_download_recovery_codes",
    roles=LOGIN,
    relation="own",
    actions=POST,
)


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
