"""The English versions that the demo brings along, below `/en/`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wagtail.models import Locale, Page

from kb.models import HomePage, StandardPage
from kb.page_urls import OTHER_LANGUAGE

from .bodies import body
from .files import read

if TYPE_CHECKING:
    from people.models import Employee


def load_english(home: HomePage, actor: Employee | None) -> int:
    """Make and publish the missing ones; the Danish pages must be there. Returns how many."""
    content = read("english")
    locale, _made = Locale.objects.get_or_create(language_code=OTHER_LANGUAGE)
    made = _translate(home, locale, content["home"], actor)
    for row in content["pages"]:
        page = StandardPage.objects.child_of(home).get(slug=row["of"])
        made += _translate(page, locale, row, actor)
    return made


def _translate(page: Page, locale: Locale, row: dict[str, Any], actor: Employee | None) -> int:
    if page.has_translation(locale):
        return 0
    version = page.copy_for_translation(locale)
    version.title, version.intro = row["title"], row["intro"]
    version.slug = row.get("slug", version.slug)
    version.body = body(row["body"])
    version.save_revision(user=actor).publish(user=actor, skip_permission_checks=True)
    return 1
