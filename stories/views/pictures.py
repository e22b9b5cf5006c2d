"""Pictures: added to a draft, and served to those who may read the story (SEC-25)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from people.domain_form_view import DomainFormView
from privacy.anonymity import check
from privacy.http import no_store
from stories.domain import pictures
from stories.enums import OPEN_STATES
from stories.forms.pictures import PictureForm, PictureWordsForm
from stories.models import StoryPage, StoryPicture, StoryRendition
from stories.pictures import LARGEST

from .author import editable
from .write import path_of

if TYPE_CHECKING:
    from people.http import EmployeeRequest


@no_store
def picture(request: HttpRequest, uid: UUID, size: str) -> HttpResponse:
    """One size of a picture, for those who may read its story now; kept by no cache."""
    rendition = get_object_or_404(
        StoryRendition.objects.select_related("picture").defer(None), picture__uid=uid, size=size
    )
    if not StoryPage.objects.seen_by(request.user).filter(pk=rendition.picture.story_id).exists():
        raise Http404
    return HttpResponse(bytes(rendition.content), content_type="image/jpeg")


class PicturesView(DomainFormView):
    """Base of the pages about the pictures of a draft that may still be changed."""

    story: StoryPage

    def prepare(self) -> HttpResponse | None:
        self.story = editable(self.request, self.kwargs["pk"])
        if self.story.state not in OPEN_STATES:
            raise Http404
        return None

    def get_success_url(self) -> str:
        return reverse("stories:pictures", args=[self.story.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = {"story": self.story, "path": path_of(self.story, "billeder")}
        return super().get_context_data(**context, **kwargs)


class AddPicture(PicturesView):
    """The draft's pictures, and one more."""

    form_class = PictureForm
    template_name = "stories/pictures.html"
    not_kept = "A story's words stay in the story, which is emptied when it is withdrawn."

    def act(self, form: PictureForm) -> object:
        values = dict(form.cleaned_data)
        file = values.pop("file")
        if file.size > LARGEST:
            raise ValidationError({"file": _("The file is larger than 12 MB.")})
        added = pictures.add_picture(
            actor=self.employee, story=self.story, data=file.read(), **values
        )
        _say_added(self.request, file.name)
        return added

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        shown = list(self.story.pictures.prefetch_related("renditions"))
        is_full = len(shown) >= pictures.MOST
        return super().get_context_data(pictures=shown, is_full=is_full, **kwargs)


class ChangePicture(PicturesView):
    """Other words or another focus, or out with it."""

    form_class = PictureWordsForm
    template_name = "stories/picture.html"
    not_kept = "A story's words stay in the story, which is emptied when it is withdrawn."
    picture: StoryPicture

    def prepare(self) -> HttpResponse | None:
        super().prepare()
        found = StoryPicture.objects.select_related("story").filter(story=self.story)
        self.picture = get_object_or_404(found, uid=self.kwargs["uid"])
        if "remove" not in self.request.POST:
            return None
        pictures.remove_picture(actor=self.employee, picture=self.picture)
        messages.success(self.request, _("The picture is gone."))
        return redirect(self.get_success_url())

    def get_initial(self) -> dict[str, Any]:
        picture = self.picture
        return {"alt": picture.alt, "caption": picture.caption, "focus": picture.focus}

    def act(self, form: PictureWordsForm) -> object:
        return pictures.change_picture(
            actor=self.employee, picture=self.picture, **form.cleaned_data
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(picture=self.picture, **kwargs)


def _say_added(request: EmployeeRequest, name: str) -> None:
    messages.success(request, _("The picture is in the draft. Nobody else sees it yet."))
    if check(name.rsplit(".", 1)[0].replace("_", " ").replace("-", " ")).findings:
        messages.warning(
            request,
            _("The file's name looked like a person or a place. It is thrown away: does the "
              "picture itself show who it is?"),
        )  # fmt: skip
