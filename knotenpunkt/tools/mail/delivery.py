"""Handing a mail over to the mail server, and understanding what it says.

The protocol has one gap: when the connection breaks after the text was sent and before the answer
came, nobody knows whether the mail is on its way. That is told apart from everything else.
"""

from __future__ import annotations

import re
import smtplib
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from email.utils import parseaddr

from django.conf import settings
from django.utils.translation import gettext as _

from knotenpunkt.tools.jobs.registry import Unworkable
from knotenpunkt.tools.mail.letters import Letter, domain_of, in_ascii

GO_AHEAD, TAKEN = 354, 250
OK = frozenset({250, 251})
PERMANENT = 500


class Unclear(Unworkable):
    """Nobody knows whether the mail arrived; it must not be sent again by itself."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "The mail server gave no answer at the end. It is unclear whether the mail "
                "arrived, so it is not sent again by itself."
            )
        )


def hand_over(letter: Letter, before_text: Callable[[], None]) -> None:
    """Give the letter to the mail server.

    Calls `before_text` when the server is ready to take the text. Unworkable when it was not taken;
    Unclear when that cannot be known.
    """
    if not settings.EMAIL_HOST:
        raise Unworkable(_("No mail server is set up."))
    text = letter.as_bytes()
    with _connected() as server:
        _say(server, letter)
        before_text()
        _send_text(server, text)


def try_server() -> None:
    """Sign in at the mail server and leave again; Unworkable when that fails."""
    with _connected():
        pass


@contextmanager
def _connected() -> Iterator[smtplib.SMTP]:
    server = _opened()
    try:
        yield server
        with suppress(OSError, smtplib.SMTPException):
            server.quit()
    finally:
        server.close()


def _opened() -> smtplib.SMTP:
    try:
        server = _reached()
        try:
            _made_safe(server)
        except BaseException:
            server.close()
            raise
    except smtplib.SMTPAuthenticationError as problem:
        raise Unworkable(
            _("The mail server does not accept our password."), again=True
        ) from problem
    except ssl.SSLError as problem:
        raise Unworkable(_("The mail server cannot prove who it is."), again=True) from problem
    except (OSError, smtplib.SMTPException) as problem:
        raise Unworkable(_("The mail server cannot be reached."), again=True) from problem
    return server


def _reached() -> smtplib.SMTP:
    ours = domain_of(in_ascii(parseaddr(settings.DEFAULT_FROM_EMAIL)[1]))
    place, patience = (
        (settings.EMAIL_HOST, settings.EMAIL_PORT),
        float(settings.EMAIL_TIMEOUT or 20),
    )
    if settings.EMAIL_USE_SSL:
        context = ssl.create_default_context()
        return smtplib.SMTP_SSL(*place, local_hostname=ours, timeout=patience, context=context)
    return smtplib.SMTP(*place, local_hostname=ours, timeout=patience)


def _made_safe(server: smtplib.SMTP) -> None:
    if settings.EMAIL_USE_TLS:
        server.starttls(context=ssl.create_default_context())
    server.ehlo_or_helo_if_needed()
    if settings.EMAIL_HOST_USER:
        server.login(settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD)


def _say(server: smtplib.SMTP, letter: Letter) -> None:
    """Who writes to whom, and that the text comes now."""
    try:
        _expect(server.mail(in_ascii(letter.sender))[0], OK, _("It takes no mail from us."))
        _expect(server.rcpt(in_ascii(letter.to))[0], OK, _("The address does not take mail."))
        _expect(server.docmd("DATA")[0], {GO_AHEAD}, _("It does not take this mail."))
    except (OSError, smtplib.SMTPException) as problem:
        raise Unworkable(_("The mail server broke off."), again=True) from problem


def _send_text(server: smtplib.SMTP, text: bytes) -> None:
    try:
        server.send(re.sub(rb"(?m)^\.", b"..", text) + b".\r\n")
        code = server.getreply()[0]
    except (OSError, smtplib.SMTPException) as problem:
        raise Unclear from problem
    _expect(code, {TAKEN}, _("It does not take this mail."))


def _expect(code: int, wanted: frozenset[int] | set[int], otherwise: str) -> None:
    """Unworkable for another answer: for ever from 500 on, else until later."""
    if code in wanted:
        return
    told = _("The mail server says no (%(code)s). %(meaning)s") % {
        "code": code,
        "meaning": otherwise if code >= PERMANENT else _("It will be asked again."),
    }
    raise Unworkable(told, again=code < PERMANENT)
