"""This app's lines of the access matrix: who opens the door; the queries say which rows."""

from __future__ import annotations

from people.roles import Right
from privacy.matrix import ANYONE, LOGIN, declare

POST = ("GET", "POST")

# The month's habit: one's own card.
declare("sparring:habit_put_away", roles=LOGIN, relation="own", actions=("POST",))

# What the check says of one's own words while one writes them.
declare("sparring:case_text_check", roles=LOGIN, relation="own", actions=("POST",))
declare("sparring:texts_to_look_at", roles=LOGIN, relation="own")
declare("sparring:text_stands", roles=LOGIN, relation="own", actions=("POST",))

# The numbers of the renewal rules: leaders read them, coordinators and administrators set them.
declare(
    "sparring:thresholds",
    roles=(*Right.SET_THRESHOLDS.roles, *Right.SEE_UNIT.roles),
    relation="municipality",
    actions=POST,
)

# How the municipality words its texts for the journal.
declare(
    "sparring:journal_templates",
    roles=Right.WORD_JOURNAL.roles,
    relation="municipality",
    actions=POST,
)

# Cases: one's own, and a partner's view of a case while the session's access lasts.
declare(
    "sparring:case_list",
    "sparring:case_detail",
    "sparring:case_sheet_pdf",
    roles=LOGIN,
    relation="own case",
)
declare(
    "sparring:belief_register",
    "sparring:belief_citizen",
    "sparring:belief_reaffirm",
    "sparring:belief_correct",
    "sparring:action_plan",
    "sparring:request",
    "sparring:sparring_withdraw",
    "sparring:sparring_guest",
    "sparring:quick_ask",
    "sparring:need_snooze",
    "sparring:need_end_snooze",
    "sparring:case_strengths",
    "sparring:case_sheet",
    "sparring:case_pause",
    "sparring:case_resume",
    "sparring:case_hand_over",
    "sparring:case_close",
    roles=Right.CASEWORK.roles,
    relation="own case",
    actions=POST,
)

# Handing cases over: a coordinator gives away the cases of anybody in the municipality. The talk is
# that of the two (`find_talk`); a third sees its time alone.
declare("sparring:handovers", roles=LOGIN, relation="own")
declare(
    "sparring:hand_over_caseload",
    roles=(*Right.CASEWORK.roles, *Right.PLAN.roles),
    relation="municipality",
    actions=POST,
)
declare("sparring:handover_meeting", roles=LOGIN, relation="participant")
declare(
    "sparring:handover_meeting_move",
    "sparring:handover_meeting_hold",
    "sparring:handover_meeting_call_off",
    "sparring:handover_note",
    roles=LOGIN,
    relation="participant",
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
declare("sparring:session", "sparring:session_state", roles=LOGIN, relation="participant")
declare(
    "sparring:session_close",
    "sparring:session_stop",
    "sparring:follow_up",
    roles=LOGIN,
    relation="participant",
    actions=POST,
)
declare(
    "sparring:session_question",
    "sparring:session_start",
    "sparring:session_step",
    "sparring:session_bid",
    "sparring:session_bid_again",
    "sparring:session_open",
    "sparring:session_lead",
    "sparring:session_idea",
    "sparring:session_mark",
    "sparring:session_swap",
    "sparring:session_choose",
    "sparring:session_pass",
    "sparring:session_ready",
    "sparring:session_notes",
    "sparring:session_end",
    "sparring:session_story",
    "sparring:session_used",
    "sparring:attach_theme",
    "sparring:attach_story_to",
    "sparring:right_colleague",
    roles=LOGIN,
    relation="participant",
    actions=("POST",),
)

declare("sparring:session_notes_earlier", roles=LOGIN, relation="participant", actions=POST)
declare("sparring:session_methods", roles=LOGIN, relation="participant", actions=POST)

# The text for the journal: `sparring/journal/domain/texts.py` asks who may have it; the check of
# what stands in the field reads nothing that is stored.
declare(
    "sparring:session_journal", "sparring:follow_up_journal", roles=LOGIN, relation="participant"
)
declare("sparring:belief_journal", roles=Right.CASEWORK.roles, relation="own case")
declare("sparring:journal_check", roles=LOGIN, actions=("POST",))

# Which of one's own sparrings a story is brought to.
declare("sparring:attach_story", roles=LOGIN, relation="own")

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

# Planning: one's own sessions and answers; the coordinator's plans of the own municipality.
declare("sparring:index", roles=LOGIN, relation="participant")
declare("sparring:answer", roles=LOGIN, relation="participant", actions=POST)
declare("sparring:decline_week", roles=Right.ARRANGE.roles, relation="own case", actions=("POST",))
declare("sparring:take_back_week", roles=LOGIN, relation="own", actions=("POST",))
declare("sparring:feed", roles=ANYONE, relation="own")  # the secret token is the key
declare("sparring:session_ics", roles=LOGIN, relation="participant")
declare(
    "sparring:session_partner",
    "sparring:session_time",
    "sparring:session_room",
    "sparring:session_cancel",
    roles=Right.ARRANGE.roles,
    relation="own case",
    actions=POST,
)
declare(
    "sparring:plan_again",
    roles=Right.PLAN.roles,
    relation="municipality",
    actions=("POST",),
)
declare("sparring:waiting", roles=Right.PLAN.roles, relation="municipality")
declare(
    "sparring:plans",
    "sparring:plan",
    "sparring:plan_publish",
    "sparring:plan_discard",
    "sparring:plan_find",
    "sparring:repair",
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
    "sparring:session_not_held", roles=Right.CASEWORK.roles, relation="own case", actions=("POST",)
)
declare(
    "sparring:rooms",
    "sparring:room",
    roles=Right.KEEP_ROOMS.roles,
    relation="municipality",
    actions=POST,
)
declare(
    "sparring:session_join",
    roles=Right.PLAN.roles,
    relation="municipality",
    actions=POST,
)
declare(
    "sparring:session_remove",
    roles=Right.PLAN.roles,
    relation="municipality",
    actions=("POST",),
)
