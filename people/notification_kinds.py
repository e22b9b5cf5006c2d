"""The kinds of notifications: one file each, in the `notifications` folder of the room it is of.

A file declares one class and needs no other registration (docs/how-to/add-a-notification.md):

    @register_kind
    class Publication(NotificationKind):
        name = "kb.publication"
        ...
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from datetime import timedelta
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import TYPE_CHECKING, Any, ClassVar

from django.apps import apps
from django.conf import settings

from people.collected_mail import Line, collected_mail

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.core.mail import EmailMultiAlternatives

    from people.enums import Topic
    from people.models import Employee, Notification


class NotificationKind(ABC):
    """How one kind of notification is written, and who may choose to go without it.

    `topic` names the setting that governs it; without one it always goes out, at once.
    `in_digest`: it can wait for the day's mail; one that cannot is held back from who wants that.
    `to_closed_accounts`: it goes out also when the account is closed.
    `gathers`: all of these kinds that wait for one person go out as one mail (`mail_of`).
    `once_ever`: its key is remembered when the rest is forgotten, so that it is never told anew.
    """

    name: ClassVar[str]
    label: ClassVar[Any]
    topic: ClassVar[Topic | None] = None
    in_digest: ClassVar[bool] = True
    to_closed_accounts: ClassVar[bool] = False
    once_ever: ClassVar[bool] = False
    gathers: ClassVar[bool] = False

    def wanted_by(self, employee: Employee) -> bool:
        """Whether a setting that another part of the product keeps lets it through."""
        return True

    def delay(self, notification: Notification) -> timedelta:
        """How long it waits for more of the same, before it goes out as a mail."""
        return timedelta(0)

    def still_holds(self, notification: Notification) -> bool:
        """Whether one that gathers is not overtaken."""
        raise NotImplementedError(f"{self.name} is never gathered")

    def mail_of(self, notifications: Sequence[Notification]) -> EmailMultiAlternatives | None:
        """The mail about several that gather, all of one person, none of them overtaken."""
        raise NotImplementedError(f"{self.name} is never gathered")

    @abstractmethod
    def mail(self, notification: Notification) -> EmailMultiAlternatives | None:
        """The mail as it goes out now, in Danish; None once it is overtaken."""

    def line(self, notification: Notification) -> Line | None:
        """Its line in the day's mail; None once it is overtaken."""
        raise NotImplementedError(f"{self.name} is never collected")


class LineKind(NotificationKind):
    """A kind that is one line, whether it goes out by itself or in the day's mail."""

    topic: ClassVar[Topic]

    @abstractmethod
    def line(self, notification: Notification) -> Line | None: ...

    def mail(self, notification: Notification) -> EmailMultiAlternatives | None:
        line = self.line(notification)
        if line is None:
            return None
        return collected_mail(
            employee=notification.employee,
            lines=[(self.topic, line)],
            subject=line.text,
            message_id=f"notice-{notification.pk}",
        )


_kinds: dict[str, NotificationKind] = {}


def register_kind(kind: type[NotificationKind]) -> type[NotificationKind]:
    """Register a kind under its name."""
    _kinds[kind.name] = kind()
    return kind


def kind_named(name: str) -> NotificationKind:
    """Raises LookupError for a name that no file declares."""
    return _kinds[name]


def find_kind(name: str) -> NotificationKind | None:
    """The same; None for a kind that an earlier release had."""
    return _kinds.get(name)


def all_kinds() -> list[NotificationKind]:
    """Every kind, by name."""
    return [_kinds[name] for name in sorted(_kinds)]


def load_kinds() -> None:
    """Import every file in a `notifications` folder of our own apps; called once, at the start."""
    base = Path(settings.BASE_DIR)
    for root in sorted(Path(config.path) for config in apps.get_app_configs()):
        if root.parent == base:
            for folder in sorted(root.rglob("notifications/__init__.py")):
                package = ".".join(folder.parent.relative_to(base).parts)
                for module in iter_modules([str(folder.parent)]):
                    import_module(f"{package}.{module.name}")
