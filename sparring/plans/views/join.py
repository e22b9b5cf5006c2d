"""The coordinator puts two proposals of a draft together: one talk of 40 minutes."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _

from kb.templatetags.ui import clock, weekday
from people.http import EmployeeRequest
from privacy.http import no_store
from sparring.bookings.domain.sessions import partners_of, seats_of
from sparring.enums import SessionState
from sparring.models import SparringSession
from sparring.models.session_formats import GROUP
from sparring.plans.domain.join import join_talks
from sparring.plans.forms.plans import JoinForm
from sparring.plans.queries.plans import joinable

from .session_changes import change_page, session_or_404


@no_store
def join(request: EmployeeRequest, pk: int) -> HttpResponse:
    """Choose the other case, and whether a colleague comes along to both."""
    session = session_or_404(request, pk)
    if session.state != SessionState.PROPOSED:
        raise Http404
    others = {each.pk: each for each in joinable(session)}
    home = session.case.municipality_id
    along = {
        each.pk: each for each in partners_of(seats_of(session)) if each.municipality_id == home
    }
    form = JoinForm(
        request.POST or None,
        others=[(each.pk, _choice(each)) for each in others.values()],
        along=[(each.pk, str(each)) for each in along.values()],
    )

    def act(confirmed: bool) -> object:
        return join_talks(
            actor=request.user,
            first=session,
            second=others[form.cleaned_data["other"]],
            along=along.get(form.cleaned_data["along"]),
            confirmed=confirmed,
        )

    texts = {
        "heading": _("Put two cases together"),
        "lead": _(
            "One talk of 40 minutes: each caseworker brings a case and hears the other’s. "
            "Those who were to come otherwise are free again."
        ),
        "submit": _("Put them together"),
    }
    return change_page(request, session, form, act, texts)


def _choice(session: SparringSession) -> str:
    when = f"{weekday(session.starts_at)} {clock(session.starts_at)}"
    text = f"{session.case.code}, {session.case.owner} ({when})"
    wished = session.request.duration_minutes == GROUP
    return _("%(talk)s, wished for") % {"talk": text} if wished else text
