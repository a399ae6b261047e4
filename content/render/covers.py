"""A plain cover for articles that bring none: quiet waves in the colour of their category.

It carries no words: no font can be taken for granted on an office's machine, and the platform prints the title.
"""

from __future__ import annotations

import colorsys
import hashlib
import io
import math
from dataclasses import dataclass

from PIL import Image, ImageDraw

from content.rules.publishing.limits import COVER_SIZE

SQUARE = COVER_SIZE[1] / COVER_SIZE[0]  # how much of a cover's width its square takes
LARGEST = 1800  # pixels of width that a cut cover keeps
FINE = 2  # drawn twice as large, then made smaller: smooth edges
WAVES = 5
HUES = (0.36, 0.42, 0.47, 0.51, 0.55, 0.58, 0.61, 0.64, 0.02, 0.06, 0.09)  # sober: greens, blues, and a few warm ones


@dataclass(frozen=True)
class CoverCut:
    """Which part of a picture becomes the cover, in percent: where it stands, and how large it is of what would fit."""

    across: int = 50
    down: int = 50
    size: int = 100


def cut(picture: Image.Image, where: CoverCut) -> bytes:
    """The part of an upright picture as a JPEG of 2.35 : 1."""
    ratio = COVER_SIZE[0] / COVER_SIZE[1]
    width = min(picture.width, picture.height * ratio) * where.size / 100
    height = width / ratio
    left, top = (picture.width - width) * where.across / 100, (picture.height - height) * where.down / 100
    box = (round(left), round(top), round(left + width), round(top + height))
    shown = Image.new("RGB", picture.size, "white")
    shown.paste(picture, mask=picture.getchannel("A") if picture.mode == "RGBA" else None)
    shown = shown.crop(box)
    wide = min(max(shown.width, COVER_SIZE[0]), LARGEST)
    buffer = io.BytesIO()
    shown.resize((wide, round(wide / ratio)), Image.Resampling.LANCZOS).save(buffer, "JPEG", quality=90, optimize=True)
    return buffer.getvalue()


def square_box(across: int) -> tuple[float, float]:
    """The left and the right edge of a cover's square, 0 to 1, for its place in percent."""
    left = (1 - SQUARE) * across / 100
    return round(left, 6), round(left + SQUARE, 6)


def draw(seed: str) -> bytes:
    """A JPEG of 900 × 383 pixels; the same `seed` (a category's code) gives the same picture."""
    digest = hashlib.sha256(seed.encode()).digest()
    hue, phase = HUES[digest[0] % len(HUES)], digest[1] / 256 * math.tau
    width, height = COVER_SIZE[0] * FINE, COVER_SIZE[1] * FINE
    picture = Image.new("RGB", (width, height), _colour(hue, 0.30, 0.93))
    pen = ImageDraw.Draw(picture)
    for wave in range(WAVES):
        depth = (wave + 1) / WAVES
        colour = _colour(hue + 0.04 * wave, 0.30 + 0.38 * depth, 0.92 - 0.34 * depth)
        pen.polygon(_wave(width, height, base=0.28 + 0.62 * depth - 0.08, phase=phase + wave * 1.7), fill=colour)
    buffer = io.BytesIO()
    picture.resize(COVER_SIZE, Image.Resampling.LANCZOS).save(buffer, "JPEG", quality=90, optimize=True)
    return buffer.getvalue()


def _wave(width: int, height: int, *, base: float, phase: float) -> list[tuple[float, float]]:
    swell = 0.07 * height
    line = [
        (x, base * height + swell * math.sin(x / width * math.tau * 1.15 + phase) + swell / 3 * math.sin(x / 130))
        for x in range(0, width + 8, 8)
    ]
    return [(0, height), *line, (width, height)]


def _colour(hue: float, saturation: float, value: float) -> tuple[int, int, int]:
    red, green, blue = colorsys.hsv_to_rgb(hue % 1, saturation, value)
    return round(red * 255), round(green * 255), round(blue * 255)
