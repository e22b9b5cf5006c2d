"""Before the servers start: migrations that are missing, demo content into an empty database."""

from __future__ import annotations

import gc
from io import StringIO
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from people.models import Employee


class Command(BaseCommand):
    help = "Migrates what is not migrated yet and loads demo content into an empty database."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        # A process that ends soon makes classes by the thousand: looking through them for garbage
        # takes a third of the migrations' time.
        gc.set_threshold(200_000, 50, 100)
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            self.stdout.write("Klargør databasen …")
            call_command("migrate", verbosity=0, interactive=False)
        if settings.DEMO and not Employee.objects.exists():
            self.stdout.write("Lægger demoindhold ind …")
            call_command("load_demo", stdout=StringIO())
