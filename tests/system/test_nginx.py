"""The app behind Debian's nginx, with the configuration that is delivered in deploy/."""

import gzip
import re
import shutil
import socket
import ssl
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest
import trustme
from playwright.sync_api import Browser, expect

from tests.browser.app import ROOT, running_app
from tests.browser.chromium import find
from tests.browser.conftest import chromium, settle
from tests.browser.test_server import until_well

__all__ = ["chromium"]

NAME = "seat.school.example"


@dataclass(frozen=True)
class Proxy:
    """nginx, and how it is reached without a name server."""

    port: int
    plain_port: int
    context: ssl.SSLContext
    folder: Path

    def fetch(
        self, path: str, *, plain: bool = False, **headers: str
    ) -> tuple[int, dict[str, str], bytes]:
        port = self.plain_port if plain else self.port
        scheme = "http" if plain else "https"
        request = urllib.request.Request(f"{scheme}://localhost:{port}{path}", headers=headers)
        request.add_unredirected_header("Host", f"{NAME}:{port}")
        opener = urllib.request.build_opener(
            urllib.request.HTTPSHandler(context=self.context), _Stay()
        )
        try:
            with opener.open(request, timeout=30) as answer:
                return (
                    answer.status,
                    {k.lower(): v for k, v in answer.headers.items()},
                    answer.read(),
                )
        except urllib.error.HTTPError as error:
            return error.code, {k.lower(): v for k, v in error.headers.items()}, error.read()


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        return None


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def configured(folder: Path, copies: list[str]) -> tuple[str, int, int]:
    """The delivered configuration with a test's ports, certificate and copies of the app."""
    given = (ROOT / "deploy" / "nginx.conf").read_text(encoding="utf-8")
    port, plain_port = free_port(), free_port()
    servers = "\n".join(f"server {copy.removeprefix('http://')};" for copy in copies)
    changes = (
        (r"listen \[::\]:\d+[^;]*;", "", 2),
        (r"listen 80;", f"listen 127.0.0.1:{plain_port};", 1),
        (r"listen 443 ([^;]*);", rf"listen 127.0.0.1:{port} \1;", 1),
        (r"/etc/ssl/seat/", f"{folder}/", 2),
        (r"server 127\.0\.0\.1:8501;", servers, 2),
    )
    for pattern, to, times in changes:
        given, made = re.subn(pattern, to, given)
        assert made == times, pattern
    return given, port, plain_port


@pytest.fixture(scope="module")
def proxy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Proxy]:
    """nginx in front of two copies of the app on the sample school."""
    assert shutil.which("nginx"), "nginx is missing: apt install nginx-light"
    folder = tmp_path_factory.mktemp("nginx")
    hosts = {"STREAMLIT_SERVER_ALLOWED_HOSTS": NAME}
    with ExitStack() as running:
        copies = []
        for number in range(2):
            home = folder / f"copy-{number}"
            home.mkdir()
            copies.append(running.enter_context(running_app(home, environment=hosts)))
            until_well(copies[-1])
        authority = trustme.CA()
        certificate = authority.issue_cert(NAME, "localhost")
        certificate.private_key_pem.write_to_path(str(folder / "privkey.pem"))
        for blob in certificate.cert_chain_pems:
            blob.write_to_path(str(folder / "fullchain.pem"), append=True)
        site, port, plain_port = configured(folder, copies)
        (folder / "site.conf").write_text(site, encoding="utf-8")
        (folder / "nginx.conf").write_text(
            f"""daemon off; pid {folder}/pid; error_log {folder}/error.log; worker_processes 2;
            events {{ worker_connections 4096; }}
            http {{
              {"".join(f"{kind}_temp_path {folder}/{kind};" for kind in TEMPORARY)}
              include {folder}/site.conf;
            }}""",
            encoding="utf-8",
        )
        context = ssl.create_default_context()
        authority.configure_trust(context)
        process = subprocess.Popen(
            ["nginx", "-e", f"{folder}/error.log", "-c", f"{folder}/nginx.conf"]
        )
        try:
            found = Proxy(port, plain_port, context, folder)
            give_up = time.monotonic() + 20
            while True:
                try:
                    found.fetch("/healthz")
                    break
                except OSError:
                    assert process.poll() is None, (folder / "error.log").read_text()
                    assert time.monotonic() < give_up
                    time.sleep(0.1)
            yield found
        finally:
            process.terminate()
            process.wait(timeout=20)


TEMPORARY = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")


def test_students_get_their_page_over_tls_packed_once(proxy: Proxy) -> None:
    status, headers, body = proxy.fetch("/students", **{"Accept-Encoding": "gzip"})
    assert (status, headers["content-encoding"]) == (200, "gzip")
    assert b"<h1" in gzip.decompress(body)
    assert headers["cache-control"] == "no-cache"
    assert headers["strict-transport-security"].startswith("max-age=")
    assert "set-cookie" not in headers
    assert not headers["etag"].startswith("W/"), "nginx has packed it again"
    for _ in range(8):  # either copy knows the tag
        again, _, rest = proxy.fetch(
            "/students", **{"Accept-Encoding": "gzip", "If-None-Match": headers["etag"]}
        )
        assert (again, rest) == (304, b"")


def test_a_quiet_connection_is_used_again_without_an_error(proxy: Proxy) -> None:
    for pause in (0, 4.5, 5.5):
        time.sleep(pause)
        assert proxy.fetch("/students")[0] == 200


def test_plain_http_leads_to_tls_and_what_is_not_there_is_not_found(proxy: Proxy) -> None:
    status, headers, _ = proxy.fetch("/students", plain=True)
    assert status == 301
    assert headers["location"].startswith("https://")
    # The second is Streamlit's own count of sessions and memory; the app itself keeps it back.
    for path in ("/nothing/here", "/_stcore/metrics"):
        assert proxy.fetch(path)[0] == 404, path


def test_staff_work_through_it_and_no_name_but_its_own_is_served(
    proxy: Proxy, chromium: Browser
) -> None:
    context = chromium.new_context(ignore_https_errors=True)
    page = context.new_page()
    # Under another name than its own nothing is served.
    page.goto(f"https://localhost:{proxy.port}/")
    refused = f"disallowed Origin or Host header: origin=https://localhost:{proxy.port}"
    for _ in range(120):
        if any(refused in log.read_text() for log in proxy.folder.glob("copy-*/app.log")):
            break
        page.wait_for_timeout(500)
    else:
        raise AssertionError("a session was not refused under another name")
    assert page.locator('[data-testid="stMain"] h1').count() == 0
    context.close()

    own = chromium.browser_type.launch(
        executable_path=find(),
        args=["--no-sandbox", f"--host-resolver-rules=MAP {NAME} 127.0.0.1"],
    )
    page = own.new_context(ignore_https_errors=True).new_page()
    page.goto(f"https://{NAME}:{proxy.port}/priorities")
    settle(page)
    page.get_by_role("button", name="Choose as focus").first.click()
    expect(page.get_by_text("is a focus now")).to_be_visible(timeout=30_000)
    own.close()


def test_the_service_is_one_that_systemd_understands() -> None:
    assert shutil.which("systemd-analyze"), "systemd-analyze is missing: apt install systemd"
    checked = subprocess.run(
        ["systemd-analyze", "verify", str(ROOT / "deploy" / "seat.service")],
        capture_output=True,
        text=True,
        check=False,
    )
    # The program is where it is installed, not here; nothing else may be wrong.
    said = [line for line in checked.stderr.splitlines() if "is not executable" not in line]
    assert said == []
