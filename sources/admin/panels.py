"""What an editor sees at the top of a page's form: numbers that nothing stands behind."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import Panel

from sources.number_check import unsourced_numbers

if TYPE_CHECKING:
    from sources.numbers import Unsourced


class UnsourcedNumbersPanel(Panel):
    """Each per cent without a source, with its sentence; nothing where all have one."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("heading", _("Numbers without a source"))
        super().__init__(**kwargs)

    class BoundPanel(Panel.BoundPanel):
        template_name = "sources/admin/numbers_panel.html"

        @cached_property
        def found(self) -> list[Unsourced]:
            return unsourced_numbers(self.instance) if self.instance.pk else []

        def is_shown(self) -> bool:
            return bool(self.found)

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            return {**context, "found": self.found}
