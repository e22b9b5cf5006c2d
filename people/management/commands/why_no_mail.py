"""`why_no_mail USER`: what was sent to somebody, what waits, and what was held back and why."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from people.models import Employee
from people.queries.notifications import ShownNotification, notifications_of


class Command(BaseCommand):
    help = "Shows what was sent to somebody, what waits, and what was held back and why."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("login", metavar="USER", help="a user name or a mail address")

    def handle(self, *args: Any, **options: Any) -> None:
        account = Employee.objects.by_login(options["login"])
        if account is None:
            raise CommandError(f"There is no account “{options['login']}”.")
        self.stdout.write(
            f"{account.username}: {'open' if account.is_active else 'closed'}, "
            f"{'with' if account.email else 'without'} a mail address, "
            f"{'wants mail' if account.wants_mail else 'wants no mail'}"
        )
        rows = notifications_of(account)
        for row in rows:
            self.stdout.write(_line(row))
        if not rows:
            self.stdout.write("Nothing was handed in in the last 180 days.")


def _line(row: ShownNotification) -> str:
    at = f"{timezone.localtime(row.at):%Y-%m-%d %H:%M}" if row.at else ""
    parts = [f"{timezone.localtime(row.created_at):%Y-%m-%d %H:%M}", row.kind, row.state, at]
    return "  ".join(str(part) for part in [*parts, row.reason] if part)
