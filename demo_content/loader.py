"""The whole knowledge base from the packaged files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction

from kb.domain.permissions import sync_groups
from kb.domain.tree import ensure_home
from kb.models import HomePage

from . import (
    access,
    english,
    guideposts,
    pages,
    persons,
    rereadings,
    snippets,
    sources,
    themes,
    uploads,
    works,
)
from .bodies import body
from .files import read

if TYPE_CHECKING:
    from people.models import Employee


@transaction.atomic
def load_content(actor: Employee | None = None) -> dict[str, int]:
    """Make what is missing and return how many of each kind were made.

    What is there stays as the editors left it, so that a second run makes and changes nothing.
    Municipalities should be there first: themes name those that take part.
    """
    made_sources = sources.load_sources()
    figures = snippets.load_figures(actor)
    home, made = ensure_home(actor=actor, home=_home())
    sync_groups()
    return {
        "front page": int(made),
        "sources": made_sources,
        "key figures": figures,
        "open sections": access.load_open_sections(),
        "accessibility statement": access.load_statement(),
        "sections": pages.load_sections(home, actor),
        "texts": pages.load_texts(home, actor),
        "English versions": english.load_english(home, actor),
        "guideposts": guideposts.load_guideposts(),
        "persons": persons.load_persons(),
        "themes": themes.load_themes(actor),
        "rereadings": rereadings.load_rereadings(),
        "publications": works.load_publications(actor),
        "phrases": snippets.load_phrases(),
        "question cards": snippets.load_question_cards(),
        "evidence cards": snippets.load_evidence(actor),
        "offers": snippets.load_offers(),
        "own guideposts": guideposts.load_municipal(),
        "files": uploads.load_files(),
    }


def _home() -> HomePage:
    public = read("pages")["home"]["public"]
    return HomePage(
        title=public["hero"]["title"],
        slug="forside",
        intro=public["hero"]["lead"],
        body=body(_sections(public["sections"])),
        is_open=True,
    )


def _sections(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    blocks: list[dict[str, Any]] = []
    for row in rows:
        blocks.append({"type": "heading", "value": row["title"]})
        blocks.append({"type": "paragraph", "value": row["text"]})
        blocks += [{"type": "figure", "value": key} for key in row.get("figures", [])]
    return blocks
