"""What must not reach a log."""

from __future__ import annotations

import logging
import re

QUERY_STRING = re.compile(r"\?[^\s\"']*")


class WithoutQueryStrings(logging.Filter):
    """Cuts query strings: they hold what a family searched for."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = QUERY_STRING.sub("?…", record.getMessage()), None
        return True
