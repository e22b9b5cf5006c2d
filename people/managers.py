from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Self

from django.contrib.auth.models import UserManager
from django.db import models
from django.db.models import Q

if TYPE_CHECKING:
    from .models import Employee


class EmployeeQuerySet(models.QuerySet["Employee"]):
    def with_role(self, role: str) -> EmployeeQuerySet:
        return self.filter(roles__contains=[role], is_active=True)

    def select_for_update(
        self,
        nowait: bool = False,
        skip_locked: bool = False,
        of: Sequence[str] = (),
        no_key: bool = False,
    ) -> Self:
        """Lock the employee alone: PostgreSQL locks no unit that need not be there.

        The login library locks through this, and knows nothing of units.
        """
        return super().select_for_update(nowait, skip_locked, of or ("self",), no_key)

    def by_login(self, login: str) -> Employee | None:
        """The one account that a user name or a mail address leads to, in whatever case.

        A user name goes before somebody else's address.
        """
        login = login.strip()
        if not login:
            return None
        found = self.filter(Q(username__iexact=login) | Q(email__iexact=login))
        for fits in (
            lambda account: account.username == login,
            lambda account: account.username.casefold() == login.casefold(),
            lambda account: True,
        ):
            matching = [account for account in found if fits(account)]
            if matching:
                return matching[0]
        return None

    def in_municipality(self, municipality_id: int | None) -> EmployeeQuerySet:
        return self.filter(unit__municipality_id=municipality_id)


class EmployeeManager(UserManager.from_queryset(EmployeeQuerySet)):  # type: ignore[misc]
    """Employees with their unit and municipality at hand: nearly every page shows them."""

    def get_queryset(self) -> EmployeeQuerySet:
        return super().get_queryset().select_related("unit__municipality")
