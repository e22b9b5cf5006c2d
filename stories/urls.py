from __future__ import annotations

from django.urls import path

from stories.views import (
    author,
    check,
    consent,
    consent_letters,
    corrections,
    maintenance,
    owner_actions,
    pictures,
    review,
    write,
)

app_name = "stories"
# A story's own page is Wagtail's; slugs.RESERVED keeps these words free of stories.
urlpatterns = [
    path("mine/", author.mine, name="mine"),
    path("ny/", author.StartStory.as_view(), name="new"),
    path("kladde/<int:pk>/", author.draft, name="draft"),
    path("kladde/<int:pk>/tjek/", check.check, name="check"),
    path("kladde/<int:pk>/samtykke/", consent.RegisterConsent.as_view(), name="consent"),
    path("kladde/<int:pk>/tjek-tekst/", check.check_text, name="check_text"),
    path("kladde/<int:pk>/tag-tilbage/", author.withdraw_from_review, name="withdraw_from_review"),
    path("kladde/<int:pk>/slet/", author.discard, name="discard"),
    path("kladde/<int:pk>/billeder/", pictures.AddPicture.as_view(), name="pictures"),
    path(
        "kladde/<int:pk>/billeder/<uuid:uid>/",
        pictures.ChangePicture.as_view(),
        name="picture_words",
    ),
    path("kladde/<int:pk>/brev/", consent_letters.letter, name="letter"),
    path("kladde/<int:pk>/indsigelse/", corrections.AppealRefusal.as_view(), name="appeal"),
    path("kladde/<int:pk>/<slug:step>/", write.step, name="step"),
    path("laesning/", review.queue, name="queue"),
    path("laesning/<int:pk>/", review.ReviewStory.as_view(), name="review"),
    path("<int:pk>/", owner_actions.by_number, name="by_number"),
    path("eftersyn/", maintenance.maintenance, name="maintenance"),
    path("laesning/<int:pk>/kig/", review.claim, name="claim"),
    path("billede/<uuid:uid>/<slug:size>.jpg", pictures.picture, name="picture"),
    path("<int:pk>/ret/", corrections.CorrectStory.as_view(), name="correct"),
    path("<int:pk>/ny-tekst/", owner_actions.revise, name="revise"),
    path("<int:pk>/traek-tilbage/", owner_actions.withdraw, name="withdraw"),
    path("<int:pk>/stadig-sand/", owner_actions.still_true, name="still_true"),
    path("<int:pk>/arkiver/", owner_actions.archive, name="archive"),
]
