"""A Chromium for the tests: found on PATH, else downloaded by Playwright, else Debian's package.

`python tests/browser.py --install` makes sure of one, and of Chinese fonts, so that screenshots can be read. It says
nothing when there is nothing to do, and one line that says what to install when it can't help itself.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
NO_BROWSER = "没有可用的浏览器。No usable browser: install Chromium (Debian: apt install chromium) and try again."
NO_FONTS = "没有中文字体。No Chinese fonts: install some (Debian: apt install fontconfig fonts-noto-cjk) and try again."
AT_HOME = ("127.0.0.1", "localhost")
QUIET = (
    f"--host-resolver-rules=MAP * ~NOTFOUND{''.join(f', EXCLUDE {host}' for host in AT_HOME)}",  # nobody else is reached
    "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
MANY_MINUTES = 900  # seconds that a download may take


def on_path() -> str | None:
    """The first Chromium on PATH that runs (Ubuntu's name may be a stub that only asks for snap)."""
    found = (shutil.which(name) for name in NAMES)
    return next((path for path in found if path and _runs(path)), None)


def playwrights_own() -> str | None:
    """The Chromium that Playwright downloaded earlier, if it is there and runs."""
    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() and _runs(path) else None


def find() -> str | None:
    """Where a usable Chromium is, or None."""
    return on_path() or playwrights_own()


@contextmanager
def launch() -> Iterator[Browser]:
    """A headless Chromium. Raises LookupError with one line that says what to install."""
    path = find()
    if path is None:
        raise LookupError(NO_BROWSER)
    sandbox = ("--no-sandbox",) if os.geteuid() == 0 else ()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=[*QUIET, *sandbox])
        try:
            yield browser
        finally:
            browser.close()


def has_chinese_fonts() -> bool:
    """Whether pages in Chinese can be drawn. macOS always can."""
    if sys.platform == "darwin":
        return True
    return bool(shutil.which("fc-list") and _output("fc-list", ":lang=zh").strip())


def install() -> str | None:
    """Makes sure of a browser and of fonts; None, or the line that says what is missing."""
    if find() is None and not (_download() or (_apt("chromium") and find())):
        return NO_BROWSER
    if not has_chinese_fonts() and not (_apt("fontconfig", "fonts-noto-cjk") and has_chinese_fonts()):
        return NO_FONTS
    return None


def _download() -> bool:
    _say("fetching Chromium with Playwright")
    fetched = _tried(sys.executable, "-m", "playwright", "install", "chromium")
    return fetched and find() is not None


def _apt(*packages: str) -> bool:
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return False
    _say(f"installing {' '.join(packages)} with apt-get")
    return _tried("apt-get", "update", "-qq") and _tried(
        "apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages
    )


def _say(what: str) -> None:
    print(f"==> {what}", flush=True)  # noqa: T201


def _tried(*command: str) -> bool:
    try:
        done = subprocess.run(
            command,
            env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
            capture_output=True,
            timeout=MANY_MINUTES,
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def _runs(path: str) -> bool:
    return any(character.isdigit() for character in _output(path, "--version"))


def _output(*command: str) -> str:
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout if done.returncode == 0 else ""


if __name__ == "__main__":
    if sys.argv[1:] != ["--install"]:
        sys.exit("usage: python tests/browser.py --install")
    sys.exit(install())
