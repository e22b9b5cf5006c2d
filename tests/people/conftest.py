from __future__ import annotations

import pytest

from .calendar_server import write_certificate


@pytest.fixture(scope="package")
def certificate(tmp_path_factory):
    return write_certificate(tmp_path_factory.mktemp("tls"))
