"""Every listed first name in every place where a sentence can hold it, and which pass unseen."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from . import lexicon

if TYPE_CHECKING:
    from .report import Report

# One text holds a frame three times: where the text, a later sentence and no sentence begins.
POSITIONS = ("start", "later", "middle")
_TEXT = "{frame} Vi talte sammen i tirsdags. {frame} Jeg noterede, at {frame}"


class Passing(NamedTuple):
    """A name that nothing marked."""

    name: str
    frame: str
    position: str


def lines(path: Path) -> list[str]:
    """The lines of a file that are no comments."""
    content = path.read_text(encoding="utf-8").splitlines()
    return [line for line in content if line and not line.startswith("#")]


def first_names() -> list[str]:
    """The listed first names as they are written, each once."""
    return sorted("-".join(map(str.capitalize, n.split("-"))) for n in lexicon.first_names())


def passing(
    names: Sequence[str], frames: Sequence[str], check: Callable[[str], Report]
) -> Iterator[Passing]:
    """Every name in every frame at every position where no finding touches the name.

    A frame is a sentence that begins with ``{name}`` or ``{genitive}``.
    """
    for frame in frames:
        for name in names:
            genitive = name + ("'" if name[-1] in "sxz" else "s")
            sentence = frame.format(name=name, genitive=genitive)
            text = _TEXT.format(frame=sentence)
            found = [(finding.start, finding.end) for finding in check(text).findings]
            end = 0
            for position in POSITIONS:
                start = text.index(sentence, end)
                end = start + len(sentence)
                if not any(low < start + len(name) and start < high for low, high in found):
                    yield Passing(name, frame, position)


def share(
    names: Sequence[str], frames: Sequence[str], check: Callable[[str], Report]
) -> dict[str, object]:
    """How many of all places let a name pass, and the names that pass most, ready for JSON."""
    passed = list(passing(names, frames, check))
    total = len(names) * len(frames) * len(POSITIONS)
    return {
        "names": len(names),
        "places": total,
        "passed": len(passed),
        "share": round(len(passed) / max(1, total), 5),
        "passing_names": sorted({case.name for case in passed}),
    }
