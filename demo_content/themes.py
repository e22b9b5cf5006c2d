"""The themes, with their dilemmas, rules and figures."""

from __future__ import annotations

from typing import Any

from kb.models import KeyFigure, ThemeIndexPage, ThemePage, ThemeRule
from people.models import Employee, Municipality
from renewal import RULES

from .bodies import body, dilemmas
from .files import read
from .guideposts import tag_of
from .pages import ensure_page
from .persons import persons_by_key
from .sources import with_notes


def load_themes(actor: Employee | None) -> int:
    """Make the missing theme pages; key figures must be there. Returns how many were made."""
    index = ThemeIndexPage.objects.get()
    towns = {town.slug: town for town in Municipality.objects.all()}
    persons = persons_by_key()
    made = 0
    for row in read("themes")["themes"]:
        if ThemePage.objects.filter(number=row["number"]).exists():
            continue
        page = ThemePage(
            title=row["headline"],
            **{name: row[name] for name in ("slug", "number", "nav_title", "intro")},
            easy_read="\n\n".join(row["easy_read"]),
            dilemmas=dilemmas(row["dilemmas"]),
            guidepost=tag_of("themes", row["number"]),
            body=with_notes(body(row["body"]), row["sources"]) + _figures(row["figures"]),
            contact=persons[row["contact"]],
        )
        page.municipalities = [towns[slug] for slug in row["municipalities"] if slug in towns]
        page.drawn_by = drawn_by(row["number"])  # type: ignore[misc]
        made += ensure_page(index, page, actor) is not None
    return made


def drawn_by(number: int) -> list[ThemeRule]:
    """The rules that point at the theme, as rows of its page (`RenewalRule.themes`).

    Where a rule's themes depend on who believes more, the other way has its first choice alone.
    """
    rows = []
    for code, rule in RULES.items():
        other = rule.themes_if_caseworker_higher
        way = ThemeRule.Direction.CITIZEN_HIGHER if other else ThemeRule.Direction.ANY
        if number in rule.themes:
            primary = rule.themes[0] == number
            rows.append(ThemeRule(rule=code, direction=way, primary=primary))
        if other[:1] == (number,):
            way = ThemeRule.Direction.CASEWORKER_HIGHER
            rows.append(ThemeRule(rule=code, direction=way, primary=True))
    return rows


def _figures(keys: list[str]) -> list[tuple[str, Any]]:
    return [("key_figure", KeyFigure.objects.get(key=key)) for key in keys]
