"""One small page for each thing that can be done to a case, and back to the case again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils.functional import Promise

from people.domain_form_view import DomainFormView
from sparring.shared.draft_subjects import draft_subject_of

from .lookup import case_or_404

if TYPE_CHECKING:
    from sparring.models import Case

Text = str | Promise


class CaseFormView(DomainFormView):
    """Base of the pages. A subclass names its form and texts and calls the domain in `act`.

    A partner of a session sees the case but does nothing to it: 403. A stranger gets 404.
    """

    template_name = "sparring/cases/form.html"
    heading: ClassVar[Text] = ""
    lead: ClassVar[Text] = ""
    submit: ClassVar[Text] = ""
    field_names = {
        "snooze_reason": "reason",
        "paused_reason": "reason",
        "paused_until": "until",
        "started_on": "on",
    }
    case: Case

    def prepare(self) -> None:
        self.case = case_or_404(self.employee, self.kwargs["code"])
        if not self.may():
            raise PermissionDenied("Only the case's own caseworker does this.")

    def may(self) -> bool:
        """Whether the person may open the page; the domain asks again."""
        return self.case.owner_id == self.employee.pk

    @property
    def draft_subject(self) -> str:
        return draft_subject_of(self.case)

    def get_success_url(self) -> str:
        return reverse("sparring:case_detail", args=[self.case.code])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = {"case": self.case, "back": self.get_success_url()}
        texts = {"page_heading": self.heading, "lead": self.lead, "submit": self.submit}
        return super().get_context_data(**context, **texts, **kwargs)
