"""A real mail server in a thread: takes mail, or answers as a test wants it to."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.installations import free_port

TAKEN = "250 OK"
DROP = "drop the connection"


@dataclass
class PostOffice:
    """Takes mail and remembers it. Answers are used up one by one; then everything is taken."""

    rcpt: list[str] = field(default_factory=list)
    data: list[str] = field(default_factory=list)
    taken: list[EmailMessage] = field(default_factory=list)
    seen: int = 0

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        answer = self.rcpt.pop(0) if self.rcpt else TAKEN
        if answer == TAKEN:
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        self.seen += 1
        answer = self.data.pop(0) if self.data else TAKEN
        if answer in (TAKEN, DROP):
            mail: Any = message_from_bytes(envelope.content or b"", policy=policy.SMTP)
            mail["X-To"] = ", ".join(envelope.rcpt_tos)
            self.taken.append(mail)
        if answer == DROP:
            server.transport.abort()
            await asyncio.sleep(0.2)
        return answer


@contextmanager
def post_office() -> Iterator[tuple[PostOffice, int]]:
    """The server and its port on this machine."""
    office = PostOffice()
    controller = Controller(office, hostname="127.0.0.1", port=free_port(), ready_timeout=20)
    controller.start()
    try:
        yield office, controller.port
    finally:
        controller.stop()
