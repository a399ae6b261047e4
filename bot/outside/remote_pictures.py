"""Pictures that a body names by a web address: brought once, when the post is queued."""

from __future__ import annotations

from functools import partial

import requests

from bot.outside import download
from content.intake.articles.pictures import Fetch
from content.rules.errors import BadInput
from content.rules.publishing.limits import INPUT_IMAGE_BYTES
from content.services.office import Office


def pictures(office: Office) -> Fetch:
    """Brings pictures for this office; one that only serves its own machine or network may bring them from there."""
    return partial(picture, near=download.is_near(office.settings.base_url))


def picture(url: str, *, near: bool = False) -> bytes:
    """The bytes at an http(s) address. Raises BadInput with the reason, to be read after the picture's name."""
    try:
        answer = download.get(url, most=INPUT_IMAGE_BYTES, near=near)
    except download.DownloadFailed as error:
        raise BadInput(f"取不到：{error.message}。请存到正文文件旁边再引用") from error
    if answer.status != requests.codes.ok:
        raise BadInput(f"取不到：对方网站回答 {answer.status}。请存到正文文件旁边再引用")
    return answer.data
