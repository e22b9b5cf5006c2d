"""Who may open which address of this app. Which stories a user sees: models/queryset.py."""

from __future__ import annotations

from people.roles import Right
from privacy.matrix import ANYONE, declare

POST = ("GET", "POST")
# Employees with citizens, and editors, may write stories; others see only published ones.
WRITERS = Right.WRITE_STORIES.roles
declare("stories:by_number", roles=ANYONE, relation="visitor")
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
declare("stories:queue", roles=Right.REVIEW_STORIES.roles, relation="reviewer")
declare("stories:claim", roles=Right.REVIEW_STORIES.roles, relation="reviewer", actions=("POST",))
declare("stories:picture", roles=ANYONE, relation="visitor")
# Wagtail's report counts pages by their kind, so drafts of stories too.
declare(
    "wagtailadmin_reports:page_types_usage",
    "wagtailadmin_reports:page_types_usage_results",
    roles=(),
)
# Anyone with the letter; the view limits attempts and reveals nothing.
declare("letters:withdraw_story", roles=ANYONE, actions=POST)
declare("stories:review", roles=Right.REVIEW_STORIES.roles, relation="reviewer", actions=POST)
