"""What every editorial list that readers meet has in common: written, approved, then shown.

Wagtail's parts in their one right order. A kind of content is a subclass and nothing more; which
kinds there are, and what may stay without, is asked in `upkeep/queries/approval_rule.py`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, ClassVar, Self

import pgtrigger
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Exists, OuterRef
from django.db.models.functions import Cast
from modelcluster.models import ClusterableModel
from wagtail.models import (
    DraftStateMixin,
    LockableMixin,
    PreviewableMixin,
    Revision,
    RevisionMixin,
    WorkflowMixin,
    WorkflowState,
)

from sources.kept_while_used import kept_while_used

if TYPE_CHECKING:
    from django.http import HttpRequest

# The text of somebody who may not publish goes live by somebody else's yes alone, whatever the
# code does: asked where a row becomes live, or becomes another version.
SOMEBODY_ELSE_APPROVES = """
IF NOT NEW.live OR version IS NULL THEN RETURN NEW; END IF;
IF TG_OP = 'UPDATE' THEN
  IF OLD.live AND OLD.live_revision_id IS NOT DISTINCT FROM NEW.live_revision_id THEN
    RETURN NEW;
  END IF;
END IF;
SELECT user_id INTO writer FROM wagtailcore_revision WHERE id = version;
IF writer IS NULL
  OR EXISTS (SELECT FROM people_employee e WHERE e.id = writer AND e.is_superuser)
  OR EXISTS (
    SELECT FROM people_employee_groups mine
    JOIN auth_group_permissions held ON held.group_id = mine.group_id
    JOIN auth_permission may ON may.id = held.permission_id
    JOIN django_content_type kind ON kind.id = may.content_type_id
    WHERE mine.employee_id = writer AND may.codename = 'publish_' || kind.model
      AND kind.app_label || '_' || kind.model = TG_TABLE_NAME)
  OR EXISTS (
    SELECT FROM wagtailcore_taskstate yes
    WHERE yes.revision_id = version AND yes.status = 'approved' AND yes.finished_by_id <> writer)
THEN RETURN NEW; END IF;
RAISE EXCEPTION 'somebody else approves what this person wrote: % %', TG_TABLE_NAME, NEW.id
  USING ERRCODE = 'check_violation', CONSTRAINT = 'somebody_else_approves';
"""


class ContentQuerySet(models.QuerySet[Any]):
    """Which rows of an editorial list readers may see."""

    def shown(self) -> Self:
        """Those that are live, in the version that was approved."""
        return self.filter(live=True)

    def with_status(self) -> Self:
        """With what the editors' list says of each: whether its hour or somebody's yes is awaited.

        Asked with the rows; Wagtail asks twice for each row.
        """
        row = {
            "base_content_type": ContentType.objects.get_for_model(self.model),
            "object_id": Cast(OuterRef("pk"), models.TextField()),
        }
        hours = Revision.objects.filter(approved_go_live_at__isnull=False, **row)
        yeses = WorkflowState.objects.filter(status=WorkflowState.STATUS_IN_PROGRESS, **row)
        return self.annotate(has_its_hour=Exists(hours), waits_for_a_yes=Exists(yeses))


class ApprovedContent(
    WorkflowMixin,
    DraftStateMixin,
    LockableMixin,
    RevisionMixin,
    PreviewableMixin,
    ClusterableModel,
):
    """A row that is drafted, seen beforehand, timed, compared, locked, approved and taken back.

    Relations to many are `ParentalManyToManyField`, so that a draft that changes them changes
    nothing readers see. `preview_rows` is the template that shows rows to readers, `preview_page`
    the whole page where there is one.
    """

    preview_page: ClassVar[str] = "kb/preview.html"
    preview_rows: ClassVar[str] = ""

    objects = ContentQuerySet.as_manager()

    class Meta:
        abstract = True
        triggers = [
            pgtrigger.Trigger(
                name="somebody_else_approves",
                operation=pgtrigger.Insert | pgtrigger.Update,
                when=pgtrigger.Before,
                declare=[
                    ("version", "BIGINT := COALESCE(NEW.live_revision_id, NEW.latest_revision_id)"),
                    ("writer", "BIGINT"),
                ],
                func=SOMEBODY_ELSE_APPROVES,
            ),
            kept_while_used(),
        ]

    @property
    def approved_schedule(self) -> bool:
        """Whether it goes live by the clock; known already where `with_status` asked."""
        known: bool | None = getattr(self, "has_its_hour", None)
        return bool(super().approved_schedule) if known is None else known

    @property
    def workflow_in_progress(self) -> bool:
        """Whether somebody is asked to approve it; likewise."""
        known: bool | None = getattr(self, "waits_for_a_yes", None)
        return bool(super().workflow_in_progress) if known is None else known

    def get_preview_template(self, request: HttpRequest, mode_name: str) -> str:
        return self.preview_page

    def get_preview_context(self, request: HttpRequest, mode_name: str) -> dict[str, Any]:
        context: dict[str, Any] = super().get_preview_context(request, mode_name)
        return {**context, "items": [self], "rows": self.preview_rows, **self.preview_more()}

    def preview_more(self) -> dict[str, Any]:
        """What the template reads besides `items`; a subclass adds its own."""
        return {}

    @classmethod
    def audited_as(cls) -> str:
        """As actions of the audit name it: "key_figure" for KeyFigure."""
        return re.sub(r"(?<!^)(?=[A-Z])", "_", cls.__name__).lower()


def approved_kinds() -> list[type[ApprovedContent]]:
    """Every kind of content there is, also of the rooms above."""
    return [model for model in apps.get_models() if issubclass(model, ApprovedContent)]


def live_or_none(item: Any) -> Any:
    """What something leads to, where readers may see it: for relations to one row."""
    return item if item is not None and item.live else None
