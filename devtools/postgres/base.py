"""Django's PostgreSQL backend, whose embedded server starts at the first connection.

The settings of a developer's machine name it (`ENGINE: devtools.postgres`); production never does.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.db.backends.postgresql import base

from devtools.postgres.cluster import PORT, Cluster, ClusterError


class DatabaseWrapper(base.DatabaseWrapper):
    """Reaches the cluster in the folder `CLUSTER` of its settings; starts it before it connects."""

    def __init__(self, settings_dict: dict[str, Any], alias: str = "default") -> None:
        self.cluster = Cluster(Path(settings_dict["CLUSTER"]))
        settings_dict.update(HOST=str(self.cluster.socket_dir), PORT=PORT)
        super().__init__(settings_dict, alias)

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """Connect as Django does, to a server that runs by now."""
        try:
            self.cluster.ensure_running()
        except ClusterError as error:
            raise ImproperlyConfigured(str(error)) from error
        return super().get_new_connection(conn_params)
