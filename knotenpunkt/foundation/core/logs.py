"""What must not reach a log."""

from __future__ import annotations

import logging
import re

QUERY_STRING = re.compile(r"\?[^\s\"']*")
# gunicorn's words for a request that it cannot read: address and parts of the request follow.
UNREADABLE_REQUEST = "Invalid request"


class WithoutQueryStrings(logging.Filter):
    """Cuts query strings: they hold what a family searched for."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = QUERY_STRING.sub("?…", record.getMessage()), None
        return True


class WithoutVisitors(WithoutQueryStrings):
    """For the server's own log: neither who asked, nor what."""

    def filter(self, record: logging.LogRecord) -> bool:
        super().filter(record)
        if record.msg.startswith(UNREADABLE_REQUEST):
            record.msg = UNREADABLE_REQUEST
        return True
