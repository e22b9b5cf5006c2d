from __future__ import annotations

import pytest

from stories import crowd as pure
from stories.crowd import CaseCodes, register_caseload


@pytest.fixture
def caseload():
    """A list that a test fills; what was registered comes back afterwards."""
    before = list(pure._providers)
    cases: list[CaseCodes] = []
    register_caseload(lambda _municipality: cases)
    yield cases
    pure._providers[:] = before
