"""The size of a picture, read from its first bytes before it is decoded (SEC-30)."""

from __future__ import annotations

import warnings
from typing import IO

from django.utils.translation import gettext as _
from PIL import Image, UnidentifiedImageError

MEGAPIXELS = 24
MOST_POINTS = MEGAPIXELS * 1_000_000


def mark_first(title: str) -> str:
    """Says what to do with a picture that would be cut anywhere."""
    sentence = _("Mark in the picture “%(title)s” what must not be cut away, then choose it.")
    return sentence % {"title": title}


class NotAPicture(ValueError):
    """The file is not of an allowed kind, too small or broken."""


class TooManyPoints(NotAPicture):
    """Unpacked it would fill the memory, however small the file is."""


def measure(file: IO[bytes], formats: tuple[str, ...]) -> tuple[int, int]:
    """Width and height. Raises NotAPicture, TooManyPoints."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            # Opened and not loaded; left open, since the file is the caller's.
            width, height = Image.open(file, formats=formats).size
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
        raise TooManyPoints from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        raise NotAPicture from error
    finally:
        file.seek(0)
    if width * height > MOST_POINTS:
        raise TooManyPoints
    return width, height
