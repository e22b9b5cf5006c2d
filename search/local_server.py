"""The Elasticsearch that a developer's machine starts for itself; production has its own."""

from __future__ import annotations

from importlib import import_module
from typing import Protocol, cast

from django.conf import settings
from django.core.management.base import CommandError


class LocalServer(Protocol):
    """What the module named by the setting `LOCAL_ELASTICSEARCH` can do."""

    ElasticsearchUnavailable: type[Exception]

    def ensure_running(self, port: int | None = None, *, name: str = "default") -> str:
        """Start the server of that name where it does not run; return its address."""

    def stop(self, *, name: str = "default", kill: bool = False) -> bool:
        """End the server of that name; `kill` does it as a power cut would."""


def local_server() -> LocalServer:
    """The module that starts and stops it; CommandError where the settings name none."""
    if not settings.LOCAL_ELASTICSEARCH:
        raise CommandError("No Elasticsearch: set ELASTICSEARCH_URL to the server to use.")
    return cast("LocalServer", import_module(settings.LOCAL_ELASTICSEARCH))
