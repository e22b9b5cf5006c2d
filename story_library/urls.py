"""Every address below `/historier/`: the library's own, and those of the stories below it.

They are one namespace, `stories:`: nobody who links to a story should have to know of two apps.
"""

from __future__ import annotations

from django.urls import path

import stories.urls
from story_library.views import (
    feeds,
    following,
    index,
    pdf,
    reading_list,
    respond,
    story_requests,
)

app_name = "stories"
urlpatterns = [
    path("", index.index, name="index"),
    path("foelger/", following.following, name="following"),
    path("foelger/adresse/", following.feed_address, name="feed_address"),
    path("rss/", feeds.open_feed, name="open_feed"),
    path("rss/<slug:kind>/<str:which>/", feeds.open_feed, name="open_feed_of"),
    path("rss-egen/<str:token>/", feeds.own_feed, name="own_feed"),
    path("rss-egen/<str:token>/<slug:kind>/", feeds.own_feed, name="own_feed_followed"),
    path("rss-egen/<str:token>/<slug:kind>/<str:which>/", feeds.own_feed, name="own_feed_of"),
    path("laeseliste/", reading_list.reading_list, name="reading_list"),
    path("oensker/", story_requests.index, name="story_requests"),
    path("oensker/nyt/", story_requests.RequestStory.as_view(), name="request_story"),
    path(
        "oensker/<int:pk>/",
        story_requests.AnswerStoryRequest.as_view(),
        name="answer_story_request",
    ),
    path("eftersyn/svar/<int:pk>/", respond.moderate_response, name="read_response"),
    path("emne/<str:slug>/foelg/", reading_list.follow_tag, name="follow_tag"),
    path("<int:pk>/pdf/", pdf.pdf, name="pdf"),
    path("<int:pk>/gem/", reading_list.keep, name="keep"),
    path("<int:pk>/svar/", respond.respond, name="respond"),
    path("<int:pk>/svar/<slug:word>/", respond.WriteResponse.as_view(), name="write_response"),
    *stories.urls.urlpatterns,
]
