"""Short ways to a campaign and to join-ins, through the product's own actions."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from io import BytesIO
from typing import Any

from django.utils import timezone
from PIL import Image

from knotenpunkt.activities.campaigns.actions.campaigns import (
    CampaignDraft,
    open_campaign,
    save_campaign,
)
from knotenpunkt.activities.campaigns.actions.deciding import approve
from knotenpunkt.activities.campaigns.actions.join_in_pictures import Picture
from knotenpunkt.activities.campaigns.actions.join_ins import Address, JoinInDraft, report_join_in
from knotenpunkt.activities.campaigns.models import Campaign, JoinIn
from knotenpunkt.registers.partners.actions import save_contact
from knotenpunkt.registers.partners.models import Contact
from knotenpunkt.tools.files.pictures import renderings
from tests.factories import SYSTEM, make_organisation

FREIBERG = Address("Haus Wiesenpfad", "Körnerweg 8", "09599", "Freiberg")
DOEBELN = Address("Stadtpark", "", "04720", "Döbeln")


def day(ahead: int) -> date:
    """So many days from now."""
    return timezone.localdate() + timedelta(days=ahead)


def at(ahead: int, hour: int, minute: int = 0) -> datetime:
    """A time on the wall, so many days from now."""
    return timezone.make_aware(
        datetime.combine(day(ahead), datetime.min.time().replace(hour=hour, minute=minute))
    )


def make_campaign(
    title: str = "Sommer der Familien", *, opened: bool = True, **values: Any
) -> Campaign:
    """A campaign around today, public unless told otherwise."""
    told: dict[str, Any] = {
        "message": "Wir feiern zusammen.",
        "starts_on": day(-10),
        "ends_on": day(90),
        "slug": "sommer",
    } | values
    made = save_campaign(actor=SYSTEM, draft=CampaignDraft(title=title, **told))
    if opened:
        open_campaign(actor=SYSTEM, campaign=made)
        made.refresh_from_db()
    return made


def make_contact(name: str = "Lina Link", house: str = "Haus Wiesenpfad", **values: Any) -> Contact:
    """Somebody who can report something."""
    return save_contact(
        actor=SYSTEM,
        organisation=make_organisation(house),
        name=name,
        **({"email": "lina@example.org"} | values),
    )


def draft(title: str = "Kinderfest", **values: Any) -> JoinInDraft:
    """A festival in ten days, in Freiberg."""
    told: dict[str, Any] = {
        "starts_at": at(10, 14),
        "ends_at": at(10, 18),
        "place": FREIBERG,
        "description": "Mit Hüpfburg und Kuchen.",
    }
    return JoinInDraft(title=title, **(told | values))


def reported(campaign: Campaign, title: str = "Kinderfest", **values: Any) -> JoinIn:
    """One that waits; `contact` and what a draft takes."""
    contact = values.pop("contact", None)
    key = values.pop("key", f"{title} {contact}")
    return report_join_in(
        actor=SYSTEM,
        campaign=campaign,
        draft=draft(title, **values),
        key=key,
        contact=contact,
    )


def approved(campaign: Campaign, title: str = "Kinderfest", **values: Any) -> JoinIn:
    """One that everybody sees."""
    return approve(actor=SYSTEM, join_in=reported(campaign, title, **values))


def picture(colour: str = "teal") -> Picture:
    """A small picture that was really decoded."""
    written = picture_file(colour)
    return Picture(*renderings(written, written.getbuffer().nbytes))


def picture_file(colour: str = "teal") -> BytesIO:
    """The same as a camera hands it over: with a place written into it."""
    made = Image.new("RGB", (640, 480), colour)
    exif = Image.Exif()
    exif[0x010E] = "taken at home"
    written = BytesIO()
    made.save(written, "JPEG", exif=exif)
    written.seek(0)
    return written
