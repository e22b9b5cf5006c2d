"""Where the local Elasticsearch keeps its files, and the account that must reach them."""

from __future__ import annotations

import contextlib
import fcntl
import os
import pwd
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path

from devtools import ROOT

SERVICE_USERS = ("elasticsearch", "nobody", "daemon")


class ElasticsearchUnavailable(Exception):
    """Why no server could be had, as one sentence for the person at the terminal."""


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
        else (ROOT / "var" / "elasticsearch")
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
