"""The embedded PostgreSQL: found or started by whoever needs it, stopped by the last."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from devtools.postgres.cluster import Cluster, ClusterError
from kb.settings.databases import DATABASE, OWNER_ROLE, WEB_ROLE

ROOT = Path(__file__).resolve().parents[2]
USE = """
import sys
from pathlib import Path
from devtools.postgres.cluster import Cluster
Cluster(Path(sys.argv[1])).ensure_running()
print("ready", flush=True)
sys.stdin.read()
"""


@pytest.fixture(scope="module")
def cluster(tmp_path_factory):
    """In a folder with a space in its name, which the socket's path must not inherit."""
    folder = tmp_path_factory.mktemp("with space") / "postgres-test"
    cluster = Cluster(folder)
    yield cluster
    cluster.release()
    assert not cluster.is_running()


def _user(cluster: Cluster) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", USE, str(cluster.home)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


def _ask(cluster: Cluster, role: str, statement: str) -> object:
    with psycopg.connect(host=str(cluster.socket_dir), user=role, dbname=DATABASE) as connection:
        row = connection.execute(statement).fetchone()
        return row[0] if row else None


def test_the_last_user_stops_it(cluster):
    first, second = _user(cluster), _user(cluster)

    first.communicate("")
    after_first = cluster.is_running()
    second.communicate("")

    assert (after_first, cluster.is_running()) == (True, False)


def test_a_killed_user_does_not_keep_the_next_from_starting(cluster):
    killed = _user(cluster)
    with killed:
        killed.send_signal(signal.SIGKILL)

    other = _user(cluster)
    value = _ask(cluster, WEB_ROLE, "SELECT 1")
    other.communicate("")

    assert (value, cluster.is_running()) == (1, False)


def test_the_owner_owns_and_the_web_role_does_not(cluster):
    user = _user(cluster)
    owner = _ask(
        cluster,
        WEB_ROLE,
        "SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = current_database()",
    )
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        _ask(cluster, WEB_ROLE, "CREATE TABLE mine (id int)")
    user.communicate("")

    assert owner == OWNER_ROLE


def test_a_folder_that_cannot_be_made_is_one_sentence(tmp_path):
    (tmp_path / "file").write_text("in the way")

    with pytest.raises(ClusterError, match=r"^The embedded database cannot use .*directory\.$"):
        Cluster(tmp_path / "file" / "postgres").ensure_running()
