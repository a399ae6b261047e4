"""The part of a picture that a document shows: what was cropped away is cut off the picture itself."""

from __future__ import annotations

import io
from dataclasses import dataclass

from PIL import Image, ImageDraw

from content.intake.articles import images

SIDES = 1e-4  # a part of a side that is not worth cutting


@dataclass(frozen=True)
class Frame:
    """What is cut away at each side (0 to 1), how far the rest is turned, and whether only an ellipse of it shows."""

    left: float = 0.0
    top: float = 0.0
    right: float = 0.0
    bottom: float = 0.0
    degrees: float = 0.0  # clockwise
    mirrored: bool = False
    upside_down: bool = False
    ellipse: bool = False

    @property
    def is_whole(self) -> bool:
        """Whether the picture is shown as it is."""
        turned = self.degrees % 360 or self.mirrored or self.upside_down or self.ellipse
        return not turned and max(self.left, self.top, self.right, self.bottom) < SIDES

    @property
    def shows_nothing(self) -> bool:
        """Whether everything was cut away."""
        return self.left + self.right >= 1 or self.top + self.bottom >= 1


def framed(data: bytes, frame: Frame) -> bytes:
    """The picture as its frame shows it, as PNG or JPEG. Raises BadInput if it cannot be opened."""
    if frame.is_whole:
        return data
    image = images.opened(data)
    kind = "JPEG" if image.format in ("JPEG", "MPO") else "PNG"
    upright = images.upright(image)
    shown = upright.crop(_box(upright.size, frame))
    if frame.ellipse:
        shown = _ellipse(shown)
    shown = _turned(shown, frame)
    buffer = io.BytesIO()
    shown.save(buffer, kind, **({"quality": 92} if kind == "JPEG" else {}))
    return buffer.getvalue()


def _box(size: tuple[int, int], frame: Frame) -> tuple[int, int, int, int]:
    width, height = size
    left, top = int(width * max(frame.left, 0)), int(height * max(frame.top, 0))
    right, bottom = round(width * (1 - max(frame.right, 0))), round(height * (1 - max(frame.bottom, 0)))
    return left, top, max(right, left + 1), max(bottom, top + 1)


def _ellipse(image: Image.Image) -> Image.Image:
    mask = Image.new("L", image.size, 0)
    ImageDraw.Draw(mask).ellipse((0, 0, image.width - 1, image.height - 1), fill=255)
    return Image.composite(image.convert("RGB"), Image.new("RGB", image.size, "white"), mask)


def _turned(image: Image.Image, frame: Frame) -> Image.Image:
    if frame.mirrored:
        image = image.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    if frame.upside_down:
        image = image.transpose(Image.Transpose.FLIP_TOP_BOTTOM)
    if frame.degrees % 360 == 0:
        return image
    return image.convert("RGB").rotate(-frame.degrees, expand=True, fillcolor="white")
