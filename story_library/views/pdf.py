"""A story as PDF, for those who may read it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from privacy.http import no_store
from stories.models import StoryPage
from story_library.presentation.pdf import story_pdf


@no_store
def pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """The PDF file; 404 without permission to read the story."""
    stories = StoryPage.objects.published_for(request.user)
    story = get_object_or_404(stories.select_related("municipality", "method", "guidepost"), pk=pk)
    answer = HttpResponse(story_pdf(story), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="historie-{story.pk}.pdf"'
    return answer
