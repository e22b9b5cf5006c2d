"""Said when a reader opened a page; a room above counts (upkeep). Who opened it is not said."""

from __future__ import annotations

from django.dispatch import Signal

page_opened = Signal()
