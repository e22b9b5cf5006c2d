"""What the pages of a session show: one reader's view of it, the hidden left out."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from renewal import local_date
from renewal.texts import label as rule_label
from sparring.beliefs.belief_chart import belief_figure
from sparring.beliefs.queries.beliefs import shown_to_owner, standing_beliefs
from sparring.colleagues.queries.group_sessions import next_case, other_part
from sparring.enums import ParticipantRole, SessionState
from sparring.models import (
    BlindBid,
    Outcome,
    Participation,
    SessionCard,
    SparringSession,
    session_formats,
)
from sparring.notes.queries.notes import WITH_NOTES, NotesSeen, seen_by
from sparring.sessions.colleague_question import ColleagueQuestion, question_for
from sparring.sessions.queries.facilitation import driver_among, is_gone, may_drive
from sparring.sessions.queries.inspiration import phrases_for, stories_like
from sparring.sessions.queries.sessions import (
    has_taken_over,
    last_outcome,
    participants,
    participation_of,
    sees_bids,
    waiting_for,
)
from sparring.sessions.round_view import RoundView
from sparring.strengths.queries.strengths import Profile, profile_of
from stories.models import StoryPage

if TYPE_CHECKING:
    from kb.figures import Figure
    from kb.models import Phrase, ThemePage
    from people.models import Employee

MONTHS_A_YEAR = 12


@dataclass
class SessionView(RoundView):
    """A session as `reader` may see it now. Everything is read when first asked for."""

    forms: dict[str, Any] = field(default_factory=dict)

    @cached_property
    def colleague_question(self) -> ColleagueQuestion | None:
        return question_for(self.session, self.participation, self.people)

    @property
    def sees_outcome_only(self) -> bool:
        """Whether the reader brought the case and has handed it over: the agreement is all."""
        return self.participation.role == ParticipantRole.FORMER

    @property
    def writes_notes(self) -> bool:
        return self.session.state in WITH_NOTES and not self.sees_outcome_only

    @cached_property
    def notes(self) -> NotesSeen:
        return seen_by(self.session, self.visitor)

    @cached_property
    def half(self) -> int:
        """1 or 2 in a group session, else 0."""
        if other_part(self.session) is None:
            return 0
        return 2 if self.session.follows_id else 1

    @cached_property
    def next_case(self) -> SparringSession | None:
        """The group session's second case, where the visitor is in it too."""
        other = next_case(self.session)
        return other if other is not None and participation_of(other, self.visitor) else None

    @cached_property
    def former(self) -> Employee | None:
        """Who brought the case to the session, when the reader has it now and was not there."""
        if not has_taken_over(self.session, self.visitor):
            return None
        return next(row.employee for row in self.people if row.role == ParticipantRole.FORMER)

    @cached_property
    def people(self) -> list[Participation]:
        return participants(self.session)

    @property
    def has_guest(self) -> bool:
        """Whether somebody from another municipality is in it."""
        return any(row.role == ParticipantRole.GUEST for row in self.people)

    @cached_property
    def drivers(self) -> list[Participation]:
        """Those who may drive the session."""
        return may_drive(self.session)

    @cached_property
    def driver(self) -> Participation | None:
        return driver_among(self.session, self.drivers)

    @property
    def drives(self) -> bool:
        """Whether the reader moves everybody from step to step."""
        return self.driver == self.participation

    @cached_property
    def to_lead(self) -> list[Participation]:
        """Whom the reader may hand the lead to."""
        return [
            participation for participation in self.drivers if participation != self.participation
        ]

    @cached_property
    def may_take_over(self) -> bool:
        """Whether whoever drives has been away long enough for the reader to do it instead."""
        if self.drives or self.participation not in self.drivers:
            return False
        return is_gone(self.session, self.driver, at=timezone.now())

    @property
    def may_end(self) -> bool:
        return self.drives or self.is_presenter

    @cached_property
    def bids_open(self) -> bool:
        """Whether the bids are open to the reader."""
        return sees_bids(self.session, self.visitor)

    @property
    def excused(self) -> list[Participation]:
        """Those without whose bid the session went on."""
        return [row for row in self.people if row.bid_excused_at is not None]

    @cached_property
    def bids(self) -> list[BlindBid]:
        if self.bids_open:
            return list(self.session.first_bids.select_related("employee").order_by("value", "pk"))
        return list(
            self.session.first_bids.select_related("employee").filter(employee=self.visitor)
        )

    @property
    def may_go_on(self) -> bool:
        """Whether the reader may move on to a next step; past the bids only once they are open."""
        held = self.session.step == session_formats.BIDS and self.session.bids_opened_at is None
        return self.drives and self.after is not None and not held

    @property
    def may_go_back(self) -> bool:
        return self.drives and self.before is not None

    @property
    def own_bid(self) -> BlindBid | None:
        return next((bid for bid in self.bids if bid.employee_id == self.visitor.pk), None)

    @cached_property
    def missing(self) -> list[Participation]:
        """Those whose bid is not in: that it is missing is no secret, what it says is."""
        return waiting_for(self.session, self.people)

    @property
    def spread(self) -> str:
        """How far the open bids lie from each other, in words."""
        values = [bid.value for bid in self.bids]
        if not self.bids_open or not values:
            return ""
        if min(values) == max(values):
            return _("You all say %(n)d.") % {"n": values[0]}
        return _("From %(low)d to %(high)d.") % {"low": min(values), "high": max(values)}

    @cached_property
    def cards(self) -> list[SessionCard]:
        return list(self.session.cards.filter(swapped_out=False).select_related("card__theme"))

    @property
    def shown_cards(self) -> list[tuple[SessionCard, str]]:
        """Each card with the name of the rule that drew it; never its numbers."""
        return [(row, rule_label(row.rule) if row.rule else "") for row in self.cards]

    @cached_property
    def swapped(self) -> bool:
        return self.session.cards.filter(swapped_out=True).exists()

    @property
    def themes(self) -> list[int]:
        return sorted({row.card.theme_number for row in self.cards})

    @cached_property
    def stories(self) -> list[StoryPage]:
        """Stories that share most with the case; never found by anything about a person."""
        brought = {story.pk for story in self.session_stories}
        like = stories_like(self.session.case, self.visitor, self.themes)
        return [story for story in like if story.pk not in brought]

    @cached_property
    def session_themes(self) -> list[ThemePage]:
        """Themes whose dilemmas were brought to this session, in the order in which they were."""
        rows = self.session.session_themes.filter(theme__live=True).select_related("theme")
        return [row.theme for row in rows]

    @cached_property
    def session_stories(self) -> list[StoryPage]:
        """Stories laid on this session's table that the reader can read, in that order."""
        readable = StoryPage.objects.published_for(self.visitor)
        rows = self.session.session_stories.filter(story__in=readable).select_related("story")
        return [row.story for row in rows]

    @cached_property
    def used_stories(self) -> set[int]:
        """Those marked as used in this session."""
        return set(self.session.story_uses.values_list("story", flat=True))

    @cached_property
    def phrases(self) -> list[Phrase]:
        return list(phrases_for(self.themes))

    @cached_property
    def profile(self) -> Profile:
        """The citizen's strengths with their sources, and how the citizen is best met."""
        return profile_of(self.session.case)

    @cached_property
    def last_time(self) -> Outcome | None:
        return last_outcome(self.session)

    @property
    def sees_beliefs(self) -> bool:
        """Whoever brings the case always; colleagues once the bids are open (B4).

        A new caseworker sees no predecessor's bid before the own one (`shown_to_owner`).
        """
        return self.is_presenter or self.bids_open

    @cached_property
    def figure(self) -> Figure | None:
        """The case's belief over time; None while it is hidden or there is none."""
        if not self.sees_beliefs:
            return None
        case = self.session.case
        beliefs = standing_beliefs(case)
        sessions = case.sessions.filter(state=SessionState.CLOSED).values_list(
            "starts_at", flat=True
        )
        return belief_figure(
            case.code,
            shown_to_owner(case, beliefs)[0] if self.is_presenter else beliefs,
            [local_date(at) for at in sessions],
            today=timezone.localdate(),
        )

    @cached_property
    def case_facts(self) -> list[tuple[str, str]]:
        """The case on one page, without any belief (B4 "Before")."""
        case = self.session.case
        latest = case.actions.filter(started_on__isnull=False).order_by("-started_on").first()
        facts = [
            (_("Target group"), str(case.target_group)),
            (_("Time in the course"), _duration(case.started)),
            (_("Contact"), case.get_contact_form_display()),
        ]
        if latest is not None and latest.started_on is not None:
            text = _("%(kind)s, %(days)s ago") % {
                "kind": latest.get_kind_display(),
                "days": _days((timezone.localdate() - latest.started_on).days),
            }
            facts.append((_("Last action"), text))
        return facts

    @property
    def layout_version(self) -> str:
        """Changes when the page has to be drawn anew: step, opening, cards."""
        session = self.session
        cards = [row.pk for row in self.cards]
        driver = self.driver.pk if self.driver else None
        opened = (session.bids_opened_at, session.ideas_opened_at)
        return _digest(session.step, session.step_started_at, opened, cards, driver)

    @property
    def live_version(self) -> str:
        """Changes when somebody bid, had an idea or is ready for the next step."""
        ideas = [(idea.pk, idea.mark, idea.chosen) for idea in self.ideas]
        missing = [row.pk for row in self.missing]
        return _digest(missing, ideas, self.put_by, self.ready_count, self.may_take_over)

    @property
    def version(self) -> str:
        notes = _digest(self.notes.version)
        return f"{self.session.state}.{self.layout_version}.{self.live_version}.{notes}"


def _digest(*parts: object) -> str:
    return sha256(repr(parts).encode()).hexdigest()[:10]


def _days(days: int) -> str:
    return ngettext("%(n)d day", "%(n)d days", days) % {"n": days}


def _duration(started: Any) -> str:
    """How long ago, in whole years or months: never so exact that it points at a person."""
    today = timezone.localdate()
    months = (today.year - started.year) * MONTHS_A_YEAR + today.month - started.month
    if months >= 2 * MONTHS_A_YEAR:
        years = months // MONTHS_A_YEAR
        return ngettext("%(n)d year", "%(n)d years", years) % {"n": years}
    return ngettext("%(n)d month", "%(n)d months", months) % {"n": months}
