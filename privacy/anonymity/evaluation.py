"""How well the check does on labelled sentences: recall, precision, flagged clean share.

A mention counts as found when any finding overlaps it, whatever type the finding got; a finding
counts as right when it overlaps any labelled mention.
"""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ..intervals import wilson

if TYPE_CHECKING:
    from .report import Finding, Report


@dataclass(frozen=True, slots=True)
class Span:
    """A labelled mention, half-open in characters."""

    start: int
    end: int
    type: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """A labelled text; no spans means that nothing in it identifies anybody."""

    text: str
    spans: tuple[Span, ...]


def load(path: Path) -> list[Sentence]:
    """Read JSON lines ``{"text", "spans": [{"start", "end", "type"}]}``.

    ``ValueError`` or ``KeyError`` when a line is malformed.
    """
    sentences = []
    for line in path.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        spans = tuple(Span(s["start"], s["end"], s["type"]) for s in record["spans"])
        sentences.append(Sentence(record["text"], spans))
    return sentences


def evaluate(sentences: Sequence[Sentence], check: Callable[[str], Report]) -> dict[str, object]:
    """Return counts, shares and Wilson 95 % intervals, ready for JSON.

    ``clean.flagged`` and ``clean.blocked`` are shares of the sentences without mentions;
    ``ms_per_sentence`` is the mean wall time after one warming call.
    """
    check("Ubekendtnavn ringede, og så var alt læst ind.")
    started = time.perf_counter()
    reports = [check(sentence.text) for sentence in sentences]
    elapsed = time.perf_counter() - started
    pairs = list(zip(sentences, reports, strict=True))
    return {
        "sentences": len(sentences),
        "ms_per_sentence": round(1000 * elapsed / max(1, len(sentences)), 3),
        "recall": _recall(pairs),
        "precision": _precision(pairs),
        "clean": _clean(pairs),
    }


def flagged(texts: Sequence[str], check: Callable[[str], Report]) -> dict[str, object]:
    """The share of the texts whose first word is marked."""
    marked = sum(any(found.start == 0 for found in check(text).findings) for text in texts)
    return _share(marked, len(texts))


def missed(sentence: Sentence, report: Report) -> list[Span]:
    """Labelled mentions that no finding touches."""
    return [s for s in sentence.spans if not any(_overlap(s, f) for f in report.findings)]


def wrong(sentence: Sentence, report: Report) -> list[Finding]:
    """Findings that touch no labelled mention."""
    return [f for f in report.findings if not any(_overlap(s, f) for s in sentence.spans)]


def _overlap(span: Span, finding: Finding) -> bool:
    return span.start < finding.end and finding.start < span.end


def _recall(pairs: Iterable[tuple[Sentence, Report]]) -> dict[str, object]:
    total: Counter[str] = Counter()
    lost: Counter[str] = Counter()
    for sentence, report in pairs:
        total.update(span.type for span in sentence.spans)
        lost.update(span.type for span in missed(sentence, report))
    return _shares({kind: (n - lost[kind], n) for kind, n in total.items()})


def _precision(pairs: Iterable[tuple[Sentence, Report]]) -> dict[str, object]:
    total: Counter[str] = Counter()
    false: Counter[str] = Counter()
    for sentence, report in pairs:
        total.update(finding.type for finding in report.findings)
        false.update(finding.type for finding in wrong(sentence, report))
    return _shares({kind: (n - false[kind], n) for kind, n in total.items()})


def _clean(pairs: Iterable[tuple[Sentence, Report]]) -> dict[str, object]:
    verdicts = [report.verdict for sentence, report in pairs if not sentence.spans]
    flagged = sum(verdict != "pass" for verdict in verdicts)
    return {
        "flagged": _share(flagged, len(verdicts)),
        "blocked": _share(verdicts.count("block"), len(verdicts)),
    }


def _shares(counts: dict[str, tuple[int, int]]) -> dict[str, object]:
    everything = tuple(map(sum, zip(*counts.values(), strict=True))) if counts else (0, 0)
    rows = {kind: _share(*counts[kind]) for kind in sorted(counts)}
    return {**rows, "all": _share(*everything)}


def _share(hits: int, total: int) -> dict[str, object]:
    if not total:
        return {"hits": 0, "n": 0, "share": None, "low": None, "high": None}
    low, high = wilson(hits, total)
    return {
        "hits": hits,
        "n": total,
        "share": round(hits / total, 4),
        "low": round(low, 4),
        "high": round(high, 4),
    }
