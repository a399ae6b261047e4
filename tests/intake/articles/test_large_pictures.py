"""Large pictures: what they cost in memory is bounded, or they are refused by what their first bytes say."""

from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from content.intake.articles import images
from content.rules.errors import BadInput

SIDE = 7_700  # 59 million points
MOST = 450  # MB; the points alone take 237
CHILD = """
import re, sys
from pathlib import Path
from content.intake.articles import images
picture = images.fit(Path(sys.argv[1]).read_bytes(), largest=int(sys.argv[2]))
print(*picture.size, int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1]) // 1024)
"""


def picture(kind: str, mode: str, side: int = SIDE, **options: Any) -> bytes:
    """A picture of one colour."""
    buffer = io.BytesIO()
    Image.new(mode, (side, side)).save(buffer, kind, **options)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("kind", "mode", "options", "largest"),
    [("GIF", "P", {}, 1_000_000), ("TIFF", "RGBA", {"compression": "tiff_lzw"}, 10_000_000), ("PNG", "RGBA", {}, 100_000),
     ("BMP", "1", {}, 1_000_000), ("JPEG", "RGB", {}, 100_000)],
)  # fmt: skip
def test_a_picture_of_very_many_points_takes_little_more_memory_than_its_points(
    tmp_path: Path, kind: str, mode: str, options: dict[str, Any], largest: int
) -> None:
    file = tmp_path / "a"
    file.write_bytes(picture(kind, mode, **options))
    child = subprocess.run(
        [sys.executable, "-c", CHILD, file, str(largest)], capture_output=True, text=True, check=True
    )
    width, height, memory = map(int, child.stdout.split())
    assert width == height <= images.LONGEST_SIDE
    assert memory < MOST


@pytest.mark.parametrize("kind", ["WEBP", "JPEG2000"])
def test_kinds_that_unpack_into_several_copies_may_have_fewer_points(kind: str) -> None:
    with pytest.raises(BadInput, match="像素太多了（5100×5100）"):
        images.fit(picture(kind, "RGB", 5_100), largest=1_000_000)


def test_a_reduced_picture_keeps_its_colours_its_transparency_and_its_way_up() -> None:
    large = Image.new("RGBA", (6_000, 5_300), (10, 20, 30, 0))
    large.paste((200, 100, 50, 255), (0, 0, 6_000, 2_650))
    buffer, exif = io.BytesIO(), Image.Exif()
    exif[0x0112] = 6  # turned a quarter to the right to be looked at
    large.save(buffer, "TIFF", compression="tiff_lzw", exif=exif, icc_profile=b"a profile of colours")
    found = images.fit(buffer.getvalue(), largest=1_000_000)
    with Image.open(io.BytesIO(found.data)) as seen:
        assert seen.height == images.LONGEST_SIDE > seen.width
        assert seen.getpixel((seen.width - 5, 5)) == (200, 100, 50, 255)
        assert seen.getpixel((5, 5))[3] == 0  # type: ignore[index]
        assert seen.info.get("icc_profile") == b"a profile of colours"
