"""A plain cover for articles that bring none: quiet waves in the colour of their category.

It carries no words: no font can be taken for granted on an office's machine, and the platform prints the title.
"""

from __future__ import annotations

import colorsys
import hashlib
import io
import math

from PIL import Image, ImageDraw

from content.rules.publishing.limits import COVER_SIZE

FINE = 2  # drawn twice as large, then made smaller: smooth edges
WAVES = 5
HUES = (0.36, 0.42, 0.47, 0.51, 0.55, 0.58, 0.61, 0.64, 0.02, 0.06, 0.09)  # sober: greens, blues, and a few warm ones


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
