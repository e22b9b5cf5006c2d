"""Who may open which address of this room."""

from __future__ import annotations

from kb.models import Section
from people.roles import Right
from privacy.matrix import ANYONE, LOGIN, declare

POST = ("GET", "POST")
declare("methods:method", "methods:card", "methods:root", roles=LOGIN, section=Section.METHODS)
declare("methods:rss", "methods:atom", roles=ANYONE)
declare("methods:register_trial", roles=LOGIN, relation="own", actions=POST)
declare("methods:withdraw_trial", roles=LOGIN, relation="own", actions=("POST",))
declare("methods:trials", roles=Right.MODERATE_TRIALS.roles)
declare("methods:decide", roles=Right.MODERATE_TRIALS.roles, actions=("POST",))
declare("programmes:programme", "programmes:module", roles=LOGIN)
declare("learning:mine", roles=LOGIN, relation="own")
declare("learning:ethics", "learning:register_own", roles=LOGIN, relation="own", actions=POST)
declare("learning:certificate_pdf", "learning:badge", roles=LOGIN, relation="own")
# One's own, and for the coordinator those of the municipality: the view says which.
declare("learning:copy", roles=LOGIN, relation="own")
RECORDERS = Right.RECORD_LEARNING.roles
declare("learning:certificates", roles=RECORDERS, relation="municipality")
declare(
    "learning:record",
    "learning:register_external",
    "learning:revoke",
    roles=RECORDERS,
    relation="municipality",
    actions=POST,
)
declare("learning:confirm", roles=RECORDERS, relation="municipality", actions=("POST",))
declare("learning:coverage", roles=Right.SEE_UNIT.roles, relation="unit")
# Whoever has the random number may ask; the answer names nobody. Keys are public by nature.
declare("verify_certificate", roles=ANYONE, relation="key")
declare("badge_keys", "badge_issuer", roles=ANYONE)
