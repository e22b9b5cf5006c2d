"""Three Elasticsearch nodes on this machine, for proofs that need a cluster (docs/search.md)."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

from scripts import elasticsearch as server
from scripts.elasticsearch_package import cache_folder


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
    ports = {each: (server.free_port(), server.free_port()) for each in names}
    shared: dict[str, object] = {
        "cluster.name": f"sparringsrummet-{name}",
        "discovery.seed_hosts": [f"127.0.0.1:{transport}" for _, transport in ports.values()],
        "cluster.initial_master_nodes": names,
    }
    with ExitStack() as ends:
        started = []
        for each, (port, transport) in ports.items():
            folder = server.node_folder(cache, each)
            server.stop(name=each, cache=cache)
            shutil.rmtree(folder, ignore_errors=True)
            ends.callback(shutil.rmtree, folder, ignore_errors=True)
            ends.callback(server.stop, name=each, cache=cache)
            started.append(
                server.launch(cache, each, port, {**shared, "transport.port": transport})
            )
        # Two of three elect a master, so all are started before any is waited for.
        for process, url, log in started:
            server.await_answer(process, url, log)
        yield [Node(each, url) for each, (_, url, _) in zip(names, started, strict=True)]
