"""The two database roles: an owner for migrations, a web role that owns nothing.

`DATABASE_URL` is the web role's. Without it the embedded PostgreSQL under `var/` is used; it
starts itself at the first connection (`kb.db.embedded`), so commands that need no database
start none.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import environ

from kb.db.cluster import DATABASE, OWNER_ROLE, WEB_ROLE, Cluster

env = environ.Env()


def _server(url_name: str) -> dict[str, Any]:
    config: dict[str, Any] = dict(env.db(url_name))
    config["ENGINE"] = "django.db.backends.postgresql"
    return config


def _embedded(cluster: Cluster, role: str) -> dict[str, Any]:
    return {
        "ENGINE": "kb.db.embedded",
        "NAME": DATABASE,
        "USER": role,
        "PASSWORD": "",
        "HOST": str(cluster.socket_dir),
        "PORT": "5432",
        "CLUSTER": str(cluster.home),
    }


def databases(
    var: Path, *, cluster_name: str = "postgres"
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return `(DATABASES, owner_credentials)`; the latter are used by `migrate` and the tests."""
    if env.str("DATABASE_URL", default=""):
        web = _server("DATABASE_URL")
        owner = _server("DATABASE_OWNER_URL") if env.str("DATABASE_OWNER_URL", default="") else web
    else:
        cluster = Cluster(var / cluster_name)
        web, owner = _embedded(cluster, WEB_ROLE), _embedded(cluster, OWNER_ROLE)
    web = {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True, "ATOMIC_REQUESTS": False, **web}
    return {"default": web}, {"USER": owner["USER"], "PASSWORD": owner["PASSWORD"]}
