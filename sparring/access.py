"""This app's lines of the access matrix: who opens the door; the queries say which rows."""

from __future__ import annotations

from people.roles import Right
from privacy.matrix import ANYONE, LOGIN, declare

POST = ("GET", "POST")

# Cases: one's own, and a partner's view of a case while the talk's access lasts.
declare("sparring:case_list", "sparring:case_detail", roles=LOGIN, relation="own case")
declare(
    "sparring:belief_register",
    "sparring:belief_citizen",
    "sparring:belief_reaffirm",
    "sparring:belief_correct",
    "sparring:action_plan",
    "sparring:sparring_wish",
    "sparring:sparring_withdraw",
    "sparring:sparring_guest",
    "sparring:quick_ask",
    "sparring:need_snooze",
    "sparring:need_end_snooze",
    "sparring:case_strengths",
    "sparring:case_pause",
    "sparring:case_resume",
    "sparring:case_hand_over",
    "sparring:case_close",
    roles=Right.CASEWORK.roles,
    relation="own case",
    actions=POST,
)
declare(
    "sparring:action_start",
    "sparring:action_end",
    "sparring:action_agreement_done",
    "sparring:action_success",
    "sparring:action_beside",
    roles=LOGIN,
    relation="own case",
    actions=POST,
)
declare(
    "sparring:import_caseload",
    "sparring:import_confirm",
    roles=Right.PLAN.roles,
    relation="municipality",
    actions=POST,
)

# The session: those who are in it; `find` in sparring/sessions/views/sessions.py answers 404 to
# everybody else.
declare("sparring:talk", "sparring:talk_state", roles=LOGIN, relation="participant")
declare(
    "sparring:talk_close",
    "sparring:talk_stop",
    "sparring:follow_up",
    roles=LOGIN,
    relation="participant",
    actions=POST,
)
declare(
    "sparring:talk_question",
    "sparring:talk_start",
    "sparring:talk_step",
    "sparring:talk_bid",
    "sparring:talk_open",
    "sparring:talk_lead",
    "sparring:talk_idea",
    "sparring:talk_mark",
    "sparring:talk_swap",
    "sparring:talk_notes",
    "sparring:talk_end",
    "sparring:talk_story",
    "sparring:talk_used",
    "sparring:bring_theme",
    "sparring:lay_story",
    "sparring:talk_words",
    roles=LOGIN,
    relation="participant",
    actions=("POST",),
)

# Which of one's own sparrings a story is brought to.
declare("sparring:bring_story", roles=LOGIN, relation="own")

# What one is asked for: themes at heart, quiet exceptions; nobody else's are ever read.
declare("sparring:own", roles=LOGIN, relation="own", actions=POST)
declare("sparring:away", roles=LOGIN, relation="own", actions=POST)
declare("sparring:own_withdraw", roles=LOGIN, relation="own", actions=("POST",))

# Ten minutes: whoever asked and who is asked; `views/quick.py` answers 404 to everybody else.
declare("sparring:quick", "sparring:quick_waiting", roles=LOGIN, relation="asked")
declare(
    "sparring:quick_answer",
    "sparring:quick_withdraw",
    roles=LOGIN,
    relation="asked",
    actions=("POST",),
)

# Planning: one's own talks and answers; the coordinator's plans of the own municipality.
declare("sparring:index", roles=LOGIN, relation="participant")
declare("sparring:answer", roles=LOGIN, relation="participant", actions=POST)
declare("sparring:feed", roles=ANYONE, relation="own")  # the secret token is the key
declare("sparring:talk_ics", roles=LOGIN, relation="participant")
declare(
    "sparring:talk_partner",
    "sparring:talk_time",
    "sparring:talk_room",
    "sparring:talk_cancel",
    roles=Right.ARRANGE.roles,
    relation="own case",
    actions=POST,
)
declare("sparring:waiting", roles=Right.PLAN.roles, relation="municipality")
declare(
    "sparring:plans",
    "sparring:plan",
    "sparring:plan_publish",
    "sparring:plan_discard",
    "sparring:plan_find",
    "sparring:mend",
    roles=Right.PLAN.roles,
    relation="municipality",
    actions=POST,
)
# Agreements on guests: a leader or a coordinator speaks for the municipality (decision 0012).
declare(
    "sparring:guests",
    "sparring:guest_end",
    roles=Right.AGREE_ON_GUESTS.roles,
    relation="municipality",
    actions=POST,
)
declare(
    "sparring:guest_accept",
    roles=Right.AGREE_ON_GUESTS.roles,
    relation="municipality",
    actions=("POST",),
)
declare(
    "sparring:talk_not_held", roles=Right.CASEWORK.roles, relation="own case", actions=("POST",)
)
declare(
    "sparring:rooms",
    "sparring:room",
    roles=Right.KEEP_ROOMS.roles,
    relation="municipality",
    actions=POST,
)
declare(
    "sparring:talk_join",
    roles=Right.PLAN.roles,
    relation="municipality",
    actions=POST,
)
declare(
    "sparring:talk_remove",
    roles=Right.PLAN.roles,
    relation="municipality",
    actions=("POST",),
)
