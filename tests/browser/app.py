"""Start the real app as its users do, on a port of its own, and stop it again."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[2]
START_S = 120


@contextmanager
def running_app(
    folder: Path,
    *,
    secrets: str = "",
    environment: Mapping[str, str] | None = None,
    port: int | None = None,
    script: Path = ROOT / "app.py",
) -> Iterator[str]:
    """Serve the app and yield its address; its workbook and log are files in ``folder``.

    ``script``: what to serve in its place.
    """
    secrets_file = folder / "secrets.toml"
    if secrets:
        secrets_file.write_text(secrets, encoding="utf-8")
    port = port or free_port()
    with (folder / "app.log").open("w", encoding="utf-8") as log:
        process = subprocess.Popen(
            [
                *(sys.executable, "-m", "streamlit", "run", str(script)),
                *("--server.port", str(port), "--server.headless", "true"),
                *("--server.address", "127.0.0.1", "--secrets.files", str(secrets_file)),
            ],
            cwd=ROOT,
            env={
                **os.environ,
                "SEAT_WORKBOOK": str(folder / "workbook.sqlite"),
                **(environment or {}),
            },
            stdout=log,
            stderr=subprocess.STDOUT,
        )
    try:
        address = f"http://127.0.0.1:{port}"
        _wait_for(f"{address}/_stcore/health", process, folder / "app.log")
        yield address
    finally:
        process.terminate()
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def free_port() -> int:
    """A port nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    give_up = time.monotonic() + START_S
    while time.monotonic() < give_up:
        if process.poll() is not None:
            raise RuntimeError(f"the app ended by itself:\n{log.read_text(encoding='utf-8')}")
        try:
            with urllib.request.urlopen(url, timeout=2):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    raise RuntimeError(f"the app did not start in {START_S} s:\n{log.read_text(encoding='utf-8')}")
