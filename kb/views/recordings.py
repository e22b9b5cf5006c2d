"""`/dokumenter/<id>/<name>`: Wagtail's answer; of a recording the part that a player asks for."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING

from django.shortcuts import get_object_or_404
from wagtail.documents.models import Document
from wagtail.documents.views.serve import serve

from kb.admin.documents import RECORDINGS
from privacy.ranges import part_of_file

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponseBase


def serve_document(
    request: HttpRequest, document_id: int, document_filename: str
) -> HttpResponseBase:
    """Wagtail asks whether the file may be opened; only then is a part of it sent."""
    whole: HttpResponseBase = serve(request, document_id, document_filename)
    suffix = PurePath(document_filename).suffix.lower().removeprefix(".")
    if whole.status_code != 200 or suffix not in RECORDINGS:
        return whole
    whole.headers["Accept-Ranges"] = "bytes"
    header = request.headers.get("Range", "")
    if not header or "If-Range" in request.headers:  # the whole is always right
        return whole
    document = get_object_or_404(Document, pk=document_id)
    part = part_of_file(document.file.open("rb"), document.file.size, header)
    if part is None:
        return whole
    whole.close()
    for name in ("Content-Type", "Content-Disposition", "ETag", "Last-Modified",
                 "Content-Security-Policy", "Accept-Ranges"):  # fmt: skip
        if name in whole.headers:
            part.headers[name] = whole.headers[name]
    return part
