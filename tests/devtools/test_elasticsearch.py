"""The local Elasticsearch: fetched whole, started once, refused in one sentence."""

from __future__ import annotations

import json
import os
import socket
from pathlib import Path

import pytest

from devtools.elasticsearch import __main__ as command
from devtools.elasticsearch import folders, java, package, server

Unavailable = folders.ElasticsearchUnavailable
pytestmark = pytest.mark.xdist_group("search")  # shares the server of the search tests


def test_a_second_start_reuses_the_first(elasticsearch_url, capsys):
    if os.environ.get("ELASTICSEARCH_URL"):
        assert server.answers(elasticsearch_url)
        return

    assert server.ensure_running(name="tests") == elasticsearch_url
    assert command.main(["status", "--name", "tests", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["url"] == elasticsearch_url


def test_a_damaged_copy_is_unpacked_again(elasticsearch_url, tmp_path):
    (tmp_path / "partial-crashed").mkdir()
    home = package.installed(tmp_path)
    jar = next((home / "lib").glob("elasticsearch-core-*.jar"))
    size = jar.stat().st_size
    jar.write_bytes(b"half")

    assert package.installed(tmp_path) == home

    assert jar.stat().st_size == size
    assert not (tmp_path / "partial-crashed").exists()


def test_a_package_with_another_checksum_is_not_used(tmp_path, monkeypatch):
    wrong = tmp_path / "wrong.zip"
    wrong.write_bytes(b"something else")
    monkeypatch.setattr(package, "package", lambda: wrong)

    with pytest.raises(Unavailable, match="damaged"):
        package.installed(tmp_path)


def test_a_taken_port_is_said(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        with pytest.raises(Unavailable, match=f"Port {port} is taken"):
            server._start(tmp_path, "x", port)


def test_without_maven_one_sentence_says_what_to_do(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("HOME", str(tmp_path))

    with pytest.raises(Unavailable, match="Maven is needed"):
        package.package()


def test_without_java_one_sentence_says_what_to_do(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(java, "JVM_FOLDERS", ())
    for name in ("ES_JAVA_HOME", "JAVA_HOME"):
        monkeypatch.delenv(name, raising=False)

    with pytest.raises(Unavailable, match="Java 21 or later"):
        java.java_home()


def test_a_cache_the_account_cannot_enter_is_not_used(tmp_path, monkeypatch):
    closed = tmp_path / "closed folder"
    closed.mkdir(mode=0o700)
    monkeypatch.setenv("SPARRINGSRUMMET_CACHE", str(closed))

    cache = folders.cache_folder()

    inside = closed in cache.parents
    assert inside is (os.geteuid() != 0)
    assert folders.reachable(cache, folders.service_user())


def test_a_state_file_of_a_dead_server_means_nothing(tmp_path):
    assert server.state_of(tmp_path, "x") is None
    (tmp_path / "x.json").write_text("{")
    assert server.state_of(tmp_path, "x") is None
    state = {"pid": os.getpid(), "born": "another time", "port": 1, "url": "http://127.0.0.1:1"}
    (tmp_path / "x.json").write_text(json.dumps(state))

    assert server.state_of(tmp_path, "x") is None
    assert server.stop(name="x", cache=Path(tmp_path)) is False


def test_maven_settings_name_the_repository(tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    assert package.local_repository() == tmp_path / ".m2" / "repository"
    (tmp_path / ".m2").mkdir()
    (tmp_path / ".m2" / "settings.xml").write_text(
        "<settings><localRepository>${user.home}/other</localRepository></settings>"
    )

    assert package.local_repository() == tmp_path / "other"
