"""`migrate`, run as the owning role; afterwards the web role gets what it needs and no more."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management.base import CommandError
from django.core.management.commands.migrate import Command as Migrate
from django.db import connections
from django.db.migrations.loader import MigrationLoader

from kb.database_roles import act_as_owner, grant_to_web_role


def no_longer_here(
    applied: Iterable[tuple[str, str]], on_disk: Iterable[tuple[str, str]]
) -> list[str]:
    """The migrations of our own apps that a database knows and this version does not."""
    own = {
        config.label
        for config in apps.get_app_configs()
        if Path(config.path).parent == settings.BASE_DIR
    }
    return sorted(f"{app}.{name}" for app, name in set(applied) - set(on_disk) if app in own)


class Command(Migrate):
    def handle(self, *args: Any, **options: Any) -> None:
        connection = connections[options["database"]]
        web_role = connection.settings_dict["USER"]
        with act_as_owner(connection, settings.DATABASE_OWNER):
            loader = MigrationLoader(connection)
            # Their tables exist: going on would make them again, or leave half of them out.
            if gone := no_longer_here(loader.applied_migrations, loader.disk_migrations):
                raise CommandError(
                    f"This database was made by another version of the product ({gone[0]} is not "
                    "part of this one): use that version, or remove the database and start again "
                    "(the embedded one is the folder var/postgres)."
                )
            try:
                super().handle(*args, **options)
            finally:
                grant_to_web_role(connection, web_role)
