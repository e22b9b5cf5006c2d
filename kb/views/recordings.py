"""`/dokumenter/<id>/<name>`: Wagtail's answer; of a recording the part that a player asks for."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING

from django.http import FileResponse
from wagtail.documents.views.serve import serve

from kb.admin.documents import RECORDINGS
from privacy.ranges import send_part

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponseBase


def serve_document(
    request: HttpRequest, document_id: int, document_filename: str
) -> HttpResponseBase:
    """Wagtail asks whether the file may be opened; only then is a part of it sent."""
    answer: HttpResponseBase = serve(request, document_id, document_filename)
    suffix = PurePath(document_filename).suffix.lower().removeprefix(".")
    if suffix not in RECORDINGS or not isinstance(answer, FileResponse):
        return answer
    answer.headers["Accept-Ranges"] = "bytes"
    # A changed file is sent whole, which is always right.
    asked = request.headers.get("Range", "") if "If-Range" not in request.headers else ""
    if asked and answer.status_code == 200 and answer.file_to_stream is not None:
        send_part(answer, answer.file_to_stream, asked)
    return answer
