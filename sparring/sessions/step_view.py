"""Where a session stands among its steps, and how long the present one lasts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from sparring.models import SparringSession, session_formats
from sparring.sessions.domain.steps import steps_for


@dataclass
class StepView:
    """A session's steps as everybody in it sees them: the same for all, by the server's clock."""

    session: SparringSession

    @cached_property
    def steps(self) -> tuple[session_formats.Step, ...]:
        return steps_for(self.session)

    @property
    def step(self) -> session_formats.Step:
        return session_formats.step_of(self.session.step)

    @property
    def before(self) -> session_formats.Step | None:
        return session_formats.neighbours(self.steps, self.session.step)[0]

    @property
    def after(self) -> session_formats.Step | None:
        return session_formats.neighbours(self.steps, self.session.step)[1]

    @property
    def position(self) -> int:
        """The step's place among those of this session, from 1."""
        return [step.number for step in self.steps].index(self.session.step) + 1

    @property
    def minutes(self) -> int:
        return self.step.minutes[self.session.length]

    @property
    def deadline(self) -> datetime | None:
        """When the step's time is up, by the server's clock: the same for everybody."""
        started = self.session.step_started_at
        if started is None:
            return None
        return session_formats.deadline_of(self.session.step, self.session.length, started)

    @property
    def stepper(self) -> list[dict[str, Any]]:
        now = self.session.step
        return [
            {
                "title": step.title,
                "time": _("%(minutes)d min.") % {"minutes": step.minutes[self.session.length]},
                "done": step.number < now,
                "current": step.number == now,
            }
            for step in self.steps
        ]
