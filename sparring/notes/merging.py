"""One person's note, written on two devices at once: what is new on both ends up in it. Pure."""

from __future__ import annotations

from diff_match_patch import diff_match_patch

SECONDS = 0.5


def merged(*, base: str, mine: str, stored: str) -> str:
    """What is stored with what `mine` changed since `base`; what fits nowhere comes last."""
    if stored in (base, mine):
        return mine
    if mine == base:
        return stored
    tool = diff_match_patch()
    tool.Diff_Timeout = SECONDS
    patches = tool.patch_make(base, mine)
    text, fits = tool.patch_apply(patches, stored)
    if all(fits):
        return str(text)
    return f"{stored}\n{mine}"
