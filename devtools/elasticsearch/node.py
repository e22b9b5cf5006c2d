"""The folder, the configuration and the environment of one local Elasticsearch server."""

from __future__ import annotations

import json
import os
import pwd
import shutil
import socket
from collections.abc import Mapping
from pathlib import Path


def node_folder(cache: Path, name: str) -> Path:
    """Where one server keeps what is its own."""
    return cache / "nodes" / name


def make_folder(
    cache: Path, home: Path, configuration: str, name: str, user: pwd.struct_passwd | None
) -> Path:
    """config/, data/, logs/ and tmp/ of one server, owned by the account that runs it."""
    node = node_folder(cache, name)
    for folder in ("data", "logs", "tmp"):
        (node / folder).mkdir(parents=True, exist_ok=True)
    config = node / "config"
    shutil.rmtree(config, ignore_errors=True)
    shutil.copytree(home / "config", config)
    (config / "elasticsearch.yml").write_text(configuration)
    if user:
        for path in (node, *node.rglob("*")):
            os.chown(path, user.pw_uid, user.pw_gid, follow_symlinks=False)
    return node


def configuration(cache: Path, name: str, port: int, cluster: Mapping[str, object] | None) -> str:
    """elasticsearch.yml; JSON strings are YAML strings, so any path is safe."""
    node = node_folder(cache, name)
    alone = {
        "cluster.name": f"sparringsrummet-{name}",
        "discovery.type": "single-node",
        "transport.port": free_port(),
    }
    settings: dict[str, object] = {
        **(alone if cluster is None else cluster),
        "node.name": name,
        "network.host": "127.0.0.1",
        "http.port": port,
        "path.data": str(node / "data"),
        "path.logs": str(node / "logs"),
        "xpack.security.enabled": False,
        "xpack.ml.enabled": False,
        "cluster.routing.allocation.disk.threshold_enabled": False,
    }
    return "".join(f"{key}: {json.dumps(value)}\n" for key, value in settings.items())


def environment(java: Path, home: Path, node: Path) -> dict[str, str]:
    """What the server is told by its environment; nothing of ours is handed on."""
    return {
        "PATH": "/usr/bin:/bin",
        "HOME": str(node),
        "LANG": "C.UTF-8",
        "HOSTNAME": "localhost",
        "JAVA": str(java / "bin" / "java"),
        "JAVA_TYPE": "ES_JAVA_HOME",
        "ES_JAVA_HOME": str(java),
        "ES_HOME": str(home),
        "ES_PATH_CONF": str(node / "config"),
        "ES_DISTRIBUTION_TYPE": "zip",
        "ES_TMPDIR": str(node / "tmp"),
        "ES_JAVA_OPTS": os.environ.get("ES_JAVA_OPTS", "-Xms512m -Xmx512m"),
    }


def free_port() -> int:
    """A port of the loopback address that nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
