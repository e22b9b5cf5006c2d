"""Find the account of a login by user name or mail address, and by nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.models import Permission

from people.models import Employee

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser
    from django.db.models import QuerySet
    from django.http import HttpRequest


class AccountBackend(AuthenticationBackend):
    """allauth's backend, but without its own list of addresses (docs/decisions/0025).

    Exactly one password is hashed, with or without an account, so timing reveals nothing.
    """

    def _authenticate(
        self, request: HttpRequest | None, **credentials: str
    ) -> AbstractBaseUser | None:
        typed = credentials.get("username") or credentials.get("email") or ""
        return self._check_password(Employee.objects.by_login(typed), credentials["password"])

    def _get_user_permissions(self, user_obj: Employee) -> QuerySet[Permission]:
        """None: who may do what comes by roles, whose groups carry it (kb/domain/permissions)."""
        return Permission.objects.none()
