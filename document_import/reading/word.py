"""docx: made into html by mammoth, which knows Word's styles, and read as that."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

import mammoth
from lxml import html

from privacy.child import Refused

from .hypertext import read_tree

if TYPE_CHECKING:
    from ..paragraphs import Paragraph

# A Danish Word names its styles in Danish; a quotation has a style, where its writer uses them.
STYLES = """
p[style-name='Title'] => h1:fresh
p[style-name='Titel'] => h1:fresh
p[style-name='Subtitle'] => p:fresh
p[style-name='Quote'] => blockquote > p:fresh
p[style-name='Intense Quote'] => blockquote > p:fresh
p[style-name='Citat'] => blockquote > p:fresh
p[style-name='Stærkt citat'] => blockquote > p:fresh
p[style-name='Overskrift 1'] => h1:fresh
p[style-name='Overskrift 2'] => h2:fresh
p[style-name='Overskrift 3'] => h3:fresh
"""


def read_docx(data: bytes) -> list[Paragraph]:
    """The text with its notes; pictures are left behind. Raises Refused."""
    try:
        written = mammoth.convert_to_html(
            io.BytesIO(data),
            style_map=STYLES,
            convert_image=mammoth.images.img_element(_no_picture),
            external_file_access=False,
        ).value
    except (KeyError, ValueError, zipfile.BadZipFile) as error:
        raise Refused("broken") from error
    return read_tree(html.fragment_fromstring(written, create_parent="body"))


def _no_picture(image: object) -> dict[str, str]:
    return {"src": ""}
