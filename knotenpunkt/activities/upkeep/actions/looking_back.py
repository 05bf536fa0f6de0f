"""Writing down what happened before this program was there, for the demo and for taking over."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from knotenpunkt.activities.upkeep.models import Inquiry, Part, Reason, Stage, Standing, Tally, Way
from knotenpunkt.registers.partners.models import Organisation


def tell_month(month: date, *, confirmed: int, total: int, turn: int) -> None:
    """Where the network stood at the end of a former month; `turn` varies what was open."""
    rest = total - confirmed
    asked = min(rest, total * (3 + turn % 4) // 100)
    silent = min(rest - asked, total * (2 + turn % 3) // 100)
    row = Standing.objects.filter(month=month, region=None).first() or Standing(month=month)
    row.confirmed, row.asked, row.silent = confirmed, asked, silent
    row.due = rest - asked - silent
    row.save()
    tally, _is_new = Tally.objects.get_or_create(month=month, way=Way.LINK)
    tally.count = max(1, confirmed // 14)
    tally.save(update_fields=["count"])


def was_asked(organisation: Organisation, *, at: datetime, stage: Stage) -> None:
    """Somebody was asked at that time, and it has come to this stage since."""
    part = Part.objects.select_related("inquiry").filter(
        organisation=organisation, is_open=True
    ).first()  # fmt: skip
    if part is None or part.inquiry.stage == Stage.CALL:
        return
    inquiry: Inquiry = part.inquiry
    inquiry.asked_at, inquiry.stage = at, stage
    if stage != Stage.ASKED:
        inquiry.reminded_at = at + timedelta(days=10)
    if stage == Stage.CALL:
        inquiry.reminded_at = at + timedelta(days=20)
        inquiry.reason, inquiry.to_call_since = Reason.SILENT, at + timedelta(days=30)
    inquiry.save()
