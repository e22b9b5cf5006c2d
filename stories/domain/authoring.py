"""Writing a story: start a draft, save it while typing, and revise a published story."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from kb.models import ThemePage
from learning.models import Method
from privacy import audit
from stories.domain import guards, tree
from stories.enums import LIVE_STATES, ActionKind, ContactForm, TellerRole
from stories.models import StoryPage
from stories.models.story import draft_slug

from .draft_storage import store_draft
from .pictures import copy_pictures
from .withdrawal import delete_draft

if TYPE_CHECKING:
    from people.models import Employee

# Everything the author writes or chooses; a revision copies these fields.
PLAIN_FIELDS = (
    "title",
    "teaser",
    "hard",
    "turning_point",
    "steps",
    "quote",
    "would_do_differently",
    "try_tomorrow",
    "caseworker_beliefs",
    "citizen_beliefs",
    "duration_band",
    "now_band",
    "outcome",
    "share_citizens",
    "share_staff",
    "share_efforts",
    "guidepost",
    "method",
    "action_kinds",
    "target_group",
    "age_band",
    "contact_form",
    "teller_role",
    "publication",
    "dilemma",
)
LISTS = ("themes", "tags")
CONTENT_FIELDS = (*PLAIN_FIELDS, *LISTS)


@dataclass(frozen=True)
class DraftPrefill:
    """What a draft may start with: codes, never words or a belief from a case (docs/domain.md B5).

    action_kinds, contact_form: the shared codes; unknown ones are left out.
    target_group: its code. theme_numbers: numbers of themes; method: a method's short name.
    """

    action_kinds: Sequence[str] = ()
    target_group: str = ""
    contact_form: str = ""
    theme_numbers: Sequence[int] = ()
    method: str = ""


@transaction.atomic
def start_draft(
    *, author: Employee, prefill: DraftPrefill | None = None, title: str = ""
) -> StoryPage:
    """Create a draft of `author` with a title, if given, and with generalised fields only.

    Raises ValidationError when the author belongs to no municipality, or for the title.
    """
    if author.municipality_id is None:
        raise ValidationError(_("You belong to no unit, so the story has no municipality."))
    story = StoryPage(
        title=title.strip() or guards.UNTITLED,
        slug=draft_slug(),
        live=False,
        owner=author,
        author=author,
        last_editor=author,
        municipality_id=author.municipality_id,
        teller_role=next((role for role in author.roles if role in TellerRole.values), ""),
        **_prefilled(prefill or DraftPrefill()),
    )
    _add(story)
    if prefill is not None:
        story.themes.set(ThemePage.objects.filter(number__in=prefill.theme_numbers))
        story.save()
    audit.record(actor=author, action="story.start", target=story, prefilled=prefill is not None)
    return story


def _prefilled(prefill: DraftPrefill) -> dict[str, Any]:
    kinds = [kind for kind in prefill.action_kinds if kind in ActionKind.values]
    return {
        "action_kinds": list(dict.fromkeys(kinds)),
        "target_group": prefill.target_group,
        "contact_form": prefill.contact_form if prefill.contact_form in ContactForm.values else "",
        "method": Method.objects.shown().filter(slug=prefill.method).first(),
    }


def _add(story: StoryPage) -> None:
    index = tree.story_index()
    story.draft_title = story.title
    story.clean_fields(exclude=["path", "depth", "url_path", "content_type", "locale", "page_ptr"])
    story.clean_title()
    index.add_child(instance=story)


@transaction.atomic
def save_draft(
    *, actor: Employee, story: StoryPage, values: Mapping[str, Any], version: int | None = None
) -> StoryPage:
    """Store unfinished text; `values` maps names in CONTENT_FIELDS to Python values.

    A changed text must be checked again. Raises StaleText when `version` is not the stored one,
    ValidationError by field (such as a CPR number), PermissionDenied.
    """
    if unknown := set(values) - set(CONTENT_FIELDS):
        raise ValueError(f"Not for an author to write: {sorted(unknown)}")
    story = guards.locked(story)
    guards.require_editor(actor, story)
    guards.require_open_text(story)
    if version is not None and version != story.version:
        raise guards.StaleText
    _apply(story, values)
    _store(story, actor)
    audit.record(actor=actor, action="story.save", target=story, version=story.version)
    return story


def _apply(story: StoryPage, values: Mapping[str, Any]) -> None:
    for name in PLAIN_FIELDS:
        if name in values:
            setattr(story, name, values[name])
    story.title = story.title.strip() or guards.UNTITLED
    story.draft_title = story.title
    for name in LISTS:
        if name in values:
            getattr(story, name).set(values[name])


def _store(story: StoryPage, actor: Employee) -> None:
    before = guards.text_digest(story)
    story.full_clean()
    store_draft(story, actor, before)


@transaction.atomic
def revise_story(*, actor: Employee, story: StoryPage) -> StoryPage:
    """Start a revision of a published story, or return the one already started.

    The published text stays until the revision has been checked and approved.
    """
    story = guards.locked(story)
    guards.require_editor(actor, story)
    if story.state not in LIVE_STATES:
        raise ValidationError(_("Only a published story gets a new text."), code="state")
    begun = StoryPage.objects.filter(revises=story).first()
    if begun is not None:
        return begun
    draft = StoryPage(
        slug=draft_slug(),
        live=False,
        owner=actor,
        author=story.author,
        last_editor=actor,
        municipality=story.municipality,
        revises=story,
        **{name: getattr(story, name) for name in PLAIN_FIELDS},
    )
    _add(draft)
    copy_text(source=story, target=draft)
    draft.save()
    audit.record(actor=actor, action="story.revise", target=story, draft=draft.pk)
    return draft


def copy_text(*, source: StoryPage, target: StoryPage) -> None:
    """Copy the text of `source` to `target`, unsaved, and its pictures."""
    for name in PLAIN_FIELDS:
        setattr(target, name, getattr(source, name))
    target.draft_title = target.title
    target.themes.set(list(source.themes.all()))
    target.tags.set(list(source.tags.names()))
    copy_pictures(source=source, target=target)


@transaction.atomic
def discard_draft(*, actor: Employee, story: StoryPage) -> int:
    """Delete a draft that was never published; returns its former primary key."""
    story = guards.locked(story)
    guards.require_editor(actor, story)
    guards.require_open_text(story)
    pk = story.pk
    audit.record(actor=actor, action="story.discard", target=story)
    delete_draft(story)
    return int(pk)
