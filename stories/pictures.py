"""Pictures encoded anew: nothing of the file is kept but what one sees. Pure (Pillow).

No EXIF, no place, no name, no colour profile. The kind is told by the content; a picture that
claims more points than allowed is refused before it is unpacked.
"""

from __future__ import annotations

import io
from typing import NamedTuple

from PIL import Image, ImageOps, UnidentifiedImageError

from stories.enums import Focus, Size

LARGEST = 12 * 1024 * 1024
MOST_POINTS = 40_000_000
FORMATS = ("JPEG", "PNG", "WEBP")
MASTER_WIDTH = 1920
QUALITY = 82
WIDTHS = {Size.SMALL: 400, Size.MEDIUM: 800, Size.LARGE: 1200}
SHAPE = (16, 9)
NARROWEST = 200
# Where the middle of what matters is, as shares of width and height.
CENTRES = {
    Focus.TOP_LEFT: (0.17, 0.17),
    Focus.TOP: (0.5, 0.17),
    Focus.TOP_RIGHT: (0.83, 0.17),
    Focus.LEFT: (0.17, 0.5),
    Focus.CENTRE: (0.5, 0.5),
    Focus.RIGHT: (0.83, 0.5),
    Focus.BOTTOM_LEFT: (0.17, 0.83),
    Focus.BOTTOM: (0.5, 0.83),
    Focus.BOTTOM_RIGHT: (0.83, 0.83),
}


class NotAPicture(ValueError):
    """The file is no JPEG, PNG or WebP, or is too large, too small or broken."""


class Rendered(NamedTuple):
    """One size, ready to be served as image/jpeg."""

    size: Size
    width: int
    height: int
    content: bytes


def encode(data: bytes) -> bytes:
    """The picture as a JPEG of at most 1920 points' width. Raises NotAPicture."""
    if len(data) > LARGEST:
        raise NotAPicture
    try:
        with Image.open(io.BytesIO(data), formats=FORMATS) as picture:
            if picture.width * picture.height > MOST_POINTS or min(picture.size) < NARROWEST:
                raise NotAPicture
            picture.draft("RGB", (MASTER_WIDTH * 2, MASTER_WIDTH * 2))
            upright = ImageOps.exif_transpose(picture)
            flat = _on_white(upright)
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        raise NotAPicture from error
    flat.thumbnail((MASTER_WIDTH, MASTER_WIDTH * 2), Image.Resampling.LANCZOS)
    return _jpeg(flat)


def _on_white(picture: Image.Image) -> Image.Image:
    """The points alone, in a new picture: what is transparent becomes white."""
    solid = picture.convert("RGBA")
    flat = Image.new("RGB", solid.size, "white")
    flat.paste(solid, mask=solid.getchannel("A"))
    return flat


def _jpeg(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=QUALITY, optimize=True, progressive=True)
    return out.getvalue()


def render(master: bytes, focus: str) -> list[Rendered]:
    """Every size, cut to one shape so that what matters stays in it."""
    with Image.open(io.BytesIO(master), formats=("JPEG",)) as picture:
        picture.load()
        cut = picture.crop(_box(picture.size, CENTRES[Focus(focus)]))
    sizes = []
    for size, width in WIDTHS.items():
        height = round(width * SHAPE[1] / SHAPE[0])
        one = cut.resize((width, height), Image.Resampling.LANCZOS)
        sizes.append(Rendered(size, width, height, _jpeg(one)))
    return sizes


def _box(size: tuple[int, int], centre: tuple[float, float]) -> tuple[int, int, int, int]:
    """The largest 16:9 part of the picture whose middle is as near to `centre` as it can be."""
    width = min(size[0], size[1] * SHAPE[0] // SHAPE[1])
    height = min(size[1], width * SHAPE[1] // SHAPE[0])
    left = min(max(0, round(size[0] * centre[0] - width / 2)), size[0] - width)
    top = min(max(0, round(size[1] * centre[1] - height / 2)), size[1] - height)
    return left, top, left + width, top + height
