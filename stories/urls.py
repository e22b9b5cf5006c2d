from __future__ import annotations

from django.urls import path

from .views import (
    after,
    aftercare,
    author,
    check,
    consent,
    feeds,
    following,
    index,
    read,
    reading_list,
    respond,
    wishes,
    write,
)

app_name = "stories"
# A story's own page is Wagtail's; slugs.RESERVED keeps these words free of stories.
urlpatterns = [
    path("", index.index, name="index"),
    path("mine/", author.mine, name="mine"),
    path("ny/", author.new, name="new"),
    path("kladde/<int:pk>/", author.draft, name="draft"),
    path("kladde/<int:pk>/tjek/", check.check, name="check"),
    path("kladde/<int:pk>/samtykke/", consent.consent, name="consent"),
    path("kladde/<int:pk>/tjek-tekst/", check.check_text, name="check_text"),
    path("kladde/<int:pk>/tag-tilbage/", author.take_back, name="take_back"),
    path("kladde/<int:pk>/slet/", author.discard, name="discard"),
    path("kladde/<int:pk>/<slug:step>/", write.step, name="step"),
    path("laesning/", read.queue, name="queue"),
    path("laesning/<int:pk>/", read.read, name="read"),
    path("foelger/", following.following, name="following"),
    path("foelger/adresse/", following.feed_key, name="feed_key"),
    path("rss/", feeds.open_feed, name="open_feed"),
    path("rss/<slug:kind>/<str:which>/", feeds.open_feed, name="open_feed_of"),
    path("rss-egen/<str:key>/", feeds.own_feed, name="own_feed"),
    path("rss-egen/<str:key>/<slug:kind>/", feeds.own_feed, name="own_feed_followed"),
    path("rss-egen/<str:key>/<slug:kind>/<str:which>/", feeds.own_feed, name="own_feed_of"),
    path("<int:pk>/", after.by_number, name="by_number"),
    path("laeseliste/", reading_list.reading_list, name="reading_list"),
    path("oensker/", wishes.index, name="wishes"),
    path("oensker/nyt/", wishes.wish, name="wish"),
    path("oensker/<int:pk>/", wishes.answer, name="answer_wish"),
    path("eftersyn/", aftercare.aftercare, name="aftercare"),
    path("eftersyn/svar/<int:pk>/", respond.read_response, name="read_response"),
    path("emne/<str:slug>/foelg/", reading_list.follow_tag, name="follow_tag"),
    path("<int:pk>/gem/", reading_list.keep, name="keep"),
    path("<int:pk>/svar/", respond.respond, name="respond"),
    path("<int:pk>/svar/<slug:word>/", respond.write_response, name="write_response"),
    path("<int:pk>/ny-tekst/", after.revise, name="revise"),
    path("<int:pk>/traek-tilbage/", after.withdraw, name="withdraw"),
    path("<int:pk>/stadig-sand/", after.still_true, name="still_true"),
    path("<int:pk>/arkiver/", after.archive, name="archive"),
]
