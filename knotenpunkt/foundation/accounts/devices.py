"""Where somebody is signed in: the browser in words, since when, and when last used.

It lies in the session itself. Nothing of it is an address: neither of a computer nor of a person.
"""

from __future__ import annotations

import hashlib
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.models import Session
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from knotenpunkt.foundation.accounts.models import User
from knotenpunkt.foundation.networks.scope import scoped_database

BROWSER, SINCE, USED, NETWORKS = "browser", "signed_in_at", "used_at", "networks"
# "Last used" is this exact; more would mean to write on each page.
STEP_SECONDS = 15 * 60

# The first that fits: most browsers also claim to be others.
BROWSERS = (
    ("Edge", r"\bEdg(e|A|iOS)?/"), ("Opera", r"\b(OPR|Opera)/"), ("Samsung Internet", r"Samsung"),
    ("Firefox", r"\b(Firefox|FxiOS)/"), ("Chrome", r"(Chrome|CriOS|Chromium)/"),
    ("Safari", r"\bSafari/"),
)  # fmt: skip
SYSTEMS = (
    ("iPhone", r"iPhone"), ("iPad", r"iPad"), ("Android", r"Android"), ("Windows", r"Windows"),
    ("ChromeOS", r"CrOS"), ("macOS", r"Macintosh|Mac OS"), ("Linux", r"Linux|X11"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Device:
    """One session of a person. `mark` names it in a page without giving its key away."""

    mark: str
    browser: str
    since: datetime | None
    used: datetime | None
    is_this_one: bool


def browser_of(request: HttpRequest) -> str:
    """ "Firefox (Windows)"; "" when the browser does not say."""
    told = request.headers.get("User-Agent", "")
    browser, system = _first(BROWSERS, told), _first(SYSTEMS, told)
    return f"{browser} ({system})" if browser and system else browser or system


def _first(known: tuple[tuple[str, str], ...], told: str) -> str:
    return next((name for name, pattern in known if re.search(pattern, told)), "")


def remember(request: HttpRequest) -> None:
    """Write into a new session where and when it began."""
    now = int(time.time())
    request.session.update({BROWSER: browser_of(request), SINCE: now, USED: now})


def keep_last_use(session: SessionBase) -> bool:
    """Note that the session is in use, now and then; whether it did."""
    used, now = session.get(USED), int(time.time())
    if used is None or now - used < STEP_SECONDS:
        return False
    session[USED] = now
    return True


def devices(user: User, this_key: str | None) -> list[Device]:
    """Where the person is signed in, the session at hand first, then by last use."""
    now = timezone.now()
    lasting = ((one, data) for one, data in sessions_of([user.pk]) if one.expire_date > now)
    found = [_device(session, data, this_key) for session, data in lasting]
    newest = sorted(found, key=lambda one: one.used.timestamp() if one.used else 0, reverse=True)
    return sorted(newest, key=lambda one: not one.is_this_one)


def sessions_of(user_ids: Any) -> Iterator[tuple[Session, dict[str, Any]]]:
    """The sessions of these people, with what is in them; ended ones until they are deleted.

    What a session holds is signed, not indexed, so each is looked at: there are as many as people
    at work today.
    """
    ids = {str(one) for one in user_ids}
    for session in Session.objects.using(scoped_database()).iterator():
        data = session.get_decoded()
        if data.get(SESSION_KEY) in ids:
            yield session, data


def mark_of(session_key: str) -> str:
    """A name for a session in pages and forms."""
    return hashlib.sha256(f"session {session_key}".encode()).hexdigest()[:20]


def _device(session: Session, data: dict[str, Any], this_key: str | None) -> Device:
    return Device(
        mark=mark_of(session.session_key),
        browser=data.get(BROWSER) or _("unknown browser"),
        since=_moment(data.get(SINCE)),
        used=_moment(data.get(USED)),
        is_this_one=session.session_key == this_key,
    )


def _moment(seconds: int | None) -> datetime | None:
    return datetime.fromtimestamp(seconds, UTC) if seconds else None
