"""Static files of several folders under `/static`, each at an address that changes when the file does."""

from __future__ import annotations

import functools
import hashlib
from pathlib import Path

from flask import Blueprint, Flask, Response, send_from_directory, url_for
from werkzeug.exceptions import NotFound

SHARED = Path(__file__).parent / "static"
YEAR = 365 * 24 * 3600  # seconds


def install(app: Flask, *folders: Path) -> None:
    """Serves the shared files and those of `folders`, and gives templates `asset(NAME)` and the shared components."""
    places = (SHARED, *folders)
    files = Blueprint("assets", __name__, template_folder="templates")

    @files.get("/static/<path:name>")
    def static(name: str) -> Response:
        folder = _folder(places, name)
        if folder is None:
            raise NotFound
        response = send_from_directory(folder, name, max_age=YEAR)
        response.cache_control.public = True
        response.cache_control.immutable = True  # its address changes when it does
        response.headers["X-Content-Type-Options"] = "nosniff"
        return response

    app.register_blueprint(files)
    app.context_processor(lambda: {"asset": lambda name: _address(places, name)})


def _address(places: tuple[Path, ...], name: str) -> str:
    folder = _folder(places, name)
    if folder is None:
        raise LookupError(f"no static file {name}")
    return url_for("assets.static", name=name, v=_fingerprint(folder / name))


def _folder(places: tuple[Path, ...], name: str) -> Path | None:
    return next((folder for folder in places if (folder / name).is_file()), None)


@functools.cache
def _fingerprint(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()[:10]
