"""One browser for all browser tests, and one running site for those that only look."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser.moves import People, people_of
from tests.browser.stack import Stack, running_stack

CHROMIUM = shutil.which("chromium")


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Chromium as the machine has it. Without it the tests are skipped, but not in CI."""
    if CHROMIUM is None and not os.environ.get("CI"):
        pytest.skip("Chromium is not installed")
    arguments = ["--lang=da-DK", *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as driver:
        # Playwright keeps a loop in this thread, which Django takes for asynchronous code.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        chromium = driver.chromium.launch(executable_path=CHROMIUM, args=arguments)
        yield chromium
        chromium.close()


@pytest.fixture(scope="package")
def stack(
    browser: Browser,
    tmp_path_factory: pytest.TempPathFactory,
    django_db_setup: None,
    django_db_blocker: Any,
) -> Iterator[Stack]:
    """The site with the demo in it, started once; search runs on PostgreSQL."""
    yield from _site(tmp_path_factory, django_db_blocker, "pages")


@pytest.fixture(scope="package")
def house(
    browser: Browser,
    tmp_path_factory: pytest.TempPathFactory,
    django_db_setup: None,
    django_db_blocker: Any,
) -> Iterator[Stack]:
    """The same for those who move in: what they write stays out of the other tests' demo."""
    yield from _site(tmp_path_factory, django_db_blocker, "moves")


@pytest.fixture(scope="module")
def people(browser: Browser, house: Stack) -> Iterator[People]:
    """Everybody who does something in a test of moving in."""
    person, leave = people_of(browser, house)
    yield person
    leave()


def _site(
    tmp_path_factory: pytest.TempPathFactory, django_db_blocker: Any, name: str
) -> Iterator[Stack]:
    site = ExitStack()
    with django_db_blocker.unblock():
        running = site.enter_context(running_stack(tmp_path_factory.mktemp("site"), name=name))
        running.run_jobs()
    try:
        yield running
    finally:
        with django_db_blocker.unblock():
            site.close()
