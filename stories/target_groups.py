"""Names of target groups, registered by the sparring app, which may not be imported here.

register_target_groups(lambda: dict(TargetGroup.objects.values_list("code", "label")))
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

Provider = Callable[[], Mapping[str, str]]
_providers: list[Provider] = []


def register_target_groups(provider: Provider) -> Provider:
    """Register where the names come from; the last one registered answers."""
    _providers[:] = [provider]
    return provider


def target_groups() -> dict[str, str]:
    """Code → name, by name; empty if no list is registered."""
    names = dict(_providers[0]()) if _providers else {}
    return dict(sorted(names.items(), key=lambda item: item[1]))


def target_group_name(code: str) -> str:
    """The group's name, or its code when the list no longer has it."""
    return target_groups().get(code, code.capitalize()) if code else ""
