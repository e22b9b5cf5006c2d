"""The editorial lists: made when missing, left alone once they are there."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from kb.domain.evidence import publish_evidence_card
from kb.domain.figures import publish_key_figure
from kb.models import (
    EvidenceCard,
    EvidenceSource,
    KeyFigure,
    Offer,
    Phrase,
    QuestionCard,
    ThemePage,
)

from .files import read
from .guideposts import tag_of
from .sources import source_called

if TYPE_CHECKING:
    from people.models import Employee


def load_figures(actor: Employee | None) -> int:
    """Make the missing key figures; publish those that say so. Returns how many were made."""
    made = 0
    for row in read("figures")["figures"]:
        if KeyFigure.objects.filter(key=row["key"]).exists():
            continue
        figure = KeyFigure.objects.create(live=False, **_figure_fields(row))
        if row["publish"]:
            publish_key_figure(actor=actor, figure=figure)
        made += 1
    return made


def _figure_fields(row: dict[str, Any]) -> dict[str, Any]:
    same = ("key", "statement", "unit", "population", "comparison", "horizon", "source_place")
    days = row.get("retired_days_ago")
    return {
        **{name: row[name] for name in (*same, "reading_a", "reading_b", "note")},
        "values": [("value", value) for value in row["values"]],
        "adjustment": KeyFigure.Adjustment(row["adjustment"]),
        "base_figure": KeyFigure.objects.filter(key=row["base"]).first(),
        "source": source_called(row["source"]),
        "valid_on": date.fromisoformat(row["valid_on"]) if row["valid_on"] else None,
        "retired_on": timezone.localdate() - timedelta(days=days) if days else None,
    }


def _with_themes(item: Offer | Phrase, numbers: list[int]) -> int:
    """Set the themes of an item that was made now; 1, as it is counted."""
    item.themes.set(ThemePage.objects.filter(number__in=numbers))
    item.save()
    return 1


def load_phrases() -> int:
    """Make the missing phrases, with their themes. Returns how many were made."""
    same, made = ("closes", "alternative", "explanation"), 0
    for row in read("phrases")["phrases"]:
        fields = {name: row[name] for name in same}
        fields["guidepost"] = tag_of("phrases", row["phrase"])
        phrase, new = Phrase.objects.get_or_create(phrase=row["phrase"], defaults=fields)
        made += _with_themes(phrase, row["themes"]) if new else 0
    return made


def load_question_cards() -> int:
    """Make the missing cards; their themes must be there."""
    themes = {theme.number: theme for theme in ThemePage.objects.all()}
    return sum(
        QuestionCard.objects.get_or_create(text=text, defaults={"theme": themes[row["number"]]})[1]
        for row in read("themes")["themes"]
        for text in row["question_cards"]
    )


def load_evidence(actor: Employee | None) -> int:
    """Make and publish the missing evidence cards; the sources behind them must be there."""
    slugs = {row["number"]: row["slug"] for row in read("publications")["publications"]}
    made = 0
    for row in read("evidence")["evidence"]:
        if EvidenceCard.objects.filter(slug=row["slug"]).exists():
            continue
        card = EvidenceCard.objects.create(slug=row["slug"], live=False, **_evidence_fields(row))
        behind = [source_called(slugs[source["publication"]]) for source in row["sources"]]
        card.sources = [  # type: ignore[misc]
            EvidenceSource(source=source, sort_order=order) for order, source in enumerate(behind)
        ]
        publish_evidence_card(actor=actor, card=card)
        made += 1
    return made


def _evidence_fields(row: dict[str, Any]) -> dict[str, Any]:
    reviewed_on = timezone.localdate() - timedelta(days=row["reviewed_days_ago"])
    grades = {f"{part['code']}_grade": part["grade"] for part in row["dimensions"]}
    reasons = {f"{part['code']}_why": part["why"] for part in row["dimensions"]}
    return {
        **{name: row[name] for name in ("subject", "subject_kind", "verdict", "summary")},
        **grades,
        **reasons,
        "judged_by": row["judged_by"],
        "reviewed_on": reviewed_on,
        "review_on": reviewed_on + timedelta(days=365 * row["review_in_months"] // 12),
    }


def load_offers() -> int:
    """Make the missing offers, then point the closed ones at their alternative."""
    rows = read("offers")["offers"]
    cards = {card.slug: card for card in EvidenceCard.objects.all()}
    new = {
        row["slug"]: row["alternative"]
        for row in rows
        if Offer.objects.get_or_create(
            slug=row["slug"], defaults=_offer_fields(row) | {"evidence": cards.get(row["evidence"])}
        )[1]
    }
    for row in rows:
        if row["slug"] in new:
            _with_themes(Offer.objects.get(slug=row["slug"]), row["themes"])
    for slug, alternative in new.items():
        if alternative:
            other = Offer.objects.get(slug=alternative)
            Offer.objects.filter(slug=slug).update(alternative=other)
    return len(new)


def _offer_fields(row: dict[str, Any]) -> dict[str, Any]:
    same = (
        "name", "group", "action_kind", "purpose", "granted_by", "usual_wait_days",
        "parallel_friendly", "note", "closed_because",
    )  # fmt: skip
    closed_on = None
    if row["state"] == "closed":
        closed_on = timezone.localdate() - timedelta(days=row["closed_days_ago"])
    return {
        **{name: row[name] for name in same},
        "guidepost": tag_of("offers", row["slug"]),
        "at_company": row["is_company"],
        "closed_on": closed_on,
    }
