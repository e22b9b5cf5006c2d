"""The one question to whoever brought the case, once its session is closed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sparring.enums import ParticipantRole, RightColleague, SessionState
from sparring.models import ColleagueAnswer

if TYPE_CHECKING:
    from sparring.models import Participation, SparringSession


@dataclass(frozen=True)
class ColleagueQuestion:
    """The question with its author's own answer, "" until there is one."""

    own_answer: str

    @property
    def choices(self) -> Iterator[tuple[str, str, bool]]:
        """Each answer: code, words, whether it is the one that was given."""
        for choice in RightColleague:
            yield choice.value, str(choice.label), choice.value == self.own_answer


def question_for(
    session: SparringSession, participation: Participation, people: Sequence[Participation]
) -> ColleagueQuestion | None:
    """None for everybody else, while the session is not closed, and for who sat alone."""
    presents = participation.role == ParticipantRole.PRESENTER
    if not presents or session.state != SessionState.CLOSED or len(people) == 1:
        return None
    row = ColleagueAnswer.objects.own(session, participation.employee).first()
    return ColleagueQuestion(row.answer if row is not None else "")
