"""The guideposts, what is tagged with them, and a municipality that says them in its own words."""

from __future__ import annotations

from django.utils import timezone

from kb.models import EmploymentPlan, Guidepost, MunicipalGuidepost
from people.models import Municipality

from .files import read

TEXTS = ("title", "text", "question")


def load_guideposts() -> int:
    """Make the missing guideposts in the file's order. Returns how many were made."""
    rows = enumerate(read("guideposts")["guideposts"], start=1)
    return sum(
        Guidepost.objects.get_or_create(
            slug=row["slug"],
            defaults={name: row[name] for name in TEXTS} | {"position": position},
        )[1]
        for position, row in rows
    )


def tag_of(kind: str, name: object) -> Guidepost | None:
    """The guidepost that the file tags something with, where guideposts are there."""
    slug = read("guideposts")["tagged"][kind].get(str(name))
    return Guidepost.objects.filter(slug=slug).first() if slug else None


def load_municipal() -> int:
    """Own words and plans, for municipalities that have none. Returns how many guideposts."""
    shared = {guidepost.slug: guidepost for guidepost in Guidepost.objects.all()}
    made = 0
    for row in read("guideposts")["municipal"]:
        town = Municipality.objects.filter(slug=row["municipality"], guideposts=None).first()
        if town is None:
            continue
        year = timezone.localdate().year + row["plan"]["year_offset"]
        EmploymentPlan.objects.get_or_create(
            municipality=town,
            defaults={"title": row["plan"]["title"], "link": row["plan"]["link"], "year": year},
        )
        for position, own in enumerate(row["guideposts"], start=1):
            MunicipalGuidepost.objects.create(
                municipality=town,
                position=position,
                says=shared.get(own["says"] or ""),
                **{name: own[name] for name in TEXTS},
            )
            made += 1
    return made
