"""docs/how-to/add-an-indicator.md: its indicator is taken up everywhere by its one file."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

from tests.renewal.test_how_to import ROOT, written_file

PAGE = ROOT / "docs" / "how-to" / "add-an-indicator.md"
FILE = "insight/active/company_tried.py"
TAKEN_UP = """
import django
django.setup()
from django.utils import translation
translation.activate("en")
from insight.active_cases import INDICATORS, ROWS, ShownIndicator, active_levels
from insight.active_indicator import Found, Share
from insight.queries import ActiveCount

codes = [found.code for found in INDICATORS]
assert codes.index("I3") < codes.index("I4") < codes.index("I5")
(tried,) = [found for found in INDICATORS if found.key == "company_tried"]
counts = [ActiveCount(1, row.label, 20, 40) for row in ROWS]
(cell,) = [cell for cell in active_levels(counts, {}).whole.cells if cell.label == "company_tried"]
assert (cell.n, cell.count) == (40, 20)
few = ShownIndicator(tried, {})
assert [passage.sentences for passage in few.passages] == [()]
shown = ShownIndicator(tried, {"company_tried": Found(Share(40, 0.5, 0.35, 0.65))})
(passage,) = shown.passages
assert "40 cases a company has been tried" in passage.sentences[0]
assert shown.report["company_tried"].share.share == 0.5
print("taken up")
"""


def test_the_indicator_of_the_page_is_taken_up_everywhere(tmp_path):
    page = PAGE.read_text(encoding="utf-8")
    shutil.copytree(ROOT / "insight", tmp_path / "insight")
    (tmp_path / FILE).write_text(written_file(page, FILE), encoding="utf-8")
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join((str(tmp_path), str(ROOT))),
        "DJANGO_SETTINGS_MODULE": "kb.settings.test",
    }

    done = subprocess.run(
        [sys.executable, "-c", TAKEN_UP],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.stdout.strip() == "taken up", done.stderr
