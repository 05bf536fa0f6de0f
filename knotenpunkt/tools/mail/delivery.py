"""Handing mails over to the mail server, and understanding what it says.

The protocol has one gap: when the connection breaks after the text was sent and before the answer
came, nobody knows whether the mail is on its way. That is told apart from everything else.
"""

from __future__ import annotations

import logging
import re
import smtplib
import ssl
from collections.abc import Callable
from contextlib import suppress
from email.utils import parseaddr
from types import TracebackType
from typing import Protocol, Self

from django.conf import settings
from django.utils.translation import gettext as _

from knotenpunkt.tools.jobs.problems import without_words
from knotenpunkt.tools.jobs.registry import Unworkable
from knotenpunkt.tools.mail.letters import Letter, domain_of, in_ascii

log = logging.getLogger(__name__)

GO_AHEAD = frozenset({354})
TAKEN = frozenset(range(200, 300))
LATER, PERMANENT = 400, 500
# The enhanced code of an answer, such as 5.1.1: the address is wrong for good.
BAD_ADDRESS = re.compile(rb"\b5\.1\.(1|2|3|6|10)\b")
BeforeText = Callable[[], None]


class Unclear(Unworkable):
    """Nobody knows whether the mail arrived; it must not be sent again by itself."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "The mail server gave no answer at the end. It is unclear whether the mail "
                "arrived, so it is not sent again by itself."
            )
        )


class Refused(Unworkable):
    """The server does not take this mail. `bad_address`: nobody will ever get mail there."""

    def __init__(self, text: str, *, again: bool, bad_address: bool = False) -> None:
        super().__init__(text, again=again)
        self.bad_address = bad_address


class Away(Unworkable):
    """The server cannot be used at all: none of the mails can be sent now."""

    def __init__(self, text: str) -> None:
        super().__init__(text, again=True)


class Interrupted(Unworkable):
    """The connection broke before the text was sent: this mail is tried again later."""

    def __init__(self) -> None:
        super().__init__(_("The mail server broke off."), again=True)


class Exchange(Protocol):
    """What takes letters, one after the other."""

    def hand_over(self, letter: Letter, before_text: BeforeText) -> None:
        """Give a letter away.

        Calls `before_text` when it is ready to take the text. Refused when it was not taken, Away
        when no letter is; Unclear when that cannot be known.
        """

    def __enter__(self) -> Self: ...

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None: ...


class MailServer:
    """The mail server of the installation: one connection for many letters, opened when needed."""

    def __init__(self) -> None:
        self._server: smtplib.SMTP | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._server is not None and problem is None:
            with suppress(OSError, smtplib.SMTPException):
                self._server.quit()
        self._hang_up()

    def open(self) -> None:
        """Sign in; Away when that fails."""
        self._connection()

    def hand_over(self, letter: Letter, before_text: BeforeText) -> None:
        """As `Exchange` says. After anything but a clear answer the connection is closed."""
        server = self._connection()
        text = _text_of(letter)
        try:
            _say(server, letter)
            before_text()
            _send_text(server, text)
        except Refused:
            self._start_over()
            raise
        except BaseException:
            self._hang_up()
            raise

    def _connection(self) -> smtplib.SMTP:
        if self._server is None:
            self._server = _opened()
        return self._server

    def _start_over(self) -> None:
        """Ready for the next letter, or closed."""
        try:
            if self._server is not None and self._server.rset()[0] not in TAKEN:
                self._hang_up()
        except (OSError, smtplib.SMTPException):
            self._hang_up()

    def _hang_up(self) -> None:
        if self._server is not None:
            self._server.close()
        self._server = None


class DemoMailbox:
    """Takes every letter and lets none leave: it stays in the mailbox of the demo."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        return None

    def hand_over(self, letter: Letter, before_text: BeforeText) -> None:
        """Nothing can go wrong here."""
        before_text()


def hand_over(letter: Letter, before_text: BeforeText) -> None:
    """Give one letter to the mail server, as `Exchange` says."""
    with MailServer() as server:
        server.hand_over(letter, before_text)


def try_server() -> None:
    """Sign in at the mail server and leave again; Unworkable when that fails."""
    with MailServer() as server:
        server.open()


def _opened() -> smtplib.SMTP:
    if not settings.EMAIL_HOST:
        raise Away(_("No mail server is set up."))
    try:
        server = _reached()
        try:
            _made_safe(server)
        except BaseException:
            server.close()
            raise
    except smtplib.SMTPAuthenticationError as problem:
        raise Away(_("The mail server does not accept our password.")) from problem
    except ssl.SSLError as problem:
        raise Away(_("The mail server cannot prove who it is.")) from problem
    except (OSError, smtplib.SMTPException) as problem:
        raise Away(_("The mail server cannot be reached.")) from problem
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


def _text_of(letter: Letter) -> bytes:
    try:
        return letter.as_bytes()
    except Exception as problem:
        log.error("A mail cannot be written:\n%s", without_words(problem))
        raise Refused(_("This mail cannot be written."), again=False) from problem


def _say(server: smtplib.SMTP, letter: Letter) -> None:
    """Who writes to whom, and that the text comes now."""
    try:
        if server.mail(in_ascii(letter.return_path))[0] not in TAKEN:
            raise Away(_("The mail server takes no mail from us at the moment."))
        _expect(server.rcpt(in_ascii(letter.to)), TAKEN, _("The address does not take mail."))
        _expect(server.docmd("DATA"), GO_AHEAD, _("It does not take this mail."))
    except (OSError, smtplib.SMTPException) as problem:
        raise Interrupted from problem


def _send_text(server: smtplib.SMTP, text: bytes) -> None:
    try:
        server.send(re.sub(rb"(?m)^\.", b"..", text) + b".\r\n")
        answer = server.getreply()
    except (OSError, smtplib.SMTPException) as problem:
        raise Unclear from problem
    if answer[0] not in TAKEN and answer[0] < LATER:  # nothing that a mail server says here
        raise Unclear
    _expect(answer, TAKEN, _("It does not take this mail."))


def _expect(answer: tuple[int, bytes], wanted: frozenset[int], otherwise: str) -> None:
    """Refused for another answer: for ever from 500 on, else until later."""
    code, words = answer
    if code in wanted:
        return
    told = _("The mail server says no (%(code)s). %(meaning)s") % {
        "code": code,
        "meaning": otherwise if code >= PERMANENT else _("It will be asked again."),
    }
    bad_address = code >= PERMANENT and bool(BAD_ADDRESS.search(words))
    raise Refused(told, again=code < PERMANENT, bad_address=bad_address)
