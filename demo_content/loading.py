"""The demo, app by app: each app above kb has a `demo` with `load() -> dict[str, int]`.

They are found by name, as `admin.py` is, and run in the order in which they need each other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from importlib import import_module
from importlib.util import find_spec

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connection, transaction

from demo_content.files import read
from demo_content.loader import load_content
from people import demo as people_demo
from people.models import Employee
from people.roles import Role
from privacy import audit

Loader = Callable[[], dict[str, int]]
# Stories name methods, and come after the cases, among which they count how many are alike;
# talks use stories, and search finds what is there.
MODULES_ABOVE = (
    "articles.demo",
    "events.demo",
    "learning.demo",
    "sparring.demo.cases",
    "stories.demo",
    "story_library.demo",
    "sparring.demo.sessions",
    "sparring.demo.story_uses",
    "sparring.demo.journal",
    "sparring.demo.feedback",
    "sparring.demo.messages",
    "sparring.demo.guests",
    "sparring.demo.changes",
    "insight.demo",
    "search.demo",
)


def require_demo() -> None:
    """Raise ImproperlyConfigured unless the settings are those of a trial installation."""
    if not getattr(settings, "DEMO", False):
        raise ImproperlyConfigured(
            "The demo has accounts with a published password; it is not loaded in production."
        )


@contextmanager
def all_or_nothing() -> Iterator[None]:
    """One transaction for thousands of verbs, made cheap.

    It saves one savepoint for each verb, and the audit is written at the end. Without savepoints
    a mistake anywhere undoes all of it.
    """
    features = connection.features
    with transaction.atomic():
        features.uses_savepoints = False
        try:
            with audit.gathered():
                yield
        finally:
            features.uses_savepoints = True


def loaders() -> Iterator[tuple[str, Loader]]:
    """(name, loader) of every part, in order; each returns how many of what it made."""
    yield "people", partial(people_demo.load, read("people"))
    yield "knowledge base", partial(load_content, None)
    for name in MODULES_ABOVE:
        if find_spec(name) is not None:
            yield name.replace(".demo.", " ").removesuffix(".demo"), import_module(name).load


def logins() -> dict[str, str]:
    """One demo user name per role, the role's first employee in the demo's order."""
    names: dict[str, str] = {}
    for employee in Employee.objects.filter(is_active=True).order_by("pk"):
        for role in employee.roles:
            names.setdefault(role, employee.username)
    return {role: names[role] for role in Role.values if role in names}
