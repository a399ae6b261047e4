"""Pictures made fit for the platform: jpg or png, small enough, without the place where a phone took them."""

from __future__ import annotations

import functools
import io
import warnings
from collections.abc import Iterator
from dataclasses import dataclass

from PIL import Image, ImageOps, UnidentifiedImageError

from content.rules.errors import BadInput
from content.rules.publishing.limits import INPUT_IMAGE_BYTES

PIXELS = 60_000_000  # a picture of more is refused before it is unpacked
PIXELS_IN_COPIES = 25_000_000  # … of a kind whose library unpacks it into several copies
IN_PLACE = ("JPEG", "MPO", "PNG", "GIF", "TIFF", "BMP")  # kinds that are unpacked once
STRIP = 1_000_000  # points that are converted at a time
ORIENTATION = 0x0112
LONGEST_SIDE = 2560  # pixels; phones show 1080
QUALITIES = (88, 80, 70, 60)
KINDS = {"JPEG": ("image/jpeg", ".jpg"), "PNG": ("image/png", ".png"), "MPO": ("image/jpeg", ".jpg")}


@dataclass(frozen=True)
class Picture:
    """A picture that the platform takes. `changes` says in words what was done to it."""

    data: bytes
    kind: str  # image/jpeg or image/png
    suffix: str
    size: tuple[int, int]
    changes: tuple[str, ...] = ()


def fit(data: bytes, *, largest: int) -> Picture:
    """The picture as jpg or png of fewer than `largest` bytes. Raises BadInput with the reason."""
    image = opened(weighed(data))
    changes = tuple(_changes(image, len(data), largest))
    if not changes:
        kind, suffix = KINDS[image.format or ""]
        return Picture(data, kind, suffix, image.size)
    return _convert(image, largest, changes)


def weighed(data: bytes) -> bytes:
    """The same bytes. Raises BadInput for more of them than a picture may have."""
    if len(data) > INPUT_IMAGE_BYTES:
        size = len(data) / 1024 / 1024
        raise BadInput(f"有 {size:.1f} MB，超过 {INPUT_IMAGE_BYTES // 1024 // 1024} MB，请先压缩再用")
    return data


def opened(data: bytes) -> Image.Image:
    """The picture in memory. Raises BadInput for what is none, is broken, or unpacks without end."""
    if drawing := _drawing(data):
        raise BadInput(f"是 {drawing}，微信不收，这里也转不了。请在原来的程序里另存为 png，或者截图以后重新插入")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # PIXELS is stricter
            if data[4:8] == b"ftyp":
                _know_heic()
            image = Image.open(io.BytesIO(data))
            if image.width * image.height > (PIXELS if image.format in IN_PLACE else PIXELS_IN_COPIES):
                raise BadInput(f"的像素太多了（{image.width}×{image.height}），请先缩小再用")
            image.load()
    except Image.DecompressionBombError as error:
        raise BadInput("的像素太多了，请先缩小再用") from error
    except UnidentifiedImageError as error:
        raise BadInput("认不出是图片，请换成 jpg 或 png") from error
    except (OSError, ValueError, SyntaxError, IndexError, EOFError, MemoryError) as error:
        raise BadInput("是坏的，打不开，请重新导出或者重新截图") from error
    return image


def _drawing(data: bytes) -> str:
    """The format of a drawing that is stored as lines, not as points; nothing for a picture."""
    start = data[:300].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if data[40:44] == b" EMF":
        return "EMF 格式的矢量图"
    if data.startswith((b"\xd7\xcd\xc6\x9a", b"\x01\x00\x09\x00\x00\x03", b"\x02\x00\x09\x00\x00\x03")):
        return "WMF 格式的矢量图"
    if b"<svg" in start or (start.startswith(b"<?xml") and b"<svg" in data[:4000]):
        return "SVG 格式的矢量图"
    return "PDF 文件" if start.startswith(b"%pdf") else "EPS 格式的矢量图" if start.startswith(b"%!ps") else ""


@functools.cache
def _know_heic() -> None:
    """Teaches Pillow the pictures of iPhones; only once one comes, since it loads a library."""
    import pi_heif

    pi_heif.register_heif_opener()


def upright(image: Image.Image) -> Image.Image:
    """The picture as it is looked at, in RGB or RGBA; the same one if it is so already."""
    return _flat(ImageOps.exif_transpose(image) if image.getexif().get(ORIENTATION, 1) != 1 else image)


def _changes(image: Image.Image, size: int, largest: int) -> Iterator[str]:
    if image.format not in KINDS:
        yield f"{image.format} 格式微信不收，已转换"
    if getattr(image, "n_frames", 1) > 1 and image.format not in KINDS:
        yield "动图只留第一帧"
    if image.mode == "CMYK":
        yield "印刷色已转为屏幕色"
    if size >= largest:
        yield f"原来有 {size / 1_000_000:.1f} MB，已压缩到 {largest / 1_000_000:.0f} MB 以内"
    if image.getexif():
        yield "照片自带的拍摄信息（可能含位置）已去掉"


def _convert(image: Image.Image, largest: int, changes: tuple[str, ...]) -> Picture:
    picture = upright(_reduced(image))
    picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    while True:
        for data, name in _encoded(picture):
            if len(data) < largest:
                kind, suffix = KINDS[name]
                return Picture(data, kind, suffix, picture.size, changes)
        picture = picture.resize((max(1, picture.width * 3 // 4), max(1, picture.height * 3 // 4)))


def _reduced(image: Image.Image) -> Image.Image:
    """A picture far larger than it may be by a whole factor smaller, strip by strip: converting it whole takes as much again."""
    factor = max(image.size) // LONGEST_SIDE
    if factor < 2:
        return image
    width, height = (-(-side // factor) for side in image.size)
    small = Image.new("RGBA" if _is_transparent(image) else "RGB", (width, height))
    small.info = {name: value for name, value in image.info.items() if name == "icc_profile"}
    small.getexif()[ORIENTATION] = image.getexif().get(ORIENTATION, 1)
    rows = max(1, STRIP // image.width // factor) * factor
    for top in range(0, image.height, rows):
        strip = image.crop((0, top, image.width, min(top + rows, image.height)))
        small.paste(_flat(strip).reduce(factor), (0, top // factor))
    return small


def _encoded(picture: Image.Image) -> Iterator[tuple[bytes, str]]:
    """Ever smaller spellings: PNG where there is transparency, else JPEG of falling quality."""
    if picture.mode == "RGBA":
        yield _save(picture, "PNG"), "PNG"
        white = Image.new("RGB", picture.size, "white")
        white.paste(picture, mask=picture.getchannel("A"))
        picture = white
    for quality in QUALITIES:
        yield _save(picture, "JPEG", quality=quality), "JPEG"


def _save(picture: Image.Image, name: str, **options: int) -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, name, optimize=True, **options)
    return buffer.getvalue()


def _flat(image: Image.Image) -> Image.Image:
    mode = "RGBA" if _is_transparent(image) else "RGB"
    return image if image.mode == mode else image.convert(mode)


def _is_transparent(image: Image.Image) -> bool:
    return image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info
