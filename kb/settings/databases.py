"""The two database roles: an owner for migrations, a web role that owns nothing.

`DATABASE_URL` is the web role's. Where it is not set, a developer's machine names an embedded
server; Django loads its backend by that name, and production has none.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import environ

DATABASE = "sparringsrummet"
OWNER_ROLE = "sparringsrummet_owner"
WEB_ROLE = "sparringsrummet_web"
env = environ.Env()


def _server(url_name: str) -> dict[str, Any]:
    config: dict[str, Any] = dict(env.db(url_name))
    config["ENGINE"] = "django.db.backends.postgresql"
    return config


def _embedded(cluster: Path, role: str) -> dict[str, Any]:
    return {
        "ENGINE": "devtools.postgres",
        "NAME": DATABASE,
        "USER": role,
        "PASSWORD": "",
        "CLUSTER": str(cluster),
    }


def databases(*, embedded: Path | None = None) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return `(DATABASES, owner_credentials)`; the latter are used by `migrate` and the tests.

    `embedded` is the folder of the server to use where `DATABASE_URL` is not set.
    """
    if embedded is None or env.str("DATABASE_URL", default=""):
        web = _server("DATABASE_URL")
        owner = _server("DATABASE_OWNER_URL") if env.str("DATABASE_OWNER_URL", default="") else web
    else:
        web, owner = _embedded(embedded, WEB_ROLE), _embedded(embedded, OWNER_ROLE)
    web = {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True, "ATOMIC_REQUESTS": False, **web}
    return {"default": web}, {"USER": owner["USER"], "PASSWORD": owner["PASSWORD"]}
