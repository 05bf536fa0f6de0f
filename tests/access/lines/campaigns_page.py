"""The public page of a campaign, and what the desk does with it before it is public."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from uuid import UUID

from PIL import Image

from knotenpunkt.activities.campaigns.models import Campaign, CampaignFile, CampaignState, FileUse
from knotenpunkt.foundation.accounts.models import User
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.tools.files.actions import keep_file
from knotenpunkt.tools.files.pictures import renderings
from tests.access.table import EDITORS, MEMBERS, NOT_THERE, OPEN, Line

SLUG, DRAFT = "seite", "entwurf"
VERSION = "0" * 12


def props(network: Network, people: dict[str, User | None]) -> dict[str, UUID]:
    """A public campaign with a postcard, and one that is still prepared."""
    shown = _campaign(SLUG, CampaignState.OPEN)
    drawn = BytesIO()
    Image.new("RGB", (400, 300), "green").save(drawn, "PNG")
    large, small = renderings(drawn, 1000)
    card = CampaignFile(
        campaign=shown, use=FileUse.POSTCARD, title="Postkarte", alt="Eine Wiese",
        file=keep_file(name="karte.webp", content_type="image/webp", content=large.content),
        small=keep_file(name="klein.webp", content_type="image/webp", content=small.content),
    )  # fmt: skip
    card.save(force_insert=True)
    return {
        "page_campaign": shown.pk,
        "page_file": card.pk,
        "page_draft": _campaign(DRAFT, CampaignState.PREPARED).pk,
    }


def _campaign(slug: str, state: CampaignState) -> Campaign:
    campaign = Campaign(
        title="Sommer der Nachbarn", slug=slug, message="Feiern Sie mit!", press_text="Freiberg.",
        starts_on=date(2026, 6, 1), ends_on=date(2036, 9, 20), state=state,
    )  # fmt: skip
    campaign.save(force_insert=True)
    return campaign


READERS = MEMBERS | {"provider": 403}
UNKNOWN = EDITORS | {"editor": 404, "coordinator": 404}


def public(name: str, expected: dict[str, int] = OPEN, slug: str = SLUG, **parts: str) -> Line:
    """A line below the word of a campaign."""
    return Line(name, expected, kwargs={"slug": slug, **parts})


def at(name: str, expected: dict[str, int], of: str = "page_campaign", **parts: str) -> Line:
    """A line on a campaign at the desk."""
    return Line(name, expected, of=of, key="campaign_id", kwargs=parts)


FORMS = {"campaigns:text"}
LINES = [
    Line("campaigns:all", OPEN),
    public("campaigns:public"),
    public("campaigns:public", NOT_THERE, DRAFT),
    public("campaigns:public", NOT_THERE, "gibt-es-nicht"),
    public("campaigns:press_text"),
    public("campaigns:press_text", NOT_THERE, DRAFT),
    public("campaigns:share", form="quer"),
    public("campaigns:share", NOT_THERE, DRAFT, form="quer"),
    public("campaigns:share", NOT_THERE, form="rund"),
    Line(
        "campaigns:file", NOT_THERE, of="page_file", key="file_id",
        kwargs={"slug": SLUG, "version": VERSION, "size": "klein"},
    ),
    at("campaigns:preview", READERS),
    at("campaigns:preview", READERS, "page_draft"),
    at("campaigns:preview_file", READERS, file_id="page_file", size="klein"),
    at("campaigns:texts", READERS),
    at("campaigns:text", EDITORS, code="tr"),
    at("campaigns:text", UNKNOWN, code="xx"),
]  # fmt: skip
