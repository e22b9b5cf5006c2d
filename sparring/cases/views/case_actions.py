"""Pages for the case itself: request, put off, pause, resume, hand over, close."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from people.form_fields import ConfirmForm
from sparring.beliefs.domain.needs import end_snooze, snooze
from sparring.beliefs.views.case_form_view import CaseFormView
from sparring.bookings.domain.guests import allow_guest
from sparring.bookings.domain.requests import OPEN_STATES, request_sparring, withdraw_request
from sparring.cases.domain import lifecycle
from sparring.cases.forms.cases import (
    CloseForm,
    PauseForm,
    SnoozeForm,
    SparringRequestForm,
)
from sparring.colleagues.forms.guests import AllowGuestForm

if TYPE_CHECKING:
    from django import forms

    from sparring.models import SparringRequest


class NeedsCase(CaseFormView):
    """A page whose form needs the case to build its fields."""

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "case": self.case}


class RequestSparring(NeedsCase):
    """Request a session for the case."""

    form_class = SparringRequestForm
    heading = _("Request for sparring")
    lead = _(
        "A colleague or two listen and think along for 25 minutes. The coordinator finds them."
    )
    submit = _("Send the request")
    done = _("Your request is on the list.")

    def act(self, form: forms.Form) -> object:
        return request_sparring(case=self.case, actor=self.employee, **form.cleaned_data)


class WithdrawRequest(CaseFormView):
    """Withdraw the case's open request; nothing happens where there is none."""

    form_class = ConfirmForm
    heading = _("Take the request back?")
    submit = _("Take it back")
    done = _("The request is taken back.")

    def act(self, form: forms.Form) -> object:
        sparring_request = self.case.requests.filter(state__in=OPEN_STATES).first()
        return sparring_request and withdraw_request(
            sparring_request=sparring_request, actor=self.employee
        )


class AllowGuest(CaseFormView):
    """Allow or refuse a guest from another municipality in the case's session."""

    form_class = AllowGuestForm
    heading = _("A guest in the session")
    lead = _(
        "A guest sees the session and the case by its code. You decide each time; no is what "
        "counts until you say yes."
    )
    submit = _("Save")
    done = _("Saved.")

    def get_initial(self) -> dict[str, Any]:
        return {"allow": "yes" if self.sparring_request().allow_guest else "no"}

    def act(self, form: forms.Form) -> object:
        allow = form.cleaned_data["allow"]
        return allow_guest(
            actor=self.employee, sparring_request=self.sparring_request(), allow=allow
        )

    def sparring_request(self) -> SparringRequest:
        return get_object_or_404(self.case.requests, state__in=OPEN_STATES)


class Snooze(CaseFormView):
    """Put the case off until a chosen day; it can be done twice."""

    form_class = SnoozeForm
    heading = _("Put it off")
    lead = _("It leaves the list until the day you choose. It can be put off twice.")
    submit = _("Put it off")
    done = _("It is put off.")

    def act(self, form: forms.Form) -> object:
        return snooze(case=self.case, actor=self.employee, **form.cleaned_data)


class EndSnooze(CaseFormView):
    """End the time for which the case was put off; that time does not count as used."""

    form_class = ConfirmForm
    heading = _("Back on the list?")
    lead = _("The case stands on your list again at once, and the time does not count as used.")
    submit = _("Put it back on the list")
    done = _("It is back on the list.")

    def act(self, form: forms.Form) -> object:
        return end_snooze(case=self.case, actor=self.employee)


class Pause(CaseFormView):
    """Pause the case until a chosen day."""

    form_class = PauseForm
    heading = _("Pause the case")
    lead = _("It is left alone until the day you choose, then it comes back by itself.")
    submit = _("Pause the case")
    done = _("The case is paused.")

    def act(self, form: forms.Form) -> object:
        return lifecycle.pause(case=self.case, actor=self.employee, **form.cleaned_data)


class Resume(CaseFormView):
    """Make a paused case active again before its day."""

    form_class = ConfirmForm
    heading = _("Take the case off its pause?")
    submit = _("Yes, it is active again")
    done = _("The case is active again.")

    def act(self, form: forms.Form) -> object:
        return lifecycle.resume(case=self.case, actor=self.employee)


class CloseCase(CaseFormView):
    """Close the case; a booked session is cancelled and an open request lapses."""

    form_class = CloseForm
    heading = _("Close the case")
    lead = _(
        "A booked session is called off and an open request lapses. The bids stay: each has its "
        "own year."
    )
    submit = _("Close the case")
    done = _("The case is closed.")

    def act(self, form: forms.Form) -> object:
        return lifecycle.close_case(case=self.case, actor=self.employee, **form.cleaned_data)
