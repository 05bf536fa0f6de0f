"""A sign-on service for tests: as strict as a real one about codes, return addresses and PKCE."""

from __future__ import annotations

import hashlib
import json
import secrets
import threading
import time
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT_ID, CLIENT_SECRET = "knotenpunkt", "only-for-tests"
KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
OTHER_KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)


@dataclass
class SignOnService:
    """What the service knows, and who is sitting in front of it."""

    issuer: str = ""
    email: str = "petra@example.org"
    email_verified: Any = True
    subject: str = "42"
    signs_with: Any = KEY
    audience: str = CLIENT_ID
    codes: dict[str, dict[str, str]] = field(default_factory=dict)

    def authorise(self, location: str) -> str:
        """What a browser does there: sign in, and be sent back with a code."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(location).query).items()}
        assert asked["client_id"] == CLIENT_ID and asked["response_type"] == "code"
        assert asked["code_challenge_method"] == "S256"
        assert "openid" in asked["scope"].split()
        code = secrets.token_urlsafe(8)
        self.codes[code] = asked
        return f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}"

    def token(self, form: dict[str, str]) -> dict[str, Any] | None:
        """Exchange a code, once, for whoever can show what it was asked with."""
        asked = self.codes.pop(form.get("code", ""), None)
        digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        challenge = urlsafe_b64encode(digest).rstrip(b"=").decode()
        fits = (
            asked is not None
            and asked["code_challenge"] == challenge
            and asked["redirect_uri"] == form["redirect_uri"]
            and (form.get("client_id"), form.get("client_secret")) == (CLIENT_ID, CLIENT_SECRET)
        )
        return (
            {"access_token": "a", "token_type": "Bearer", "id_token": self._id()} if fits else None
        )

    def _id(self) -> str:
        now = int(time.time())
        claims = self.claims() | {
            "iss": self.issuer, "aud": self.audience, "iat": now, "exp": now + 60,
            "jti": secrets.token_hex(8),
        }  # fmt: skip
        return jwt.encode(claims, self.signs_with, algorithm="RS256", headers={"kid": "one"})

    def claims(self) -> dict[str, Any]:
        """Who sits there."""
        return {
            "sub": self.subject, "email": self.email, "email_verified": self.email_verified,
            "name": "Petra Lindner",
        }  # fmt: skip

    def document(self) -> dict[str, Any]:
        """Where everything is."""
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "userinfo_endpoint": f"{self.issuer}/userinfo",
            "jwks_uri": f"{self.issuer}/jwks",
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
        }

    def answer(self, path: str, form: dict[str, str]) -> dict[str, Any] | None:
        """The answer to a request, None for a refusal."""
        if path == "/token":
            return self.token(form)
        public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(KEY.public_key()))
        return {
            "/.well-known/openid-configuration": self.document(),
            "/jwks": {"keys": [public | {"kid": "one", "alg": "RS256"}]},
            "/userinfo": self.claims(),
        }.get(path)


@contextmanager
def running() -> Iterator[SignOnService]:
    """The service on a free port of this machine."""
    service = SignOnService()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer({})

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            self._answer({name: values[0] for name, values in parse_qs(body).items()})

        def _answer(self, form: dict[str, str]) -> None:
            found = service.answer(urlsplit(self.path).path, form)
            self.send_response(200 if found is not None else 400)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(json.dumps(found or {"error": "invalid_grant"}).encode())

        def log_message(self, *args: Any) -> None:
            """Nothing beside the test's own words."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    service.issuer = f"http://localhost:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield service
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
