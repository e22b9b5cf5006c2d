"""The coordinator puts two proposals of a draft together: one session of 40 minutes."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _

from kb.templatetags.ui import clock, weekday
from people.http import EmployeeRequest
from privacy.http import no_store
from sparring.bookings.domain.sessions import participations_of, partners_of
from sparring.enums import SessionState
from sparring.models import SparringSession
from sparring.models.session_formats import GROUP
from sparring.plans.domain.join import join_sessions
from sparring.plans.forms.plans import JoinForm
from sparring.plans.queries.plans import joinable

from .session_changes import change_page, session_or_404


@no_store
def join(request: EmployeeRequest, pk: int) -> HttpResponse:
    """Choose the other case, and whether a colleague comes along to both."""
    session = session_or_404(request, pk)
    if session.state != SessionState.PROPOSED:
        raise Http404
    others = {other.pk: other for other in joinable(session)}
    home = session.case.municipality_id
    along = {
        partner.pk: partner
        for partner in partners_of(participations_of(session))
        if partner.municipality_id == home
    }
    form = JoinForm(
        request.POST or None,
        others=[(other.pk, _choice(other)) for other in others.values()],
        along=[(person.pk, str(person)) for person in along.values()],
    )

    def act(confirmed: bool) -> object:
        return join_sessions(
            actor=request.user,
            first=session,
            second=others[form.cleaned_data["other"]],
            along=along.get(form.cleaned_data["along"]),
            confirmed=confirmed,
        )

    texts = {
        "heading": _("Put two cases together"),
        "lead": _(
            "One session of 40 minutes: each caseworker brings a case and hears the other’s. "
            "Those who were to come otherwise are free again."
        ),
        "submit": _("Put them together"),
    }
    return change_page(request, session, form, act, texts)


def _choice(session: SparringSession) -> str:
    when = f"{weekday(session.starts_at)} {clock(session.starts_at)}"
    text = f"{session.case.code}, {session.case.owner} ({when})"
    requested = session.request.duration_minutes == GROUP
    return _("%(session)s, wished for") % {"session": text} if requested else text
