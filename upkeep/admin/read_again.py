"""Tick pages, choose one day: when all of them are read again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.admin.views.pages.bulk_actions.page_bulk_action import PageBulkAction
from wagtail.admin.widgets import AdminDateInput

from upkeep.domain.review_days import may_set_review_day, set_review_day

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from wagtail.models import Page

    from people.models import Employee


class DayForm(forms.Form):
    """One day that is not past."""

    due_on = forms.DateField(label=_("To be read again on"), widget=AdminDateInput)

    def clean_due_on(self) -> date:
        due_on: date = self.cleaned_data["due_on"]
        if due_on < timezone.localdate():
            raise forms.ValidationError(_("Choose today or a day that lies ahead."))
        return due_on


class ReadAgainAction(PageBulkAction):
    """Wagtail's way of doing something to many pages; the verb does it."""

    display_name = _("Read again on …")
    action_type = "read_again"
    aria_label = _("Set the day on which the chosen pages are read again")
    template_name = "upkeep/admin/confirm_read_again.html"
    action_priority = 50
    form_class = DayForm

    def check_perm(self, page: Page) -> bool:
        return may_set_review_day(self.request.user, page)

    def get_execution_context(self) -> dict[str, Any]:
        due_on = self.cleaned_form.cleaned_data["due_on"]
        return {**super().get_execution_context(), "due_on": due_on}

    @classmethod
    def execute_action(
        cls, objects: Sequence[Page], user: Employee, due_on: date, **kwargs: Any
    ) -> tuple[int, int]:
        return set_review_day(actor=user, pages=objects, due_on=due_on), 0

    def get_success_message(self, num_parent_objects: int, num_child_objects: int) -> str:
        return ngettext(
            "%(count)s page has a new day.",
            "%(count)s pages have a new day.",
            num_parent_objects,
        ) % {"count": num_parent_objects}
