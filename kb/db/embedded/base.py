"""Django's PostgreSQL backend, whose server starts at the first connection (`kb.db.cluster`)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.db.backends.postgresql import base

from kb.db.cluster import Cluster, ClusterError


class DatabaseWrapper(base.DatabaseWrapper):
    """Starts the cluster named by the setting `CLUSTER` before it connects."""

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        try:
            Cluster(Path(self.settings_dict["CLUSTER"])).ensure_running()
        except ClusterError as error:
            raise ImproperlyConfigured(str(error)) from error
        return super().get_new_connection(conn_params)
