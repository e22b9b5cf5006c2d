"""The page on which editors and administrators open sections: `/redaktion/aabne-afsnit/`."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from open_half.domain.sections import may_open_sections, set_sections, switches
from open_half.forms.sections import SectionsForm
from people.domain_form_view import DomainFormView


class EditSections(DomainFormView):
    """What is read without login, and what search engines may show."""

    template_name = "open_half/admin/sections.html"
    not_kept = "It stands in the editors' frame, which loads no script of the site."
    form_class = SectionsForm
    success_url = reverse_lazy("edit_sections")
    done = _("It is saved, and holds from now on.")

    def prepare(self) -> None:
        if not may_open_sections(self.employee):
            raise PermissionDenied("Only editors and administrators open a section.")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"present": switches()}

    def act(self, form: SectionsForm) -> object:
        return set_sections(actor=self.employee, wanted=form.wanted)
