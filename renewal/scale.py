"""The scale of belief: 0 to 10, with words for five of its values (domain B3)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import Promise

HIGHEST_VALUE: Final = 10
BELIEF_WORDS: Final[Mapping[int, str | Promise]] = {
    0: _("can’t picture it at all"),
    3: _("would surprise me"),
    5: _("could go either way"),
    7: _("would not surprise me"),
    10: _("I expect it"),
}
"""The words of the anchors; a value between two anchors has none."""
