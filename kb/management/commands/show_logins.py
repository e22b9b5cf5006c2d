"""Prints the address and one login for each role of the demo."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from people.enums import Role
from people.models import Employee

PASSWORD = "sparring-demo-2026"  # noqa: S105  (demo accounts on one's own machine)


class Command(BaseCommand):
    help = "Prints the address and one demo login for each role."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", default="8000")

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"\nSparringsrummet kører på http://localhost:{options['port']}/\n\n")
        if not settings.DEMO:
            return
        seen: set[str] = set()
        for role in Role:
            person = next(
                (e for e in Employee.objects.with_role(role).order_by("pk") if e.username not in seen),
                Employee.objects.with_role(role).order_by("pk").first(),
            )
            if person is not None:
                seen.add(person.username)
                self.stdout.write(f"  {role.label!s:<24} {person.username:<12} {PASSWORD}\n")
        self.stdout.write("\nLuk med Ctrl-C.\n")
