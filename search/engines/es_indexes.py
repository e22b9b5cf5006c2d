"""Aliases and the concrete indexes behind them: live, being built, and kept for a rollback."""

from __future__ import annotations

from datetime import UTC, datetime

from elasticsearch import Elasticsearch, NotFoundError

from search.engines import es_index


class IndexNames:
    """`PREFIX-content` is an alias; `PREFIX-content-20261122T101500123456` is behind it.

    An index that is being built carries the alias `PREFIX-content-building`, so that every writer
    sees it and writes to both: nothing is lost however long the building takes.
    """

    def __init__(
        self, client: Elasticsearch, prefix: str, *, shards: int = 1, replicas: int = 0
    ) -> None:
        self._client, self._prefix = client, prefix
        self._settings = es_index.settings(shards=shards, replicas=replicas)

    def alias(self, index: str) -> str:
        """The name that is searched."""
        return f"{self._prefix}-{index}"

    def _behind(self, alias: str) -> list[str]:
        try:
            return sorted(self._client.indices.get_alias(name=alias).body)
        except NotFoundError:
            return []

    def live(self, index: str) -> str | None:
        """The concrete index that is searched."""
        return next(iter(self._behind(self.alias(index))), None)

    def targets(self, index: str) -> list[str]:
        """Where a document is written: the live index first, then one that is being built."""
        live = self.live(index) or self.ensure(index)
        return [live, *self._behind(f"{self.alias(index)}-building")]

    def ensure(self, index: str) -> str:
        """The live index, made when there is none."""
        found = self.live(index)
        if found is None:
            found = self._create(index)
            self._client.indices.put_alias(index=found, name=self.alias(index))
        return found

    def _create(self, index: str) -> str:
        name = f"{self.alias(index)}-{datetime.now(UTC):%Y%m%dt%H%M%S%f}"
        self._client.indices.create(
            index=name, settings=self._settings, mappings=es_index.mapping()
        )
        return name

    def start_building(self, index: str) -> str:
        """A new, empty index that all writers fill from now on; a crashed one is thrown away."""
        self.ensure(index)
        for leftover in self._behind(f"{self.alias(index)}-building"):
            self._client.indices.delete(index=leftover)
        name = self._create(index)
        self._client.indices.put_alias(index=name, name=f"{self.alias(index)}-building")
        return name

    def swap(self, index: str, name: str) -> None:
        """Search the new index from the next request on; keep the one before, drop older ones."""
        alias, previous = self.alias(index), self._behind(self.alias(index))
        self._client.indices.update_aliases(
            actions=[
                *({"remove": {"index": old, "alias": alias}} for old in previous),
                {"add": {"index": name, "alias": alias}},
                {"remove": {"index": name, "alias": f"{alias}-building"}},
            ]
        )
        for old in self._concrete(index):
            if old not in {name, *previous}:
                self._client.indices.delete(index=old)

    def is_building(self, index: str, name: str) -> bool:
        """Whether writers fill this concrete index beside the live one."""
        return name in self._behind(f"{self.alias(index)}-building")

    def roll_back(self, index: str) -> str:
        """Search the index before the live one again; "" when none was kept."""
        alias, live = self.alias(index), self.live(index)
        building = self._behind(f"{alias}-building")
        older = [n for n in self._concrete(index) if n not in building and n < (live or "")]
        if not older:
            return ""
        self._client.indices.update_aliases(
            actions=[
                {"remove": {"index": live, "alias": alias}},
                {"add": {"index": older[-1], "alias": alias}},
            ]
        )
        return older[-1]

    def _concrete(self, index: str) -> list[str]:
        return sorted(self._client.indices.get(index=f"{self.alias(index)}-*").body)

    def drop(self, index: str) -> None:
        """Delete every index of that name."""
        for name in self._concrete(index):
            self._client.indices.delete(index=name)

    def count(self, name: str) -> int:
        """Documents in a concrete index, tombstones among them."""
        self._client.indices.refresh(index=name)
        return int(self._client.count(index=name)["count"])
