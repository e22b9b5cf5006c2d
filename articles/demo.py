"""The articles and observations of the demo (demo_content/articles.json)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone
from wagtail.models import Site

from articles.domain.observations import judge_observation, send_observation
from articles.models import ArticleIndexPage, ArticlePage, Authorship, Observation
from demo_content.bodies import body, rich_text
from demo_content.files import read
from demo_content.pages import ensure_page
from demo_content.persons import persons_by_key
from kb.models import Guidepost, Person, PublicationPage, ThemePage
from people.models import Employee, Municipality
from people.roles import Role

INTRO = (
    "Kommentarer, interview, vejledninger, nyheder og inspiration. Det opdigtede er mærket, og "
    "det, der er fortalt efter andre, siger efter hvem."
)


def load() -> dict[str, int]:
    """Make what is missing; the knowledge base must be there. A second run makes nothing."""
    home = Site.objects.get(is_default_site=True).root_page
    index = ArticleIndexPage(title="Artikler", slug="artikler", intro=INTRO, is_open=True)
    ensure_page(home, index, None)
    return {"articles": _load_articles(), "observations": _load_observations()}


def _load_articles() -> int:
    index = ArticleIndexPage.objects.get(locale__language_code=settings.LANGUAGE_CODE)
    persons = persons_by_key()
    themes = {theme.number: theme for theme in ThemePage.objects.all()}
    slugs = {row["number"]: row["slug"] for row in read("publications")["publications"]}
    made = 0
    for row in read("articles")["articles"]:
        if ArticlePage.objects.filter(slug=row["slug"]).exists():
            continue
        article = ArticlePage(**_fields(row, persons))
        article.themes = [themes[number] for number in row["themes"]]
        notes = [slugs[number] for number in row["knowledge_notes"]]
        article.knowledge_notes = list(PublicationPage.objects.filter(slug__in=notes))
        article.authorships = [  # type: ignore[misc]
            Authorship(person=persons[key], sort_order=order)
            for order, key in enumerate(row["authors"])
        ]
        made += ensure_page(index, article, None) is not None
    return made


def _fields(row: dict[str, Any], persons: dict[str, Person]) -> dict[str, Any]:
    again = row["read_again"]
    return {
        **{name: row[name] for name in ("slug", "title", "kind", "lead", "applies_to")},
        "body": body(row["body"]),
        "steps": "\n".join(row["steps"]),
        "questions": [
            ("question", {"question": part["question"], "answer": rich_text(part["answer"])})
            for part in row["questions"]
        ],
        "interviewee": persons.get(row["interviewee"]),
        "contact": persons.get(row["contact"]),
        "guidepost": Guidepost.objects.filter(slug=row["guidepost"]).first(),
        "municipality": Municipality.objects.filter(slug=row["municipality"]).first(),
        "published_on": _ago(row["published_days_ago"]),
        "updated_on": _ago(row["updated_days_ago"]),
        "read_again_on": _ago(again["days_ago"]) if again else None,
        "read_again_by": persons[again["by"]] if again else None,
        "origin": row["told_after"],
        "is_example": row["origin"] == "demo",
        "is_open": row["open"],
    }


def _ago(days: int | None) -> date | None:
    return None if days is None else timezone.localdate() - timedelta(days=days)


def _load_observations() -> int:
    staff = Employee.objects.with_role(Role.PROJECT_STAFF).order_by("pk").first()
    made = 0
    for row in read("articles")["observations"]:
        if Observation.objects.filter(text=row["text"]).exists():
            continue
        observation = send_observation(
            actor=Employee.objects.get(username=row["sender"]),
            theme=ThemePage.objects.get(number=row["theme"]),
            text=row["text"],
            observed_on=timezone.localdate() - timedelta(days=row["days_ago"]),
        )
        if row["shown"] is not None and staff is not None:
            judge_observation(actor=staff, observation=observation, show=row["shown"])
        made += 1
    return made
