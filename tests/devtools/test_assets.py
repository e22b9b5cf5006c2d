"""The assets are built once, wholly, and with clear words when something is wrong."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from devtools.assets import explain

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture
def project(tmp_path):
    """A copy of the sources in a folder with a space in its name, packages linked in."""
    folder = tmp_path / "a project"
    shutil.copytree(ROOT / "static" / "src", folder / "static" / "src")
    (folder / "devtools").mkdir()
    for name in ("package.json", "package-lock.json", ".npmrc"):
        shutil.copy(ROOT / name, folder / name)
    for name in ("__init__.py", "assets.py"):
        shutil.copy(ROOT / "devtools" / name, folder / "devtools")
    (folder / "node_modules").symlink_to(ROOT / "node_modules")
    return folder


def run(folder: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "devtools.assets"]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=folder)


def test_builds_everything_the_pages_refer_to(project):
    done = run(project)
    built = project / "static" / "built"
    assert (done.returncode, done.stderr) == (0, "")
    css = (built / "site.css").read_text()
    references = set(re.findall(r"url\([\"']?([^\"')]+)", css))
    assert [name for name in references if not (built / name).is_file()] == []
    assert not any(name.startswith(("http", "data:", "//")) for name in references)
    assert "sourceMappingURL" not in (built / "dkfds.js").read_text()
    assert "SIL Open Font License" in (built / "dkfds-LICENSE.md").read_text()
    assert sorted(path.name for path in built.parent.iterdir()) == ["built", "src"]


def test_second_call_builds_nothing_and_a_change_builds_anew(project):
    run(project)
    css = project / "static" / "built" / "site.css"
    first = css.stat().st_ino
    run(project)
    assert css.stat().st_ino == first
    (project / "static" / "src" / "js" / "site.js").write_text("// said once\nchanged();\n")
    run(project)
    assert css.stat().st_ino != first
    ours = (project / "static" / "built" / "site.js").read_text()
    sources = [path.read_text() for path in (project / "static" / "src" / "js").iterdir()]
    attributes = {found for text in sources for found in re.findall(r"\[data-[a-z-]+\]", text)}
    assert ours.startswith("changed()")
    assert len(attributes) > 3
    assert [name for name in attributes if name not in ours] == []
    assert len(ours) < sum(map(len, sources))
    assert not (project / "static" / "built" / "search.js").exists()


def test_broken_source_is_one_sentence_and_keeps_the_old_build(project):
    run(project)
    (project / "static" / "src" / "scss" / "site.scss").write_text("a {")
    done = run(project)
    assert done.returncode == 1
    assert done.stderr.startswith("The style sheet was not built. Error: expected")
    assert len(done.stderr.splitlines()) == 1
    assert (project / "static" / "built" / "site.css").is_file()


def test_unknown_icon_is_named(project):
    (project / "static" / "src" / "icons.txt").write_text("print\nunicorn\n")
    done = run(project)
    assert (done.returncode, done.stderr) == (
        1,
        "static/src/icons.txt names an unknown icon: unicorn.\n",
    )


@pytest.mark.parametrize(
    ("output", "sentence"),
    [
        (
            "npm error code ENOTFOUND",
            "The package registry cannot be reached: check the network or npm's proxy settings.",
        ),
        ("npm error ENOSPC: no space left on device", "The disk is full."),
        ("npm error code EACCES", "The project folder cannot be written to."),
        (
            "npm error code EINTEGRITY",
            "A fetched package does not match its hash in package-lock.json.",
        ),
        ("\nnpm warn x\nnpm error something else\n", "npm error something else"),
        ("", "No reason was given."),
    ],
)
def test_complaints_become_one_sentence(output, sentence):
    assert explain(output) == sentence


def test_lock_file_names_no_registry():
    assert '"resolved"' not in (ROOT / "package-lock.json").read_text()
    assert "registry" not in (ROOT / ".npmrc").read_text().replace(
        "omit-lockfile-registry-resolved", ""
    )
