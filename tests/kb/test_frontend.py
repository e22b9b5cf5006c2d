"""Weight and safety of the pages, read without a browser (budgets of docs/frontend.md)."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string

from kb.views import gallery

ROOT = Path(settings.BASE_DIR)
BUILT = ROOT / "static" / "built"
SCRIPTS = ("django_htmx/htmx-2.min.js", "dkfds.js", "site.js")
INLINE = re.compile(
    r"<script(?![^>]*\b(?:src=|type=.application/ld\+json.))|<style|\sstyle=|\son[a-z]+=|javascript:|hx-on|\sjs:"
)


def weight(path: str | Path) -> int:
    return len(gzip.compress(Path(path).read_bytes(), 9))


def draw(rf, page: str) -> str:
    request = rf.get("/")
    request.user = AnonymousUser()
    return gallery.gallery(request, page).content.decode()


def test_style_sheet_fits_its_budget():
    assert weight(BUILT / "site.css") <= 35_000


def test_scripts_fit_their_budget():
    assert sum(weight(finders.find(name)) for name in SCRIPTS) <= 45_000


def test_fonts_fit_their_budget():
    assert sum(path.stat().st_size for path in (BUILT / "fonts").iterdir()) <= 55_000


@pytest.mark.parametrize("page", gallery.PAGES)
def test_page_fits_its_budgets(rf, page):
    html = draw(rf, page)
    fonts = sum(path.stat().st_size for path in (BUILT / "fonts").iterdir())
    assets = sum(weight(finders.find(name)) for name in SCRIPTS) + weight(BUILT / "site.css")
    sprite = weight(BUILT / "all-svg-icons.svg")
    assert len(gzip.compress(html.encode(), 9)) <= 20_000
    assert len(html) // 1000 + (fonts + assets + sprite) // 1000 <= 180
    assert len(re.findall(r"<[a-z]", html)) <= 1000


@pytest.mark.parametrize("page", gallery.PAGES)
def test_page_has_nothing_the_policy_forbids(rf, page):
    assert INLINE.findall(draw(rf, page)) == []


@pytest.mark.parametrize("name", ["400.html", "403.html", "404.html", "500.html"])
def test_error_pages_need_no_request(name):
    html = render_to_string(name)
    assert html.count("<h1") == 1
    assert INLINE.findall(html) == []


def test_every_icon_that_is_used_is_in_the_sprite():
    known = set((ROOT / "static/src/icons.txt").read_text().split())
    used = set()
    for path in (ROOT / "templates").rglob("*.html"):
        used |= set(re.findall(r'{%\s*icon "([^"]+)"', path.read_text()))
    assert used - known == set()


def test_no_template_holds_inline_code():
    found = {
        str(path.relative_to(ROOT)): hits
        for path in (ROOT / "templates").rglob("*.html")
        if (hits := INLINE.findall(path.read_text()))
    }
    assert found == {}
