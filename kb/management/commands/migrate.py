"""`migrate`, run as the owning role; afterwards the web role gets what it needs and no more."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.commands.migrate import Command as Migrate
from django.db import connections

from kb.db.roles import act_as_owner, grant_to_web_role


class Command(Migrate):
    def handle(self, *args: Any, **options: Any) -> None:
        connection = connections[options["database"]]
        web_role = connection.settings_dict["USER"]
        with act_as_owner(connection, settings.DATABASE_OWNER):
            try:
                super().handle(*args, **options)
            finally:
                grant_to_web_role(connection, web_role)
