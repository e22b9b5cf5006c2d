"""Encodes pictures again, so that only the visible image is kept. No database (Pillow).

No EXIF, no place, no name, no colour profile. The kind is read from the content. A picture of more
points than allowed is refused before it is unpacked, and one that is taken is made small first.
"""

from __future__ import annotations

import io
from typing import NamedTuple

from PIL import Image, ImageOps, UnidentifiedImageError

from kb.pictures import NotAPicture, measure
from stories.enums import Focus, RenditionSize

LARGEST = 12 * 1024 * 1024
FORMATS = ("JPEG", "PNG", "WEBP")
MASTER_WIDTH = 1920
QUALITY = 82
WIDTHS = {RenditionSize.SMALL: 400, RenditionSize.MEDIUM: 800, RenditionSize.LARGE: 1200}
SHAPE = (16, 9)
NARROWEST = 200
ORIENTATION = 0x0112  # of EXIF; these values lie on their side
LYING = (5, 6, 7, 8)
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


class Rendered(NamedTuple):
    """One size, ready to be served as image/jpeg."""

    size: RenditionSize
    width: int
    height: int
    content: bytes


def encode(data: bytes) -> bytes:
    """The picture as a JPEG of at most 1920 points' width. Raises NotAPicture, TooManyPoints."""
    if len(data) > LARGEST or min(measure(io.BytesIO(data), FORMATS)) < NARROWEST:
        raise NotAPicture
    try:
        with Image.open(io.BytesIO(data), formats=FORMATS) as picture:
            return _jpeg(_on_white(ImageOps.exif_transpose(_small(picture))))
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        raise NotAPicture from error


def _small(picture: Image.Image) -> Image.Image:
    """Reduce to the largest stored size. Done first, since every later step copies."""
    picture.draft("RGB", (MASTER_WIDTH * 2, MASTER_WIDTH * 2))
    lies = picture.getexif().get(ORIENTATION, 1) in LYING
    if picture.mode not in ("L", "RGB", "RGBA"):
        picture = picture.convert("RGBA")
    size = (MASTER_WIDTH, MASTER_WIDTH * 2)
    picture.thumbnail(size[::-1] if lies else size, Image.Resampling.LANCZOS)
    return picture


def _on_white(picture: Image.Image) -> Image.Image:
    """The pixels in a new image; transparency becomes white."""
    solid = picture.convert("RGBA")
    flat = Image.new("RGB", solid.size, "white")
    flat.paste(solid, mask=solid.getchannel("A"))
    return flat


def _jpeg(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=QUALITY, optimize=True, progressive=True)
    return out.getvalue()


def render(master: bytes, focus: str) -> list[Rendered]:
    """Every size, cropped to one shape around the focus."""
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
