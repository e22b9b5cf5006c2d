"""Defer a job by its name, so that a function need not import the task that calls it back."""

from __future__ import annotations

from typing import Any

from procrastinate.contrib.django import app


def defer(name: str, *, wait_seconds: int = 0, **arguments: Any) -> None:
    """Defer the job `name` in this transaction, after `wait_seconds`.

    Raises procrastinate's TaskNotFound for a name that no `tasks.py` declares, and AlreadyEnqueued
    where the task may wait only once.
    """
    options = {"schedule_in": {"seconds": wait_seconds}} if wait_seconds else {}
    app.configure_task(name, allow_unknown=False, **options).defer(**arguments)
