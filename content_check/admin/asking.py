"""What an editor is asked before something is published, in one sentence a rule."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from django.http import HttpRequest

    from content_check.checking import Group

SHOWN = 4


def ask(request: HttpRequest, groups: tuple[Group, ...], *, before: str) -> None:
    """Say what was found. `before` says what did not happen meanwhile."""
    found = ". ".join(_sentence(group) for group in groups)
    messages.warning(
        request,
        _("%(before)s %(found)s. Change it, or do the same once more if it is to stand as it is.")
        % {"before": before, "found": found},
    )


def _sentence(group: Group) -> str:
    words = list(dict.fromkeys(one.words or one.place for one in group.findings))
    shown = ", ".join(words[:SHOWN])
    more = len(words) - SHOWN
    return f"{group.rule.label}: {shown}" + (f" (+{more})" if more > 0 else "")
