"""The mail server of an installation, from one address: smtp://user:password@host:587?tls=starttls."""

from __future__ import annotations

import re
from dataclasses import dataclass
from email.utils import parseaddr
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

from config.options import UnusableSetting

PORTS = {"smtp": 587, "smtps": 465}
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
TLS = frozenset({"starttls", "none"})
# Mail servers take 64 signs before the @; the sign of a mail has 43.
LONGEST_RETURN = 20
ADDRESS = re.compile(r"[^\s@<>\",;:]+@[^\s@<>\",;:]+")
LOOKS_LIKE = (
    "KNOTENPUNKT_MAIL_URL looks like smtp://user:password@host:587?tls=starttls, "
    "or smtps://user:password@host."
)


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where mail is handed over. `tls` is "", "starttls" or "from_start"; no host: none is set."""

    host: str = ""
    port: int = 25
    user: str = ""
    password: str = ""
    tls: str = ""


def mail_server(url: str) -> MailServer:
    """The server that the address names; UnusableSetting when it is malformed or unsafe."""
    if not url:
        return MailServer()
    parts = urlsplit(url)
    if parts.scheme not in PORTS or not parts.hostname or parts.path.strip("/") or parts.fragment:
        raise UnusableSetting(LOOKS_LIKE)
    server = MailServer(
        host=parts.hostname,
        port=_port(parts),
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        tls=_tls(parts),
    )
    _refuse_unsafe(server, parts)
    return server


def sender(written: str, server: MailServer) -> str:
    """Who writes: "post@example.org" or "Name <post@example.org>"; needed with a server."""
    if not written and not server.host:
        return ""
    _name, address = parseaddr(written)
    if not ADDRESS.fullmatch(address) or any(sign in written for sign in "\r\n\0"):
        raise UnusableSetting(
            "KNOTENPUNKT_MAIL_FROM is the address that mail comes from, such as post@example.org."
        )
    return written


def return_address(written: str) -> str:
    """Where mail comes back to: "rueck@post.example.org"; 20 signs at most stand before the @."""
    local = written.partition("@")[0]
    if written and (not ADDRESS.fullmatch(written) or "+" in local or len(local) > LONGEST_RETURN):
        raise UnusableSetting(
            "KNOTENPUNKT_MAIL_RETURN is an address such as rueck@post.example.org, with at most "
            f"{LONGEST_RETURN} signs before the @ and no + among them."
        )
    return written


def _port(parts: SplitResult) -> int:
    try:
        return parts.port or PORTS[parts.scheme]
    except ValueError as problem:
        raise UnusableSetting(LOOKS_LIKE) from problem


def _tls(parts: SplitResult) -> str:
    said = parse_qs(parts.query, keep_blank_values=True)
    word = said.pop("tls", [""])[-1]
    if said or (word and (word not in TLS or parts.scheme == "smtps")):
        raise UnusableSetting(LOOKS_LIKE)
    if parts.scheme == "smtps":
        return "from_start"
    return "starttls" if word == "starttls" else ""


def _refuse_unsafe(server: MailServer, parts: SplitResult) -> None:
    """Neither a password nor what is written to people travels readable through a network."""
    if server.tls or server.host in LOOPBACK:
        return
    if server.password or "tls=none" not in parts.query:
        raise UnusableSetting(
            "KNOTENPUNKT_MAIL_URL would send readable mail through the network: add ?tls=starttls "
            "(or ?tls=none for a relay without password in a network of your own)."
        )
