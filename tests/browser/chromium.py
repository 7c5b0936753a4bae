"""Find a Chromium for the browser tests, or install one; never pass over them in silence.

The system's Chromium is taken if there is one, else Playwright's own, else Debian's package when
we may install it. ``python -m tests.browser.chromium`` does it before the tests start.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
# The one without windows comes first: it does a fifth less work for the same page.
SYSTEM_NAMES = (
    *("chromium-headless-shell", "chromium", "chromium-browser"),
    *("google-chrome", "google-chrome-stable"),
)


def on_system() -> str | None:
    """The path of a Chromium of the system's, if there is one."""
    return next(filter(None, map(shutil.which, SYSTEM_NAMES)), None)


def of_playwright() -> str | None:
    """The path of the Chromium that Playwright downloaded, if it did."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        path = play.chromium.executable_path
    return path if Path(path).exists() else None


def find() -> str:
    """The Chromium to use. Raises RuntimeError when there is none."""
    found = on_system() or of_playwright()
    if found is None:
        raise RuntimeError("No Chromium. Run `make test`, which installs one, or install it.")
    return found


def install() -> str:
    """Find a Chromium, installing it if need be. Raises RuntimeError when that fails too."""
    if found := on_system() or of_playwright():
        return found
    print("No Chromium found; installing one for the browser tests.", flush=True)
    subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False)
    if found := of_playwright():
        return found
    if shutil.which("apt-get") and os.geteuid() == 0:
        subprocess.run(["apt-get", "update", "-qq"], check=False)
        for package in ("chromium-headless-shell", "chromium"):
            asked = subprocess.run(
                ["apt-get", "install", "-y", "-qq", "--no-install-recommends", package],
                check=False,
                env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
            )
            if not asked.returncode:
                break
    if found := on_system():
        return found
    raise RuntimeError(
        "The browser tests need Chromium and it could not be installed. Install Chromium or "
        "Google Chrome with your system's package manager and run `make test` again."
    )


if __name__ == "__main__":
    try:
        print(f"Browser tests use {install()}")
    except RuntimeError as error:
        sys.exit(str(error))
