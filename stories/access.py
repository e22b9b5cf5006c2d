"""Who may open which address of this app. Which stories a user sees: models/queryset.py."""

from __future__ import annotations

from people.roles import Right
from privacy.matrix import ANYONE, LOGIN, declare

POST = ("GET", "POST")
# Employees with citizens, and editors, may write stories; others see only published ones.
WRITERS = Right.WRITE_STORIES.roles
declare("stories:index", "stories:by_number", "stories:pdf", roles=ANYONE, relation="reader")
# Feed programs cannot log in: public feeds are open, personal ones have a secret key.
declare("stories:open_feed", "stories:open_feed_of", roles=ANYONE, relation="open")
declare(
    "stories:own_feed",
    "stories:own_feed_followed",
    "stories:own_feed_of",
    roles=ANYONE,
    relation="key",
)
declare("stories:following", roles=LOGIN, relation="own")
declare("stories:feed_address", roles=LOGIN, relation="own", actions=("POST",))
declare("stories:respond", "stories:keep", roles=LOGIN, relation="reader", actions=("POST",))
declare("stories:follow_tag", roles=LOGIN, relation="own", actions=("POST",))
declare("stories:write_response", roles=LOGIN, relation="reader", actions=POST)
declare("stories:reading_list", roles=LOGIN, relation="own")
declare("stories:story_requests", roles=LOGIN)
declare("stories:request_story", "stories:answer_story_request", roles=LOGIN, actions=POST)
declare("stories:new", roles=WRITERS, actions=POST)
declare("stories:mine", roles=WRITERS, relation="author")
declare(
    "stories:draft",
    "stories:step",
    "stories:check",
    "stories:consent",
    "stories:discard",
    "stories:withdraw",
    "stories:pictures",
    "stories:picture_words",
    "stories:appeal",
    "stories:correct",
    roles=WRITERS,
    relation="author",
    actions=POST,
)
declare(
    "stories:check_text",
    "stories:withdraw_from_review",
    "stories:revise",
    "stories:still_true",
    "stories:archive",
    "stories:letter",
    roles=WRITERS,
    relation="author",
    actions=("POST",),
)
declare("stories:maintenance", roles=Right.REVIEW_STORIES.roles)
declare("stories:read_response", roles=Right.REVIEW_STORIES.roles, actions=("POST",))
declare("stories:queue", roles=Right.REVIEW_STORIES.roles, relation="reader")
declare("stories:claim", roles=Right.REVIEW_STORIES.roles, relation="reader", actions=("POST",))
declare("stories:picture", roles=ANYONE, relation="reader")
# Wagtail's report counts pages by their kind, so drafts of stories too.
declare(
    "wagtailadmin_reports:page_types_usage",
    "wagtailadmin_reports:page_types_usage_results",
    roles=(),
)
# Anyone with the letter; the view limits attempts and reveals nothing.
declare("letters:withdraw_story", roles=ANYONE, actions=POST)
declare("stories:review", roles=Right.REVIEW_STORIES.roles, relation="reader", actions=POST)
