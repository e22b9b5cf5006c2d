"""What an editor set a time for: pages and figures that go live, or end, by the clock.

Wagtail does this in a management command; here it is a job, with three differences. A page that
ends is saved as what it is, so that search and the audit hear of it. Each thing has a transaction
of its own, so that one that is refused keeps no other back. What has verbs of its own for being
shown (stories: four eyes and consent) does not follow the clock at all.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import partial
from typing import Any

from django.apps import apps
from django.db import models, transaction
from django.utils import timezone
from wagtail.models import DraftStateMixin, Page, Revision

log = logging.getLogger(__name__)


def apply_schedule() -> tuple[int, int]:
    """Publish what is due, then end what is over; (published, ended). Run twice, nothing more."""
    due = Revision.objects.filter(approved_go_live_at__lte=timezone.now())
    ids = list(due.order_by("approved_go_live_at", "pk").values_list("pk", flat=True))
    published = sum(_without_person(partial(_publish, pk), f"revision {pk}") for pk in ids)
    ended = 0
    for model in _kinds():
        over = list(_has_ended(model).order_by("expire_at", "pk").values_list("pk", flat=True))
        ended += sum(
            _without_person(partial(_end, model, pk), f"{model.__name__} {pk}") for pk in over
        )
    return published, ended


def _kinds() -> list[type[models.Model]]:
    """All pages, and every other model with drafts."""
    others = [model for model in apps.get_models() if issubclass(model, DraftStateMixin)]
    return [Page, *(model for model in others if not issubclass(model, Page))]


def _has_ended(model: type[models.Model]) -> models.QuerySet[Any]:
    return model._default_manager.filter(live=True, expire_at__lte=timezone.now())


def _publish(pk: int) -> bool:
    due = Revision.objects.filter(pk=pk, approved_go_live_at__lte=timezone.now())
    revision = due.select_for_update().first()
    if revision is None or not _follows_clock(revision.content_object):
        return False
    revision.publish(log_action="wagtail.publish.scheduled")
    return True


def _end(model: type[models.Model], pk: int) -> bool:
    row = _has_ended(model).select_for_update(of=("self",)).filter(pk=pk).first()
    thing: Any = row.specific if isinstance(row, Page) else row
    if not _follows_clock(thing):
        return False
    thing.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")
    return True


def _follows_clock(thing: Any) -> bool:
    return thing is not None and getattr(thing, "follows_clock", True)


def _without_person(work: Callable[[], bool], name: str) -> bool:
    """Do it in a transaction of its own; what is refused is logged, and tried again next time."""
    try:
        with transaction.atomic():
            return work()
    except Exception:
        log.exception("kb: %s could not follow the clock", name)
        return False
