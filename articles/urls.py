from __future__ import annotations

from django.urls import path

from articles.views import dilemmas, feeds, observations, talks

app_name = "articles"
# The articles' own pages are Wagtail's; these words stand before their slugs.
urlpatterns = [
    path("artikler/rss/", feeds.ArticleFeed(), name="rss"),
    path("artikler/rss/<slug:kind>/", feeds.ArticleFeed(), name="rss"),
    path("artikler/atom/", feeds.AtomFeed(), name="atom"),
    path("artikler/atom/<slug:kind>/", feeds.AtomFeed(), name="atom"),
    path("temaer/<slug:slug>/oplaeg/", talks.AskForTalk.as_view(), name="ask_for_talk"),
    path("oplaeg/", talks.index, name="talks"),
    path("oplaeg/<int:pk>/", talks.AnswerTalk.as_view(), name="talk"),
    path("oplaeg/<int:pk>/oplaeg.ics", talks.calendar, name="talk_calendar"),
    path(
        "temaer/<slug:slug>/observation/",
        observations.SendObservation.as_view(),
        name="send_observation",
    ),
    path("observationer/", observations.index, name="observations"),
    path("observationer/<int:pk>/", observations.judge, name="judge_observation"),
    path(
        "temaer/<slug:slug>/dilemma/<uuid:key>/",
        dilemmas.AnswerDilemma.as_view(),
        name="dilemma",
    ),
]
