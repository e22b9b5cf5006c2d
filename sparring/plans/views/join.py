"""The coordinator puts two proposals of a draft together: one session of 40 minutes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kb.templatetags.ui import clock, weekday
from sparring.bookings.domain.sessions import participations_of, partners_of
from sparring.enums import SessionState
from sparring.models.session_formats import GROUP
from sparring.plans.domain.join import join_sessions
from sparring.plans.forms.plans import JoinForm
from sparring.plans.queries.plans import joinable

from .session_changes import SessionFormView

if TYPE_CHECKING:
    from people.models import Employee
    from sparring.models import SparringSession


class JoinSessions(SessionFormView):
    """Choose the other case, and whether a colleague comes along to both."""

    form_class = JoinForm
    heading = gettext_lazy("Put two cases together")
    lead = gettext_lazy(
        "One session of 40 minutes: each caseworker brings a case and hears the other’s. "
        "Those who were to come otherwise are free again."
    )
    submit = gettext_lazy("Put them together")
    others: dict[int, SparringSession]
    along: dict[int, Employee]

    def prepare(self) -> None:
        super().prepare()
        if self.session.state != SessionState.PROPOSED:
            raise Http404
        self.others = {other.pk: other for other in joinable(self.session)}
        home = self.session.case.municipality_id
        partners = partners_of(participations_of(self.session))
        self.along = {
            partner.pk: partner for partner in partners if partner.municipality_id == home
        }

    def get_form_kwargs(self) -> dict[str, Any]:
        others = [(other.pk, _choice(other)) for other in self.others.values()]
        along = [(person.pk, str(person)) for person in self.along.values()]
        return {**super().get_form_kwargs(), "others": others, "along": along}

    def act(self, form: JoinForm) -> object:
        return join_sessions(
            actor=self.employee,
            first=self.session,
            second=self.others[form.cleaned_data["other"]],
            along=self.along.get(form.cleaned_data["along"]),
            confirmed=self.confirmed,
        )


def _choice(session: SparringSession) -> str:
    when = f"{weekday(session.starts_at)} {clock(session.starts_at)}"
    text = f"{session.case.code}, {session.case.owner} ({when})"
    requested = session.request.duration_minutes == GROUP
    return _("%(session)s, requested") % {"session": text} if requested else text
