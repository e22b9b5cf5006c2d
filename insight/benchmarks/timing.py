"""Asking the running site as one person over one connection, and judging the times."""

from __future__ import annotations

import http.client
import time
from importlib import import_module
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

if TYPE_CHECKING:
    from people.models import Employee

PAGE_MS = 200
"""docs/frontend.md, "Weight"."""
Figures = dict[str, object]


class Client:
    """One persistent connection of a logged-in user."""

    def __init__(self, address: str, cookie: str) -> None:
        self.connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=60)
        self.headers = {
            "Cookie": f"{settings.SESSION_COOKIE_NAME}={cookie}",
            "Accept-Encoding": "gzip",
            "Accept-Language": "da",
        }

    def get(self, path: str) -> bytes:
        """The body as it came over the wire; raises RuntimeError unless the answer is 200."""
        try:
            response = self._ask(path)
        except http.client.RemoteDisconnected:  # idle for longer than the server keeps it open
            self.connection.close()
            response = self._ask(path)
        body = response.read()
        if response.status != 200:
            raise RuntimeError(f"{path} answered {response.status} in the benchmark.")
        return body

    def _ask(self, path: str) -> http.client.HTTPResponse:
        self.connection.request("GET", path, headers=self.headers)
        return self.connection.getresponse()


def session_of(employee: Employee) -> str:
    """The key of a session in which the employee is logged in."""
    store = import_module(settings.SESSION_ENGINE).SessionStore()
    store[SESSION_KEY] = str(employee.pk)
    store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]  # others count for nothing
    store[HASH_SESSION_KEY] = employee.get_session_auth_hash()
    store.save()
    return str(store.session_key)


def timed(client: Client, path: str, rounds: int) -> dict[str, float]:
    """p50 and p95 in milliseconds after three warm-up requests."""
    for _ in range(3):
        client.get(path)
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        client.get(path)
        times.append((time.perf_counter() - start) * 1000)
    times.sort()
    return {
        "p50_ms": round(times[len(times) // 2], 1),
        "p95_ms": round(times[min(len(times) - 1, round(0.95 * len(times)))], 1),
    }


def judged(times: dict[str, dict[str, float]], goal: int) -> dict[str, Figures]:
    """Each page's times beside the goal, and whether it was reached."""
    return {
        name: {**figures, "goal_ms": goal, "reached": figures["p95_ms"] <= goal}
        for name, figures in times.items()
    }
