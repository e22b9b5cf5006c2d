"""This app's lines of the access matrix; which rows somebody sees is the views' `find`."""

from __future__ import annotations

from kb.models import Section
from privacy.matrix import ANYONE, LOGIN, declare

POST = ("GET", "POST")

declare("events:calendar", "events:rss", "events:atom", roles=ANYONE)
declare("events:series", roles=LOGIN, relation="visitor", section=Section.EVENTS)
declare("events:event_calendar", roles=ANYONE, relation="visitor")
declare("events:guest_form", roles=ANYONE, relation="visitor", actions=POST)
declare("events:own_feed", roles=LOGIN, relation="own", actions=POST)
# The secret in the address is the key.
declare("events:own_calendar", roles=ANYONE, relation="key")
# The signed token is the key.
declare("events:guest", "events:guest_evaluate", roles=ANYONE, relation="own", actions=POST)
declare("events:guest_calendar", roles=ANYONE, relation="own")
declare(
    "events:sign_up",
    "events:cancel",
    "events:evaluate",
    roles=LOGIN,
    relation="own",
    actions=POST,
)
declare("events:came", "events:comment", roles=LOGIN, relation="own", actions=("POST",))
declare("events:attendance", roles=LOGIN, relation="organiser", actions=POST)
declare("events:decide_comment", roles=LOGIN, relation="organiser", actions=("POST",))
