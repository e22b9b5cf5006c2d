"""Three Elasticsearch nodes on this machine, for proofs that need a cluster (docs/search.md)."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

from devtools.elasticsearch import server
from devtools.elasticsearch.folders import cache_folder
from devtools.elasticsearch.node import free_port, node_folder


@dataclass(frozen=True)
class Node:
    """One server of a cluster."""

    name: str
    url: str

    def kill(self) -> None:
        """End this server, as a power cut does, and nothing else of the cluster."""
        server.stop(name=self.name, kill=True)


@contextmanager
def running_cluster(name: str, nodes: int = 3) -> Iterator[list[Node]]:
    """Start a fresh cluster on the loopback address; stop it and forget its data afterwards.

    Raises ElasticsearchUnavailable with the reason as one sentence.
    """
    cache = cache_folder()
    names = [f"{name}-{number}" for number in range(nodes)]
    ports = {node_name: (free_port(), free_port()) for node_name in names}
    shared: dict[str, object] = {
        "cluster.name": f"sparringsrummet-{name}",
        "discovery.seed_hosts": [f"127.0.0.1:{transport}" for _, transport in ports.values()],
        "cluster.initial_master_nodes": names,
    }
    with ExitStack() as ends:
        started = []
        for node_name, (port, transport) in ports.items():
            folder = node_folder(cache, node_name)
            server.stop(name=node_name, cache=cache)
            shutil.rmtree(folder, ignore_errors=True)
            ends.callback(shutil.rmtree, folder, ignore_errors=True)
            ends.callback(server.stop, name=node_name, cache=cache)
            started.append(
                server.launch(cache, node_name, port, {**shared, "transport.port": transport})
            )
        # Two of three elect a master, so all are started before any is waited for.
        for process, url, log in started:
            server.await_answer(process, url, log)
        yield [Node(node_name, url) for node_name, (_, url, _) in zip(names, started, strict=True)]
