"""Pictures that a body names by a web address: brought once, when the post is queued."""

from __future__ import annotations

import requests

from content.rules.errors import BadInput
from content.rules.posts import INPUT_IMAGE_BYTES

TIMEOUT = (5, 15)  # seconds to connect, and between two pieces
CHUNK = 64 * 1024  # bytes


def picture(url: str) -> bytes:
    """The bytes at an http(s) address. Raises BadInput with the reason, to be read after the picture's name."""
    try:
        with requests.get(url, timeout=TIMEOUT, stream=True, headers={"User-Agent": "gongkai"}) as response:
            if response.status_code != requests.codes.ok:
                raise BadInput(f"取不到：对方网站回答 {response.status_code}。请存到正文文件旁边再引用")
            return _whole(response)
    except requests.RequestException as error:
        raise BadInput("取不到：连不上那个网站。请检查网址，或者存到正文文件旁边再引用") from error


def _whole(response: requests.Response) -> bytes:
    data = bytearray()
    for piece in response.iter_content(CHUNK):
        data += piece
        if len(data) > INPUT_IMAGE_BYTES:
            raise BadInput(f"超过 {INPUT_IMAGE_BYTES // 1024 // 1024} MB，请先压缩再用")
    return bytes(data)
