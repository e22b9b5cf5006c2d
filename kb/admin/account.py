"""The page on which editors set the admin up for themselves, without what is the municipality's."""

from __future__ import annotations

from typing import Any

from wagtail.admin.views.account import AccountView

# Editors do not change their names here, since colleagues and citizens know them by these.
# Portraits would be pictures without a size check that no page shows.
NOT_THEIRS = {"name_email", "avatar"}


class EditorsAccountView(AccountView):
    """Language, looks and notices: Wagtail's page without name and portrait."""

    def get_panels(self) -> list[Any]:
        return [panel for panel in super().get_panels() if panel.name not in NOT_THEIRS]
