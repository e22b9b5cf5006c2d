"""Pages of a citizen's strengths: written by the caseworker, filled in together, or on paper."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _

from privacy.http import no_store
from sparring.beliefs.views.case_form_view import CaseFormView
from sparring.beliefs.views.lookup import case_or_404
from sparring.strengths.domain.strengths import fill_in_sheet, set_strengths
from sparring.strengths.forms.strengths import SheetForm, StrengthsForm
from sparring.strengths.queries.strengths import Profile, profile_of
from sparring.strengths.sheet import sheet

if TYPE_CHECKING:
    from people.http import EmployeeRequest


class ProfileFormView(CaseFormView):
    """A page with a form about the profile of the case's citizen."""

    field_names = {"strengths": "strength_0"}

    @cached_property
    def profile(self) -> Profile:
        return profile_of(self.case)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "profile": self.profile}


class SetStrengths(ProfileFormView):
    """Write the strengths, each with where it comes from, and how the citizen is best met."""

    form_class = StrengthsForm
    template_name = "sparring/strengths/strengths.html"
    heading = _("The citizen's strengths")
    lead = _("What the citizen can, and who says so. Write so that the citizen can read along.")
    submit = _("Save the strengths")
    done = _("The strengths are saved.")

    def act(self, form: StrengthsForm) -> object:
        return set_strengths(
            case=self.case,
            actor=self.employee,
            strengths=form.strengths,
            motivates=form.cleaned_data["motivates"],
            how_to_meet=form.cleaned_data["how_to_meet"],
        )


class FillInSheet(ProfileFormView):
    """The sheet on the screen, filled in together: everything on it is the citizen's own words."""

    form_class = SheetForm
    template_name = "sparring/strengths/sheet.html"
    heading = _("Fill the sheet in together")
    lead = _("Turn the screen so that both can see it. What is ticked is what the citizen says.")
    submit = _("Save the strengths")
    done = _("The strengths are saved.")
    field_names = {"strengths": "own_1"}

    def act(self, form: SheetForm) -> object:
        return fill_in_sheet(
            case=self.case,
            actor=self.employee,
            said=form.said,
            motivates=form.cleaned_data["motivates"],
            how_to_meet=form.cleaned_data["how_to_meet"],
        )


@no_store
def sheet_pdf(request: EmployeeRequest, code: str) -> HttpResponse:
    """The empty sheet on paper, for who sees the case; nothing of the case is on it."""
    case_or_404(request.user, code)
    answer = HttpResponse(sheet(), content_type="application/pdf")
    answer["Content-Disposition"] = 'inline; filename="styrker.pdf"'
    return answer
