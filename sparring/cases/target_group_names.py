"""Lends the names of target groups to the stories, which lie below and import nothing from here."""

from __future__ import annotations

from sparring.models import TargetGroup
from stories.target_groups import register_target_groups


@register_target_groups
def target_group_names() -> dict[str, str]:
    """Code → name of every group on the list."""
    return dict(TargetGroup.objects.values_list("code", "label"))
