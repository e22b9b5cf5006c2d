"""Whose account it is: by user name or the municipality's address, and by nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.account.auth_backends import AuthenticationBackend
from django.http import HttpRequest

from people.models import Employee

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser


class AccountBackend(AuthenticationBackend):
    """allauth's, but the library's own list of addresses opens nothing (docs/decisions/0025).

    One password is checked, once, whether or not there is such an account: the time tells nothing.
    """

    def _authenticate(
        self, request: HttpRequest | None, **credentials: str
    ) -> AbstractBaseUser | None:
        typed = credentials.get("username") or credentials.get("email") or ""
        return self._check_password(Employee.objects.by_login(typed), credentials["password"])
