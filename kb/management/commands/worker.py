"""The job worker: procrastinate's own, with the sweep that frees jobs of a worker that died.

Without the sweep a killed worker's jobs stay "doing" for ever (20 of 300 after ten kills); it
runs when a worker starts and every minute after, and is itself no job that could be stuck.
"""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING, Any, cast

from django.core.management.base import BaseCommand
from django.db import connection
from procrastinate.contrib.django import app as current_app

if TYPE_CHECKING:
    from procrastinate import App
    from procrastinate.contrib.django.django_connector import DjangoConnector

SWEEP_SECONDS = 60
SILENT_SECONDS = 30


async def sweep(app: App) -> int:
    """Give the jobs of silent workers back to the queue; return how many."""
    stalled = list(await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=SILENT_SECONDS))
    for job in stalled:
        await app.job_manager.retry_job(job)
    return len(stalled)


async def _sweep_for_ever(app: App) -> None:
    while True:
        await asyncio.sleep(SWEEP_SECONDS)
        with contextlib.suppress(Exception):  # the next round tries again
            await sweep(app)


async def run_worker(app: App, **options: Any) -> None:
    """Run jobs until stopped (SIGTERM, SIGINT) or, with `wait=False`, until none is left."""
    async with app.open_async():
        await sweep(app)
        sweeper = asyncio.create_task(_sweep_for_ever(app))
        try:
            await app.run_worker_async(**options)
        finally:
            sweeper.cancel()


class Command(BaseCommand):
    help = "Runs the jobs: mail, indexing, nightly renewal."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--concurrency", type=int, default=2)
        parser.add_argument("--one-shot", action="store_true", help="stop when no job is left")

    def handle(self, *args: Any, **options: Any) -> None:
        connection.ensure_connection()  # starts the embedded database where there is one
        connection.close()
        connector = cast("DjangoConnector", current_app.connector)
        with current_app.replace_connector(connector.get_worker_connector()) as app:
            asyncio.run(
                run_worker(
                    app,
                    concurrency=options["concurrency"],
                    wait=not options["one_shot"],
                    fetch_job_polling_interval=5,
                    delete_jobs="successful",
                )
            )
