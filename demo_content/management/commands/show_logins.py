"""Prints the address and one login for each role of the demo."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import override

from demo_content.loading import logins
from people.demo import DEMO_CREDENTIAL
from people.models import Employee
from people.roles import Role


class Command(BaseCommand):
    help = "Prints the address and one demo login for each role."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", default="8000")

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"\nSparringsrummet kører på http://localhost:{options['port']}/\n\n")
        if settings.DEMO:
            self._logins()
        self.stdout.write("Luk med Ctrl-C.\n")

    def _logins(self) -> None:
        people = logins()
        first = Employee.objects.filter(username__in=people.values()).first()
        if first is None or not first.check_password(DEMO_CREDENTIAL):
            return  # not the demo's employees: their passwords are unknown
        with override("da"):
            for code, username in people.items():
                self.stdout.write(f"  {Role(code).label!s:<26} {username}\n")
        self.stdout.write(f"\n  Adgangskode til dem alle: {DEMO_CREDENTIAL}\n\n")
