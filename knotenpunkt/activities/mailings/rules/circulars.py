"""Decisions about circulars: who may do what to one at which stage."""

from __future__ import annotations

import hashlib
import json
from typing import Final
from uuid import UUID

from django.utils.translation import gettext as _

from knotenpunkt.activities.mailings.models import Circular, MailingSettings, Stage
from knotenpunkt.tools.mail.models import MailKind

# Nothing has left the house.
BEFORE = (Stage.DRAFT, Stage.TO_RELEASE, Stage.SCHEDULED)
# What is written can still be changed; what is planned has to be taken back first.
CHANGEABLE = (Stage.DRAFT, Stage.TO_RELEASE)
UNDER_WAY = (Stage.SENDING, Stage.PAUSED)
OVER = (Stage.STOPPED, Stage.SENT)
# The occasion of a circular that answers what somebody did.
THANKS: Final = "thanks"


def may_be_changed(circular: Circular) -> bool:
    """Before it is planned or sent."""
    return circular.stage in CHANGEABLE


def may_be_started(circular: Circular) -> bool:
    """Nobody was written to yet."""
    return circular.stage in BEFORE


def wants_answers(circular: Circular) -> bool:
    """An invitation does; news, messages and thanks do not, so that silence is no reason to ask."""
    return circular.kind == MailKind.INVITATION and circular.occasion != THANKS


def fingerprint(circular: Circular) -> str:
    """Of all that a recipient reads and of who the recipients are; of nothing else."""
    audience = circular.audience
    told = [
        circular.kind, circular.subject, circular.text, circular.by_mail, circular.by_letter,
        circular.shared_values, circular.own_values, str(circular.follows_id or ""),
        [audience.parts, audience.one_each] if audience else None,
    ]  # fmt: skip
    written = json.dumps(told, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(written.encode()).hexdigest()


def is_released(circular: Circular) -> bool:
    """A second person said yes to exactly what it says now."""
    if circular.released_at is None or circular.released_by_id is None:
        return False
    return circular.released_print == fingerprint(circular)


def waits_for_release(circular: Circular, settings: MailingSettings) -> bool:
    """Whether the network wants a second person, and none has said yes yet."""
    return settings.four_eyes and not is_released(circular)


def may_release(circular: Circular, user_id: UUID | None) -> bool:
    """Anybody but whoever wrote it last."""
    return circular.stage == Stage.TO_RELEASE and user_id not in (None, circular.author_id)


def what_is_missing(circular: Circular) -> list[str]:
    """What has to be done before it can be sent; [] when nothing."""
    told = (
        (not circular.subject, _("It has no subject yet.")),
        (not circular.text, _("It has no text yet.")),
        (circular.audience is None, _no_audience(circular)),
        (not (circular.by_mail or circular.by_letter), _("Choose mail, letters or both.")),
    )
    return [text for is_missing, text in told if is_missing]


def _no_audience(circular: Circular) -> str:
    if circular.occasion == THANKS:
        return _(
            "Thanks go only to those who took part, and that is known at the end: “Prepare the "
            "thanks” at the end of the campaign chooses them, and writes to each what they did."
        )
    return _("Nobody is chosen to write to.")
