"""Who may open which address of the library; `stories:` is one namespace of both apps."""

from __future__ import annotations

from people.roles import Right
from privacy.matrix import ANYONE, LOGIN, declare

POST = ("GET", "POST")
declare("stories:index", "stories:pdf", roles=ANYONE, relation="visitor")
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
declare("stories:respond", "stories:keep", roles=LOGIN, relation="visitor", actions=("POST",))
declare("stories:follow_tag", roles=LOGIN, relation="own", actions=("POST",))
declare("stories:write_response", roles=LOGIN, relation="visitor", actions=POST)
declare("stories:reading_list", roles=LOGIN, relation="own")
declare("stories:story_requests", roles=LOGIN)
declare("stories:request_story", "stories:answer_story_request", roles=LOGIN, actions=POST)
declare("stories:read_response", roles=Right.REVIEW_STORIES.roles, actions=("POST",))
