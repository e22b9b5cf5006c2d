"""The editors' form of an article: what its kind needs beside the fields of one row."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm

from articles.enums import ArticleKind


class ArticleForm(WagtailAdminPageForm):
    """A commentary has an author, and only guidance stands on knowledge notes."""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        kind = cleaned.get("kind")
        if cleaned.get("knowledge_notes") and kind != ArticleKind.GUIDANCE:
            self.add_error("knowledge_notes", _("Knowledge notes belong to guidance."))
        if kind == ArticleKind.COMMENTARY and not self._has_author():
            self.add_error(
                "kind", ValidationError(_("A commentary has an author."), code="no_author")
            )
        return cleaned

    def _has_author(self) -> bool:
        formset = self.formsets.get("authorships")
        if formset is None:
            return True
        formset.is_valid()
        rows = [getattr(form, "cleaned_data", {}) for form in formset.forms]
        return any(row.get("person") and not row.get("DELETE") for row in rows)
