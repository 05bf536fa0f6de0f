"""Understanding what comes back to the return address of a mail.

It may be a report of a mail server (RFC 3464), a bounce in plain words, a note that somebody is
away, or an answer of a person. Only reports and bounces say that a mail did not arrive, and only
some of them that it never will.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from enum import Enum
from uuid import UUID

from knotenpunkt.tools.mail.returns import returned

# Who a mail was handed to stands in one of these, as the mail server here writes it.
TO_WHOM = ("Delivered-To", "X-Original-To", "Envelope-To", "X-Envelope-To", "To", "Cc")
LONGEST_TEXT = 20_000


class Verdict(Enum):
    """What came back means for the mail."""

    GONE = "the address takes no mail for good"
    RETURNED = "it did not arrive this time"
    DELAYED = "it is still tried"
    ARRIVED = "it arrived"
    AWAY = "somebody is away; it arrived"
    ANSWERED = "somebody answered"


@dataclass(frozen=True, slots=True)
class Returned:
    """Which mail it is about, what it means, and the code of the report where it has one."""

    number: UUID
    verdict: Verdict
    code: str = ""


STATUS = re.compile(r"\b([245])\.(\d{1,3})\.(\d{1,3})\b")
REPLY = re.compile(r"\b(4\d\d|5[0-7]\d)[ -]")
# 5.1.x is about the address, 5.2.1 a mailbox that was closed. A full mailbox, a mail that was
# too large or taken for advertising says nothing about the address.
FOR_GOOD = re.compile(r"5\.(1\.(0|1|2|3|6|10)|2\.1|4\.4|7\.17)")
SERVERS = re.compile(r"mailer-daemon|postmaster|mail delivery|mail-?system|zustelldienst", re.I)
NOT_DELIVERED = re.compile(
    r"undeliver|delivery (status notification|has failed|failure|to the following)|returned mail"
    r"|mail delivery failed|failure notice|nicht zugestellt|unzustellbar|nicht zustellbar"
    r"|konnte(n)? nicht (zugestellt|ausgeliefert|übermittelt)|zustellung (ist )?fehlgeschlagen"
    r"|could not be delivered|wasn.t delivered|empfänger (ist )?unbekannt",
    re.I,
)
NOBODY = re.compile(
    r"(user|recipient|mailbox|address|account|benutzer|empfänger|empfängeradresse|adresse|postfach"
    r"|konto)[^.\n]{0,60}(unknown|not found|does(n.t| not) exist|no longer|unavailable|invalid"
    r"|disabled|unbekannt|existiert nicht|nicht (gefunden|vorhanden|bekannt|mehr)|ungültig"
    r"|deaktiviert|gibt es nicht)"
    r"|no such (user|mailbox|address)|unknown (user|recipient|address|mailbox)|unbekannte[rn]?"
    r" (empfänger|benutzer|adresse)|unrouteable address|host or domain name not found",
    re.I,
)
FULL = re.compile(
    r"quota|mailbox (is )?full|over ?quota|postfach (ist )?(voll|überfüllt)|speicherplatz|zu groß"
    r"|too large|spam|blocked|blocklist|blacklist|policy|greylist|try again|vorübergehend|später",
    re.I,
)
STILL_TRIED = re.compile(
    r"delayed|verzögert|will (continue|keep) (to try|trying)|noch nicht zugestellt"
    r"|weitere versuche",
    re.I,
)
IS_AWAY = re.compile(
    r"abwesen|out of (the )?office|automatische antwort|auto(matic)?[- ]?(reply|response)|autoreply"
    r"|urlaub|nicht im (büro|haus)|eingangsbestätigung|elternzeit|mutterschutz",
    re.I,
)


def understood(raw: bytes, to: str = "") -> Returned | None:
    """What a mail that came back says; None when it is about none of ours.

    `to` is the address it was handed to, where the mail server tells it apart from the mail.
    """
    mail = message_from_bytes(raw, policy=policy.default)
    if not isinstance(mail, EmailMessage):
        return None
    number = returned(f"{to}\n{_addresses(mail)}")
    return None if number is None else _judged(number, mail)


def _addresses(mail: EmailMessage) -> str:
    return "\n".join(_head(mail, name) for name in TO_WHOM)


def _head(mail: EmailMessage, name: str) -> str:
    """All lines of this name; what no parser understands is no reason to lose the mail."""
    try:
        return "\n".join(str(value) for value in mail.get_all(name, []))
    except (ValueError, IndexError, AttributeError, TypeError):
        return ""


def _judged(number: UUID, mail: EmailMessage) -> Returned:
    report = _report(mail)
    if report is not None:
        return _of_report(number, *report)
    subject, text = _head(mail, "Subject"), _text(mail)
    is_of_server = bool(SERVERS.search(_head(mail, "From")))
    if not is_of_server and _is_of_machine(mail, subject):
        return Returned(number, Verdict.AWAY)
    comes_from_nobody = _head(mail, "Return-Path").strip() == "<>"
    if is_of_server or NOT_DELIVERED.search(f"{subject}\n{text}" if comes_from_nobody else subject):
        return _of_words(number, f"{subject}\n{text}")
    return Returned(number, Verdict.AWAY if comes_from_nobody else Verdict.ANSWERED)


def _report(mail: EmailMessage) -> tuple[str, str] | None:
    """(action, status) of the recipient; None when this is no such report."""
    for part in mail.walk():
        if part.get_content_type() == "message/delivery-status":
            told = _blocks(part)
            action = re.search(r"^Action:\s*(\w+)", told, re.I | re.M)
            status = re.search(r"^Status:\s*(\d\.\d{1,3}\.\d{1,3})", told, re.I | re.M)
            if action or status:
                return action[1].lower() if action else "failed", status[1] if status else ""
    return None


def _blocks(part: EmailMessage) -> str:
    payload = part.get_payload()
    return "\n".join(map(str, payload)) if isinstance(payload, list) else str(payload)


def _of_report(number: UUID, action: str, status: str) -> Returned:
    if action == "delayed":
        return Returned(number, Verdict.DELAYED, status)
    if action != "failed":  # delivered, relayed, expanded
        return Returned(number, Verdict.ARRIVED)
    return Returned(number, _verdict(status), status)


def _verdict(status: str) -> Verdict:
    return Verdict.GONE if FOR_GOOD.fullmatch(status) else Verdict.RETURNED


def _of_words(number: UUID, text: str) -> Returned:
    if STILL_TRIED.search(text) and not NOBODY.search(text):
        return Returned(number, Verdict.DELAYED)
    found = STATUS.search(text)
    code = found[0] if found else (reply[1] if (reply := REPLY.search(text)) else "")
    if found and found[1] == "5":
        return Returned(number, _verdict(code), code)
    is_gone = bool(NOBODY.search(text)) and not FULL.search(text) and not code.startswith("4")
    return Returned(number, Verdict.GONE if is_gone else Verdict.RETURNED, code)


def _is_of_machine(mail: EmailMessage, subject: str) -> bool:
    """A machine answered for a person: nothing is wrong with the address."""
    said = _head(mail, "Auto-Submitted").strip().lower()
    named = any(_head(mail, name) for name in ("X-Autoreply", "X-Autorespond", "X-Auto-Reply"))
    return said.startswith("auto-replied") or named or bool(IS_AWAY.search(subject))


def _text(mail: EmailMessage) -> str:
    """The words of the bounce itself, without the mail that it sends back."""
    for part in mail.walk():
        if part.get_content_maintype() == "text" and not part.is_attachment():
            return _decoded(part)[:LONGEST_TEXT]
    return ""


def _decoded(part: EmailMessage) -> str:
    """The text, also where it does not say in which letters it is written, or says it wrongly."""
    payload = part.get_payload(decode=True)
    octets = payload if isinstance(payload, bytes) else b""
    for letters in (part.get_content_charset(), "utf-8", "cp1252"):
        try:
            return octets.decode(letters or "ascii")
        except (UnicodeDecodeError, LookupError):
            continue
    return octets.decode("utf-8", "replace")
