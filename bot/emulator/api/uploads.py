"""media/uploadimg and permanent materials."""

from __future__ import annotations

import hashlib
from typing import Any

from flask import Response

from bot.emulator.api import pictures
from bot.emulator.api.gate import Call, Route
from bot.emulator.errors import ApiError
from bot.emulator.platform import Platform

BODY_KINDS = frozenset({"jpeg", "png"})
IMAGE_KINDS = frozenset({"jpeg", "png", "gif", "bmp"})
SOUNDS = ("mp3", "wma", "wav", "amr")
TEMPORARY_SECONDS = 3 * 24 * 3600
VOICE_BYTES, VIDEO_BYTES = 2 * pictures.MEGA, 10 * pictures.MEGA


def uploadimg(call: Call) -> dict[str, Any]:
    """POST media/uploadimg: a picture for article bodies, jpg or png under 1 MB → `url`."""
    data, _ = _file(call)
    found = pictures.kind(data, allowed=BODY_KINDS, most=pictures.BODY_PICTURE - 1)
    return {"url": keep_picture(call.platform, data, found)}


def add_material(call: Call) -> dict[str, Any]:
    """POST material/add_material?type=: a permanent material → `media_id`, and `url` for pictures."""
    kind = call.request.args.get("type") or call.request.form.get("type") or ""
    data, name = _file(call)
    url = ""
    if kind in ("image", "thumb"):
        url = keep_picture(call.platform, data, _kind_of_picture(kind, data))
    else:
        _check_other(kind, data, name)
    media_id = call.platform.new_id(64)
    record = {
        "media_id": media_id, "type": kind, "name": name, "url": url, "update_time": call.platform.clock.stamp(),
        "sha256": hashlib.sha256(data).hexdigest(),
    }  # fmt: skip
    call.platform.state.shelf("materials").put(media_id, record)
    if not url:
        call.platform.state.keep_blob(media_id, "application/octet-stream", data)
    return {"media_id": media_id, "url": url} if url else {"media_id": media_id}


def upload(call: Call) -> dict[str, Any]:
    """POST media/upload?type=: a temporary material, for three days → `media_id`, `created_at`."""
    kind = call.request.args.get("type") or ""
    data, name = _file(call)
    if kind in ("image", "thumb"):
        _kind_of_picture(kind, data)
    else:
        _check_other(kind, data, name)
    media_id, now = call.platform.new_id(64), call.platform.clock.stamp()
    call.platform.state.keep_blob(media_id, "application/octet-stream", data)
    call.platform.state.shelf("temporary").put(media_id, {"ends": now + TEMPORARY_SECONDS})
    return {"type": kind, "media_id": media_id, "created_at": now}


def download(call: Call) -> Response:
    """GET media/get: a temporary material itself. Raises ApiError 40007 after three days."""
    media_id = call.request.args.get("media_id", "")
    known = call.platform.state.shelf("temporary").get(media_id)
    if known is None or call.platform.clock.stamp() >= known["ends"]:
        raise ApiError(40007)
    type, data = call.platform.state.blob(media_id) or ("", b"")
    return Response(data, content_type=type)


def keep_picture(platform: Platform, data: bytes, kind: str) -> str:
    """Keeps a picture and returns its address at the emulator."""
    id = platform.new_id(40)
    platform.state.keep_blob(id, f"image/{kind}", data)
    return f"{platform.base_url}/mmbiz_{kind}/{id}/0?wx_fmt={kind}"


def count(call: Call) -> dict[str, Any]:
    """GET material/get_materialcount."""
    found = [material["type"] for material in call.platform.state.shelf("materials").all()]
    kinds = {"voice_count": "voice", "video_count": "video", "image_count": "image"}
    return {name: found.count(kind) for name, kind in kinds.items()} | {"news_count": 0}


def batchget(call: Call) -> dict[str, Any]:
    """POST material/batchget_material: `type`, `offset`, `count` 1–20."""
    offset, size = page(call)
    materials = [m for m in call.platform.state.shelf("materials").newest(0, -1) if m["type"] == call.text("type")]
    items = [{k: m[k] for k in ("media_id", "name", "update_time", "url")} for m in materials[offset : offset + size]]
    return {"total_count": len(materials), "item_count": len(items), "item": items}


def delete(call: Call) -> dict[str, Any]:
    """POST material/del_material."""
    if not call.platform.state.shelf("materials").delete(call.text("media_id")):
        raise ApiError(40007)
    return {"errcode": 0, "errmsg": "ok"}


def get(call: Call) -> Response:
    """POST material/get_material: the file itself."""
    material = call.platform.state.shelf("materials").get(call.text("media_id"))
    if material is None:
        raise ApiError(40007)
    id = material["url"].split("/")[-2] if material["url"] else material["media_id"]
    type, data = call.platform.state.blob(id) or ("application/octet-stream", b"")
    return Response(data, content_type=type)


def page(call: Call) -> tuple[int, int]:
    """`offset` and `count` of a list call. Raises ApiError 40035 outside 1–20."""
    offset, size = call.number("offset", 0), call.number("count", 20)
    if offset < 0 or not 1 <= size <= 20:
        raise ApiError(40035)
    return offset, size


def _file(call: Call) -> tuple[bytes, str]:
    upload = call.request.files.get("media")
    if upload is None:
        raise ApiError(41005)
    return upload.read(), upload.filename or ""


def _kind_of_picture(kind: str, data: bytes) -> str:
    thumb = kind == "thumb"
    allowed, most = (frozenset({"jpeg"}), pictures.THUMB) if thumb else (IMAGE_KINDS, pictures.IMAGE)
    return pictures.kind(data, allowed=allowed, most=most)


def _check_other(kind: str, data: bytes, name: str) -> None:
    endings, most = {"voice": (SOUNDS, VOICE_BYTES), "video": (("mp4",), VIDEO_BYTES)}.get(kind, ((), 0))
    if not endings:
        raise ApiError(40004)
    if not data:
        raise ApiError(41005)
    if len(data) > most:
        raise ApiError(40006)
    if name.rpartition(".")[2].lower() not in endings:
        raise ApiError(40005)


ROUTES = [
    Route("POST", "/cgi-bin/media/uploadimg", uploadimg, "material"),
    Route("POST", "/cgi-bin/media/upload", upload, "material"),
    Route("GET", "/cgi-bin/media/get", download, "material"),
    Route("POST", "/cgi-bin/material/add_material", add_material, "material"),
    Route("POST", "/cgi-bin/material/get_material", get, "material"),
    Route("POST", "/cgi-bin/material/del_material", delete, "material"),
    Route("GET", "/cgi-bin/material/get_materialcount", count, "material"),
    Route("POST", "/cgi-bin/material/batchget_material", batchget, "material"),
]
