"""`change_email USER ADDRESS --by ADMIN`: the municipality gives an account another address."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management.base import BaseCommand, CommandError

from people.domain.accounts import change_email
from people.models import Employee


class Command(BaseCommand):
    help = "Gives an account another mail address, in an administrator's name; the old one is told."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username", metavar="USER")
        parser.add_argument("address", metavar="ADDRESS")
        parser.add_argument("--by", required=True, metavar="ADMIN", help="an administrator's name")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            employee = change_email(
                actor=_account(options["by"]),
                employee=_account(options["username"]),
                address=options["address"],
            )
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from None
        except PermissionDenied as error:
            raise CommandError(str(error)) from None
        self.stdout.write(f"{employee.username}: {employee.email}")


def _account(username: str) -> Employee:
    employee = Employee.objects.filter(username=username).first()
    if employee is None:
        raise CommandError(f"There is no account “{username}”.")
    return employee
