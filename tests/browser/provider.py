"""A real OpenID provider on loopback: discovery, codes, signed tokens, PKCE, sign-out.

The package oidc-provider-mock, which knows no PKCE: that is added at its door. What it says of
somebody may be anything, ``aud``, ``exp`` and ``iat`` too, for the tests of what is refused.
"""

import base64
import hashlib
import re
import threading
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import parse_qs, urlsplit

from authlib.deprecate import AuthlibDeprecationWarning
from flask import Flask, Response, abort, request
from werkzeug.serving import make_server

with warnings.catch_warnings():
    warnings.simplefilter("ignore", AuthlibDeprecationWarning)
    import oidc_provider_mock


@dataclass
class Provider:
    """The running provider: where it is, and what the app asked of it."""

    address: str
    asked: list[Mapping[str, str]] = field(default_factory=list)
    exchanged: int = 0

    @property
    def metadata_url(self) -> str:
        return f"{self.address}/.well-known/openid-configuration"


@contextmanager
def running_provider(people: Mapping[str, Mapping[str, object]]) -> Iterator[Provider]:
    """Serve the provider; ``people`` are claims by the name that signs in."""
    users = [oidc_provider_mock.User(sub=sub, claims=dict(said)) for sub, said in people.items()]
    app = oidc_provider_mock.app(require_nonce=True, user_claims=users)
    server = make_server("127.0.0.1", 0, app, threaded=True)
    provider = Provider(f"http://127.0.0.1:{server.server_port}")
    _require_pkce(app, provider)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _require_pkce(app: Flask, provider: Provider) -> None:
    """RFC 7636: who exchanges a code must know the secret behind the challenge it came with."""
    challenges: dict[str, str] = {}

    @app.before_request
    def check() -> None:
        if request.path == "/oauth2/authorize" and request.method == "GET":
            provider.asked.append(request.args.to_dict())
            if request.args.get("code_challenge_method") != "S256":
                abort(400)
        if request.path == "/oauth2/token":
            verifier = request.form.get("code_verifier", "").encode()
            seen = base64.urlsafe_b64encode(hashlib.sha256(verifier).digest()).rstrip(b"=")
            if challenges.pop(request.form.get("code", ""), None) != seen.decode():
                abort(400)
            provider.exchanged += 1

    @app.after_request
    def note(response: Response) -> Response:
        if request.path == "/.well-known/openid-configuration":
            said = response.get_json()
            response.set_data(
                app.json.dumps({**said, "code_challenge_methods_supported": ["S256"]})
            )
        if response.mimetype == "text/html":
            # Its pages take their style from elsewhere: on loopback they do without.
            plain = re.sub(
                r"<link[^>]*>", '<link rel="icon" href="data:,">', response.get_data(True)
            )
            response.set_data(plain)
        code = parse_qs(urlsplit(response.location or "").query).get("code")
        if request.path == "/oauth2/authorize" and code:
            challenges[code[0]] = request.args["code_challenge"]
        return response
