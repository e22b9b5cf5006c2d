"""A place where the rooms above learn who was at an event (imports point downwards only).

@register
def pass_module(*, event, employee, came, actor): ...

Called inside the transaction of the organiser's mark, each time it changes: `came` is False when a
mark is taken back. Guests are nobody's employees and are not told of.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Hook = Callable[..., object]
_hooks: list[Hook] = []


def register(hook: Hook) -> Hook:
    """Register a hook; called as hook(event=, employee=, came=, actor=)."""
    if hook not in _hooks:
        _hooks.append(hook)
    return hook


def unregister(hook: Hook) -> None:
    """Take a hook back."""
    _hooks.remove(hook)


def tell(*, event: Any, employee: Any, came: bool, actor: Any) -> None:
    """Tell all hooks that the organiser has marked an employee, or taken the mark back."""
    for hook in _hooks:
        hook(event=event, employee=employee, came=came, actor=actor)
