"""What can be done to a draft: keep it, drop it, forget it.

Typing is nothing that somebody did: what is sent is audited by its own verb, drafts are not.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from form_drafts.models import MOST_CHARACTERS, FormDraft

KEPT_FOR = timedelta(days=7)
Values = Mapping[str, list[str]]


@dataclass(frozen=True)
class FormPlace:
    """Which form of which page: the key of a draft, and what takes it along when it goes."""

    form: str
    about: str = ""
    subject: str = ""


@dataclass(frozen=True)
class Typed:
    """What an opened page sends: its values, the version it knows, and which page it is."""

    values: Values
    version: int = 0
    written_on: str = ""


class TypedElsewhere(Exception):
    """Another opened page has saved something else meanwhile; `draft` is what stands there."""

    def __init__(self, draft: FormDraft) -> None:
        super().__init__(str(draft))
        self.draft = draft


@transaction.atomic
def keep_draft(*, actor: Any, place: FormPlace, typed: Typed) -> FormDraft:
    """Keep what the actor typed; their own draft alone is ever touched.

    Raises TypedElsewhere where another opened page saved something else after the version that
    this one knows, and ValidationError for a CPR number and for more than a form can hold.
    """
    draft = _locked(actor, place)
    if draft is None:
        draft = FormDraft(employee=actor, form=place.form, about=place.about, version=typed.version)
    elif draft.values == typed.values:
        return draft
    elif draft.version != typed.version and draft.written_on != typed.written_on:
        raise TypedElsewhere(draft)
    draft.subject, draft.municipality_id = place.subject, actor.municipality_id
    draft.values, draft.written_on = dict(typed.values), typed.written_on
    draft.version, draft.saved_at = max(draft.version, typed.version) + 1, timezone.now()
    _clean(draft)
    try:
        with transaction.atomic():
            draft.save()
    except IntegrityError as error:  # two pages began at once: the other one came first
        first = _locked(actor, place)
        if first is None:
            raise
        raise TypedElsewhere(first) from error
    return draft


@transaction.atomic
def drop_draft(*, actor: Any, place: FormPlace) -> int:
    """Delete the actor's draft of that form, as it is sent or not wanted; return how many."""
    mine = FormDraft.objects.filter(employee=actor, form=place.form, about=place.about)
    return mine.delete()[0]


def forget_drafts_about(subject: str) -> int:
    """Delete everybody's drafts about something, such as a case that is handed over."""
    return FormDraft.objects.filter(subject=subject).delete()[0]


def forget_drafts_of(employee: Any) -> int:
    """Delete all drafts of somebody who has ended here, or whose roles are others now."""
    return FormDraft.objects.filter(employee=employee).delete()[0]


def forget_drafts_elsewhere(employee: Any) -> int:
    """Delete what somebody wrote in a municipality where they no longer are."""
    drafts = FormDraft.objects.filter(employee=employee)
    return drafts.exclude(pk__in=FormDraft.objects.written_by(employee)).delete()[0]


def forget_old_drafts() -> int:
    """Delete what nobody has touched for seven days; return how many."""
    return FormDraft.objects.filter(saved_at__lt=timezone.now() - KEPT_FOR).delete()[0]


def _locked(actor: Any, place: FormPlace) -> FormDraft | None:
    """The row to change; one written in another municipality is out of the way first."""
    drafts = FormDraft.objects.select_for_update().filter(
        employee=actor, form=place.form, about=place.about
    )
    draft = drafts.first()
    if draft is not None and draft.municipality_id != actor.municipality_id:
        draft.delete()
        return None
    return draft


def _clean(draft: FormDraft) -> None:
    if len(json.dumps(draft.values)) > MOST_CHARACTERS // 2:
        raise ValidationError(_("This is too long to be kept."), code="too_long")
    draft.full_clean(validate_unique=False, validate_constraints=False)
