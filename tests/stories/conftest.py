from __future__ import annotations

import pytest

from stories.anonymity import anonymity_set as pure
from stories.anonymity.anonymity_set import CaseCodes, register_caseload


@pytest.fixture
def caseload():
    """A list that a test fills; what was registered comes back afterwards."""
    before = list(pure._providers)
    cases: list[CaseCodes] = []
    register_caseload(lambda _municipality: cases)
    yield cases
    pure._providers[:] = before
