"""Google's token endpoint and the service accounts it knows."""

import base64
import json
import secrets
import time
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import parse_qs

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa

TOKEN_URI = "https://oauth2.googleapis.com/token"
GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer"
LIFETIME = 3599


@dataclass(frozen=True)
class Token:
    email: str
    scopes: frozenset[str]
    expires: float


@dataclass(frozen=True)
class Account:
    email: str
    key_id: str
    private_key: rsa.RSAPrivateKey

    @property
    def private_key_pem(self) -> str:
        return self.private_key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        ).decode()

    def fields(self) -> dict[str, str]:
        """The JSON key file's content."""
        return {
            "type": "service_account",
            "project_id": "a-school",
            "private_key_id": self.key_id,
            "private_key": self.private_key_pem,
            "client_email": self.email,
            "client_id": "100000000000000000001",
            "auth_uri": "https://accounts.google.com/o/oauth2/auth",
            "token_uri": TOKEN_URI,
            "universe_domain": "googleapis.com",
        }


@cache
def make_account(email: str) -> Account:
    """A service account with a new key; made once a process, since keys take long to make."""
    # Short, since every test loads it and it guards nothing.
    key = rsa.generate_private_key(public_exponent=65537, key_size=1024)
    return Account(email, secrets.token_hex(20), key)


class TokenEndpoint:
    def __init__(self) -> None:
        self.accounts: dict[str, Account] = {}
        self.tokens: dict[str, Token] = {}
        self.issued = 0

    def answer(self, body: bytes) -> tuple[int, dict[str, Any]]:
        form = {name: values[0] for name, values in parse_qs(body.decode()).items()}
        if form.get("grant_type") != GRANT:
            return 400, {
                "error": "unsupported_grant_type",
                "error_description": f"Invalid grant_type: {form.get('grant_type', '')}",
            }
        try:
            signed, _, signature = form.get("assertion", "").rpartition(".")
            header, claims = (json.loads(_decoded(part)) for part in signed.split("."))
        except ValueError:
            return _denied("Bad Request")
        account = self.accounts.get(claims.get("iss", ""))
        if account is None:
            return _denied("Invalid grant: account not found")
        if header.get("alg") != "RS256" or header.get("kid") != account.key_id:
            return _denied("Invalid JWT Signature.")
        try:
            account.private_key.public_key().verify(
                _decoded(signature), signed.encode(), padding.PKCS1v15(), hashes.SHA256()
            )
        except InvalidSignature:
            return _denied("Invalid JWT Signature.")
        if claims.get("aud") != TOKEN_URI:
            return _denied("Invalid JWT: Failed audience check.")
        now = time.time()
        issued, expires = claims.get("iat", 0), claims.get("exp", 0)
        if not now - 3900 < issued < now + 300 or not issued < expires <= issued + 3600:
            return _denied(
                "Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable "
                "timeframe. Check your iat and exp values in the JWT claim."
            )
        scopes = frozenset(claims.get("scope", "").split())
        if not scopes:
            return 400, {
                "error": "invalid_scope",
                "error_description": "Invalid OAuth scope or ID token audience provided.",
            }
        token = "ya29." + secrets.token_urlsafe(24)
        self.tokens[token] = Token(account.email, scopes, now + LIFETIME)
        self.issued += 1
        return 200, {"access_token": token, "expires_in": LIFETIME, "token_type": "Bearer"}

    def owner(self, authorization: str) -> Token | None:
        """Who a request's bearer token belongs to; None when it is wrong or has expired."""
        token = self.tokens.get(authorization.removeprefix("Bearer "))
        return token if token and token.expires > time.time() else None


def _decoded(part: str) -> bytes:
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))


def _denied(description: str) -> tuple[int, dict[str, Any]]:
    return 400, {"error": "invalid_grant", "error_description": description}
