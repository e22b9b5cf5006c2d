"""Pages of docs/ that are printed from the code are what the code prints today."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

PAGES = {
    "access_matrix": "docs/access-matrix.md",
    "approval_table": "docs/approval.md",
    "renewal_rules": "docs/renewal-rules.md",
}


@pytest.mark.parametrize("command", PAGES)
def test_the_page_is_up_to_date(command):
    call_command(command, "--check")


@pytest.mark.parametrize(("command", "page"), PAGES.items())
def test_an_old_page_is_noticed_and_printed_again(settings, tmp_path, command, page):
    settings.BASE_DIR = tmp_path
    written = Path(tmp_path, page)
    written.parent.mkdir()
    written.write_text("old")

    with pytest.raises(CommandError, match=command):
        call_command(command, "--check")
    call_command(command)
    call_command(command, "--check")

    assert "do not edit it here" in written.read_text()
