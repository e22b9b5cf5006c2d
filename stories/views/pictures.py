"""Pictures: added to a draft, and served to those who may read the story (SEC-25)."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from people.http import EmployeeRequest
from privacy.anonymity import check
from privacy.http import no_store
from stories.domain import pictures
from stories.enums import OPEN_STATES
from stories.forms.pictures import PictureForm, PictureWordsForm
from stories.models import StoryPage, StoryPicture, StoryRendition
from stories.pictures import LARGEST

from .author import editable
from .write import path_of


@no_store
def picture(request: HttpRequest, uid: UUID, size: str) -> HttpResponse:
    """One size of a picture, for those who may read its story now; kept by no cache."""
    rendition = get_object_or_404(
        StoryRendition.objects.select_related("picture").defer(None), picture__uid=uid, size=size
    )
    if not StoryPage.objects.seen_by(request.user).filter(pk=rendition.picture.story_id).exists():
        raise Http404
    return HttpResponse(bytes(rendition.content), content_type="image/jpeg")


@no_store
def pictures_of(request: EmployeeRequest, pk: int) -> HttpResponse:
    """The draft's pictures, and one more."""
    story = _open(request, pk)
    form = PictureForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid() and _added(request, story, form):
        return redirect("stories:pictures", pk=story.pk)
    return _draw(request, story, form)


def _open(request: EmployeeRequest, pk: int) -> StoryPage:
    story = editable(request, pk)
    if story.state not in OPEN_STATES:
        raise Http404
    return story


def _added(request: EmployeeRequest, story: StoryPage, form: PictureForm) -> bool:
    values = dict(form.cleaned_data)
    file = values.pop("file")
    try:
        if file.size > LARGEST:
            raise ValidationError({"file": _("The file is larger than 12 MB.")})
        pictures.add_picture(actor=request.user, story=story, data=file.read(), **values)
    except ValidationError as error:
        _show_errors(form, error)
        return False
    messages.success(request, _("The picture is in the draft. Nobody else sees it yet."))
    if check(file.name.rsplit(".", 1)[0].replace("_", " ").replace("-", " ")).findings:
        messages.warning(
            request,
            _("The file's name looked like a person or a place. It is thrown away: does the "
              "picture itself show who it is?"),
        )  # fmt: skip
    return True


def _show_errors(form: PictureWordsForm, error: ValidationError) -> None:
    for name, texts in error.message_dict.items():
        form.add_error(name if name in form.fields else None, texts)


@no_store
def change(request: EmployeeRequest, pk: int, uid: UUID) -> HttpResponse:
    """Other words or another focus, or out with it."""
    story = _open(request, pk)
    found = get_object_or_404(StoryPicture.objects.select_related("story"), story=story, uid=uid)
    if "remove" in request.POST:
        pictures.remove_picture(actor=request.user, picture=found)
        messages.success(request, _("The picture is gone."))
        return redirect("stories:pictures", pk=story.pk)
    initial = {"alt": found.alt, "caption": found.caption, "focus": found.focus}
    form = PictureWordsForm(request.POST or None, initial=initial)
    if form.is_valid():
        try:
            pictures.change_picture(actor=request.user, picture=found, **form.cleaned_data)
        except ValidationError as error:
            _show_errors(form, error)
        else:
            return redirect("stories:pictures", pk=story.pk)
    context = {"story": story, "picture": found, "form": form, "path": path_of(story, "billeder")}
    return render(request, "stories/picture.html", context, status=422 if form.errors else 200)


def _draw(request: EmployeeRequest, story: StoryPage, form: PictureForm) -> HttpResponse:
    shown = list(story.pictures.prefetch_related("renditions"))
    context: dict[str, Any] = {
        "story": story,
        "form": form,
        "pictures": shown,
        "is_full": len(shown) >= pictures.MOST,
        "path": path_of(story, "billeder"),
    }
    return render(request, "stories/pictures.html", context, status=422 if form.errors else 200)
