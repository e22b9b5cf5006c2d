"""The pictures of README.md, taken from the running demo; `make pictures` puts them in place."""

from __future__ import annotations

import io
import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from .stack import ROOT, Stack, running_stack
from .test_session import begin, first_session, get_the_lead
from .visits import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.slow]
WIDTH, TALLEST = 1280, 1700
COLOURS = 128
LARGEST = 150_000  # bytes: the page that shows three of them is read on telephones too


@pytest.fixture
def stack(browser: Browser, tmp_path, django_db_setup, django_db_blocker) -> Iterator[Stack]:
    with django_db_blocker.unblock(), running_stack(tmp_path, name="pictures") as stack:
        stack.run_jobs()
        yield stack


def picture(page: Page, name: str, folder: Path) -> Path:
    """The page from its top, with as few colours as it needs."""
    page.evaluate("document.activeElement.blur()")
    tall = page.evaluate("document.documentElement.scrollHeight")
    clip = {"x": 0, "y": 0, "width": WIDTH, "height": min(tall, TALLEST)}
    shot = Image.open(io.BytesIO(page.screenshot(full_page=True, clip=clip))).convert("RGB")
    file = folder / f"{name}.png"
    shot.quantize(COLOURS, dither=Image.Dither.NONE).save(file, optimize=True)
    return file


def test_the_pictures_of_the_readme(stack: Stack, browser: Browser, tmp_path: Path) -> None:
    folder = Path(os.environ.get("PICTURES") or tmp_path)
    visitor = Visitor(browser, stack, "amina.yusuf")
    files = [picture(visitor.open("/"), "overview", folder)]
    story = visitor.page.get_by_role("link", name="Han ringede selv").get_attribute("href")
    files.append(picture(visitor.open(str(story)), "story", folder))
    address, leader = first_session(stack)
    page = visitor.open(address)
    begin(page)
    get_the_lead(stack, browser, leader, address, page)
    while "Blindt bud" not in (step := page.locator("#step-heading").inner_text()):
        page.get_by_role("button", name="Videre:").click()
        expect(page.locator("#step-heading")).not_to_have_text(step)
    files.append(picture(page, "session", folder))

    shown = re.findall(r"\]\(docs/images/([\w.]+)\)", (ROOT / "README.md").read_text())
    assert sorted(shown) == sorted(file.name for file in files)
    assert [file.name for file in files if file.stat().st_size > LARGEST] == []
