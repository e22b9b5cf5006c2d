"""Production refuses to start without its configuration and names what is missing."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
COMPLETE = {
    "SECRET_KEY": "k" * 50,
    "ALLOWED_HOSTS": "sparring.example",
    "DATABASE_URL": "postgres://web:secret@db/sparringsrummet",
    "ELASTICSEARCH_URL": "http://search:9200",
    "EMAIL_URL": "smtp://mail:25",
    "DEFAULT_FROM_EMAIL": "sparring@example.org",
    "BASE_URL": "https://sparring.example",
    "TRUSTED_PROXIES": "172.18.0.0/16",
}


def _check(environment: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "manage.py", "check", *arguments],
        cwd=ROOT,
        env={
            "PATH": os.environ["PATH"],
            **{name: os.environ[name] for name in os.environ if name.startswith("COVERAGE_")},
            "DJANGO_SETTINGS_MODULE": "kb.settings.production",
            **environment,
        },
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("name", COMPLETE)
def test_a_missing_value_is_named(name):
    done = _check({key: value for key, value in COMPLETE.items() if key != name})

    assert done.returncode != 0
    assert f"cannot start: set {name} in the environment" in done.stderr


def test_a_short_secret_key_is_refused():
    done = _check({**COMPLETE, "SECRET_KEY": "short"})

    assert "SECRET_KEY needs 50 characters" in done.stderr


@pytest.mark.parametrize(
    "value", ["proxy.example", "172.18.0.3/16", "0.0.0.0/0", "10.0.0.1;10.0.0.2"]
)
def test_proxies_that_are_no_addresses_or_everybody_are_refused(value):
    done = _check({**COMPLETE, "TRUSTED_PROXIES": value})

    assert done.returncode != 0
    assert f"cannot start: TRUSTED_PROXIES holds {value}" in done.stderr.replace("'", "")


def test_the_complete_configuration_passes_the_deployment_check():
    done = _check(
        {
            **COMPLETE,
            "DATABASE_OWNER_URL": "postgres://owner:secret@db/sparringsrummet",
            "SECRET_KEY": "k9#Lq2!vB7xT4mZ8pR1sW6yD3fG5hJ0aQwErTyUiOpAsDfGhJkLzXc",
        },
        "--deploy",
        "--fail-level",
        "WARNING",
    )

    assert done.returncode == 0, done.stderr


def test_production_knows_nothing_of_the_developers_tools():
    code = (
        "import sys, django; django.setup(); from django.conf import settings;"
        "from django.db import connection;"
        "print([name for name in sys.modules if name.startswith('devtools')],"
        " connection.settings_dict['ENGINE'], repr(settings.LOCAL_ELASTICSEARCH))"
    )
    environment = {"DJANGO_SETTINGS_MODULE": "kb.settings.production", **COMPLETE}

    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.stdout == "[] django.db.backends.postgresql ''\n", done.stderr


def test_one_role_for_everything_is_told():
    done = _check(COMPLETE, "--deploy")

    assert "One database role both migrates and serves the site." in done.stderr
