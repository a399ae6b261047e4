"""Really looks at uploaded pictures: kind, size, and whether they can be shown at all."""

from __future__ import annotations

import io
import warnings

from PIL import Image, UnidentifiedImageError

from bot.emulator.errors import ApiError

KINDS = {"JPEG": "jpeg", "PNG": "png", "GIF": "gif", "BMP": "bmp"}
MEGA = 1024 * 1024
BODY_PICTURE = MEGA  # media/uploadimg: under 1 MB, jpg or png
IMAGE, THUMB = 10 * MEGA, 64 * 1024
PIXELS = 50_000_000


def kind(data: bytes, *, allowed: frozenset[str], most: int) -> str:
    """`jpeg`, `png`, `gif` or `bmp`. Raises ApiError 41005, 40009 too big, 40005 wrong kind, 40137 broken."""
    if not data:
        raise ApiError(41005)
    if len(data) > most:
        raise ApiError(40009)
    found = _look(data)
    if found not in allowed:
        raise ApiError(40005)
    return found


def _look(data: bytes) -> str:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data)) as picture:
                if picture.width * picture.height > PIXELS:
                    raise ApiError(40009)
                picture.load()
                return KINDS.get(picture.format or "", "other")
    except UnidentifiedImageError as error:
        raise ApiError(40005) from error
    except (OSError, ValueError, SyntaxError, EOFError, Image.DecompressionBombError, Warning) as error:
        raise ApiError(40137) from error
