"""What one reader of a running session sees of its rounds: whose turn it is, and the ideas."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sparring.enums import ParticipantRole
from sparring.models import Idea, Participation, session_formats
from sparring.sessions.queries.ideas import ideas_are_open, may_add, may_mark
from sparring.sessions.queries.later_bids import later_numbers, may_bid_again, own_later_bid
from sparring.sessions.step_view import StepView

if TYPE_CHECKING:
    from people.models import Employee
    from sparring.models import BlindBid

COLLEAGUES_SPEAK = (session_formats.FACTS, session_formats.WHAT_WORKS, session_formats.CARDS)


@dataclass
class RoundView(StepView):
    """The session with the reader's place in it; `people` are all places, presenter first."""

    participation: Participation

    @property
    def visitor(self) -> Employee:
        return self.participation.employee

    @property
    def is_presenter(self) -> bool:
        return self.participation.role == ParticipantRole.PRESENTER

    @property
    def people(self) -> list[Participation]:
        raise NotImplementedError

    @property
    def driver(self) -> Participation | None:
        raise NotImplementedError

    @property
    def turn(self) -> str:
        """Who speaks now, said to this reader."""
        step = self.session.step
        if step in COLLEAGUES_SPEAK:
            return self._turn_of_colleagues(asking=step == session_formats.FACTS)
        if step == session_formats.BIDS:
            return _("Everybody writes now. Nobody speaks.")
        if step == session_formats.IDEAS and self.ideas_open:
            return _("Everybody speaks now, one idea each.")
        speaks = self.driver if step == session_formats.LAST_TIME else self.people[0]
        if speaks is None or speaks == self.participation:
            return _("You speak now.")
        return _("%(name)s speaks now. You listen.") % {"name": speaks.employee}

    def _turn_of_colleagues(self, *, asking: bool) -> str:
        if not self.is_presenter:
            return _("You and the other colleagues speak now.")
        if asking:
            return _("Your colleagues ask now. You answer shortly.")
        return _("Your colleagues speak now. You listen.")

    @cached_property
    def ideas_open(self) -> bool:
        return ideas_are_open(self.session)

    @cached_property
    def _all_ideas(self) -> list[Idea]:
        return list(self.session.ideas.select_related("by"))

    @property
    def ideas(self) -> list[Idea]:
        """All once they are open; before that the reader's own that carry their name."""
        if self.ideas_open:
            return self._all_ideas
        return [idea for idea in self._all_ideas if idea.by_id == self.visitor.pk]

    @property
    def put_by(self) -> str:
        """How many ideas wait to be opened: that there are some is no secret."""
        count = 0 if self.ideas_open else len(self._all_ideas)
        if not count:
            return ""
        tell = ngettext("%(n)d idea is put by.", "%(n)d ideas are put by.", count)
        return tell % {"n": count}

    @property
    def may_add_idea(self) -> bool:
        return may_add(self.session, self.participation)

    @property
    def has_first_word(self) -> bool:
        """Whether the others wait for the reader's own idea, or for a pass."""
        at_ideas = self.session.step == session_formats.IDEAS
        return self.is_presenter and at_ideas and not self.ideas_open

    @property
    def listens(self) -> bool:
        """Whether the reader brings the case and is to listen now."""
        return self.is_presenter and self.session.step == session_formats.CARDS

    @property
    def may_mark(self) -> bool:
        return self.is_presenter and may_mark(self.session)

    @property
    def chosen_idea(self) -> Idea | None:
        return next((idea for idea in self._all_ideas if idea.chosen), None)

    @property
    def may_bid_again(self) -> bool:
        return may_bid_again(self.session, self.participation)

    @cached_property
    def own_later_bid(self) -> BlindBid | None:
        return own_later_bid(self.session, self.visitor)

    @cached_property
    def later_numbers(self) -> list[int]:
        """The colleagues' second bids once the session is closed; nobody's by name."""
        return later_numbers(self.session)

    @property
    def says_ready(self) -> bool:
        """Whether the reader has said that they are ready for the next step."""
        return self.participation.ready_step == self.session.step

    @property
    def ready_count(self) -> int:
        """How many say so: a hint to whoever leads, no more."""
        return sum(row.ready_step == self.session.step for row in self.people)
