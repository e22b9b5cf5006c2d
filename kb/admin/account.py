"""The page on which editors set the admin up for themselves, without what is the municipality's."""

from __future__ import annotations

from typing import Any

from wagtail.admin.views.account import AccountView

# Names are changed by nobody quietly: colleagues and citizens are to know whom they talk to. A
# portrait would be a picture that nobody measures, for a place where nobody looks.
NOT_THEIRS = {"name_email", "avatar"}


class EditorsAccountView(AccountView):
    """Language, looks and notices: Wagtail's page without name and portrait."""

    def get_panels(self) -> list[Any]:
        return [panel for panel in super().get_panels() if panel.name not in NOT_THEIRS]
