"""This app's lines of the access matrix. The articles' own pages are Wagtail's."""

from __future__ import annotations

from people.roles import Right
from privacy.matrix import ANYONE, LOGIN, declare

POST = ("GET", "POST")
declare("articles:rss", "articles:atom", roles=ANYONE)
# Where the theme is open; how often is limited (articles/views/talks.py).
declare("articles:ask_for_talk", roles=ANYONE, relation="visitor", actions=POST)
declare("articles:talks", "articles:talk_calendar", roles=LOGIN, relation="author")
declare("articles:talk", roles=LOGIN, relation="author", actions=POST)
declare("articles:send_observation", "articles:dilemma", roles=LOGIN, actions=POST)
declare("articles:observations", roles=Right.EDIT_PAGES.roles)
declare("articles:judge_observation", roles=Right.EDIT_PAGES.roles, actions=("POST",))
