"""The template context of a story's page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from kb.models import KeyFigure, PublicationPage
from kb.models.approved import live_or_none
from kb.models.base import shown_to
from people.roles import Right
from search.services import related_for
from stories.anonymity.texts import reading_minutes
from stories.content_review.decisions import MONTHS
from stories.content_review.due_stories import reasons_of
from stories.enums import LIVE_STATES, State, StoryOutcome, Timing
from stories.models.page_context import register_page_context
from stories.presentation.belief_figure import belief_figure
from stories.presentation.responses import responses_context
from stories.references import dilemma_of
from stories.target_groups import target_group_name
from stories.use_counter import uses_of

if TYPE_CHECKING:
    from django.http import HttpRequest

    from stories.models import StoryPage

# The base rate beside every story of success (docs/domain.md B5, F2; demo_content/figures.json).
BASE_FIGURE = "basistal"
MOST_RELATED = 3
ASKED_FOR = 10  # hits of every kind, of which only stories are shown


@register_page_context
def story_context(request: HttpRequest, story: StoryPage) -> dict[str, Any]:
    """Everything the template needs besides the story itself."""
    return {
        "minutes": reading_minutes(story),
        "timeline": timeline(story),
        "figure": belief_figure(story.caseworker_beliefs, story.citizen_beliefs),
        "facts": facts(story),
        "triad": triad(story),
        "base_box": base_box(story),
        "themes": [
            (theme.nav_title, theme.url) for theme in shown_to(story.themes.all(), request.user)
        ],
        "tags": tags(request.user, story),
        "pictures": story.pictures.prefetch_related("renditions"),
        "related": related(request.user, story),
        **_of_colleague(request.user, story),
        **_rights(request.user, story),
    }


def _of_colleague(user: Any, story: StoryPage) -> dict[str, Any]:
    """What only employees see: responses, how often it was used, whether it is on their list."""
    if not user.is_authenticated:
        return {}
    return {
        **responses_context(user, story),
        "uses": uses_of([story.pk]).get(story.pk, 0),
        "is_kept": story.bookmarks.filter(employee=user).exists(),
    }


def timeline(story: StoryPage) -> list[dict[str, str]]:
    """The steps for `components/timeline.html`."""
    names = dict(Timing.choices)
    return [
        {"heading": step["title"], "text": step["text"], "meta": str(names[step["timing"]])}
        for step in story.steps
    ]


def facts(story: StoryPage) -> list[tuple[str, str]]:
    """The case in short, generalised; unknown facts are left out."""
    method, guidepost = live_or_none(story.method), live_or_none(story.guidepost)
    rows = [
        (_("Target group"), target_group_name(story.target_group)),
        (_("Age"), story.get_age_band_display()),
        (_("What was done"), ", ".join(story.action_labels)),
        (_("Contact"), story.get_contact_form_display()),
        (_("To the turning point"), story.get_duration_band_display()),
        (_("Method"), method.name if method else ""),
        (_("How it went"), story.get_outcome_display()),
        (_("Now"), story.get_now_band_display()),
        (_("Guidepost"), guidepost.title if guidepost else ""),
    ]
    return [(label, str(value)) for label, value in rows if value]


def triad(story: StoryPage) -> list[tuple[str, int]]:
    """To whom the author credits the change: three shares that sum to 100, or nothing."""
    if story.share_citizens is None or story.share_staff is None or story.share_efforts is None:
        return []
    return [
        (_("The citizen"), story.share_citizens),
        (_("The staff"), story.share_staff),
        (_("The efforts"), story.share_efforts),
    ]


def tags(user: Any, story: StoryPage) -> list[tuple[Any, bool]]:
    """Its tags by name, each with whether this visitor follows it. One query."""
    mine = Q(follows__employee=user.pk or 0)
    found = story.tags.annotate(is_followed=Count("follows", filter=mine))
    return [(tag, bool(tag.is_followed)) for tag in found.order_by("name")]


@dataclass(frozen=True)
class BaseBox:
    """The box beside every story of success, with the base rate if that is published."""

    figure: KeyFigure | None

    @property
    def lines(self) -> list[str]:
        """The same in plain sentences, for paper."""
        if self.figure is None:
            return [_("A story shows what can happen. It does not say how often it happens.")]
        return [
            f"{_('A story shows what can happen.')} {self.figure.statement}",
            f"{_('Whom it is about:')} {self.figure.population}",
            f"{_('Source:')} {self.figure.source}",
        ]


def base_box(story: StoryPage) -> BaseBox | None:
    """The base-rate box of a story of success; None on other stories (docs/domain.md B5)."""
    if story.outcome != StoryOutcome.SUCCEEDED:
        return None
    return BaseBox(KeyFigure.objects.shown().filter(key=BASE_FIGURE).first())


def related(user: Any, story: StoryPage) -> list[tuple[str, str]]:
    """The dilemma and the publication it names, then the three most similar stories."""
    named = [dilemma for dilemma in [dilemma_of(user, story)] if dilemma]
    publications = PublicationPage.objects.filter(pk=story.publication_id or 0)
    named += [(page.title, page.url) for page in shown_to(publications, user)]
    return [*named, *_alike(user, story)]


def _alike(user: Any, story: StoryPage) -> list[tuple[str, str]]:
    """The most similar by search, then the newest of the same themes."""
    alike = [
        (hit.title, hit.url)
        for hit in related_for(user, f"story:{story.pk}", size=ASKED_FOR)
        if hit.type == "story"
    ]
    if len(alike) < MOST_RELATED:
        stories = type(story).objects.published_for(user).exclude(pk=story.pk)
        shared = stories.filter(themes__in=story.themes.all()).distinct().newest_first()
        alike += [(other.title, other.url) for other in shared[: 2 * MOST_RELATED]]
    return list(dict.fromkeys(alike))[:MOST_RELATED]


def _rights(user: Any, story: StoryPage) -> dict[str, Any]:
    """Which buttons this visitor sees; the domain functions check again."""
    if not user.is_authenticated:
        return {"may_edit": False, "may_withdraw": False}
    may_edit = type(story).objects.editable_by(user).filter(pk=story.pk).exists()
    is_approver = user.may(Right.REVIEW_STORIES)
    may_confirm = (may_edit or is_approver) and story.state == State.REREAD
    return {
        "may_edit": may_edit and story.state in LIVE_STATES,
        "may_withdraw": may_edit or is_approver,
        "may_confirm": may_confirm,
        **(_review_due(story) if may_confirm else {}),
    }


def _review_due(story: StoryPage) -> dict[str, Any]:
    """Why it is to be reviewed, and for how many months it may be confirmed."""
    return {"reread_reasons": reasons_of(story), "months": MONTHS}
