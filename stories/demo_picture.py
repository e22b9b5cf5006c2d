"""The demo's picture, drawn here: seedlings in a greenhouse, without people."""

from __future__ import annotations

import io

from PIL import Image, ImageDraw

ALT = "Små grønne planter i potter på et bord i et væksthus. Der er ingen mennesker på billedet."
CAPTION = "Tegning: de første potter, som blev plantet om."
SIZE = (1600, 900)
SKY, GLASS, TABLE, LEG = "#dcebe6", "#b9d3cb", "#8a6a4c", "#6d5238"
CLAY, RIM, STEM = "#b5653f", "#9c5433", "#4d7a3c"
LEAVES = ("#5f9a4a", "#76ad56", "#4f8a45")
POTS = 9


def greenhouse() -> bytes:
    """The drawing as a PNG."""
    picture = Image.new("RGB", SIZE, SKY)
    draw = ImageDraw.Draw(picture)
    _glass(draw)
    draw.rectangle((0, 640, SIZE[0], 690), fill=TABLE)
    for left in (120, 780, 1440):
        draw.rectangle((left, 690, left + 40, 900), fill=LEG)
    for number in range(POTS):
        _pot(draw, 90 + number * 170, number)
    file = io.BytesIO()
    picture.save(file, "PNG", optimize=True)
    return file.getvalue()


def _glass(draw: ImageDraw.ImageDraw) -> None:
    """The bars of the windows and the roof."""
    for left in range(0, SIZE[0] + 1, 200):
        draw.line((left, 180, left, 640), fill=GLASS, width=8)
        draw.line((left, 180, SIZE[0] // 2, -220), fill=GLASS, width=8)
    for top in (180, 410):
        draw.line((0, top, SIZE[0], top), fill=GLASS, width=8)


def _pot(draw: ImageDraw.ImageDraw, middle: int, number: int) -> None:
    """One pot with a plant; they grow towards the left, where the picture's focus is."""
    top = 545
    draw.polygon(
        [(middle - 48, top), (middle + 48, top), (middle + 34, 640), (middle - 34, 640)], fill=CLAY
    )
    draw.rectangle((middle - 56, top - 18, middle + 56, top + 6), fill=RIM)
    height = 190 - 15 * number
    draw.line((middle, top - 18, middle, top - height), fill=STEM, width=9)
    for pair in range(1, 4):
        level = top - 10 - height * pair // 4
        reach = 62 - 9 * pair
        colour = LEAVES[(number + pair) % len(LEAVES)]
        draw.ellipse((middle - reach - 18, level - 26, middle - 2, level + 12), fill=colour)
        draw.ellipse((middle + 2, level - 26, middle + reach + 18, level + 12), fill=colour)
    draw.ellipse((middle - 22, top - height - 34, middle + 22, top - height + 14), fill=LEAVES[0])
