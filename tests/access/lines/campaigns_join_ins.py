"""Join-ins: for everybody once they are shown, at the desk, and behind a personal link."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from knotenpunkt.activities.campaigns.actions.deciding import approve, withdraw
from knotenpunkt.activities.campaigns.actions.join_ins import report_join_in
from knotenpunkt.activities.campaigns.models import Campaign, CampaignState, JoinIn
from knotenpunkt.foundation.accounts.models import User
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.registers.partners.actions import save_contact
from knotenpunkt.registers.partners.models import Contact
from knotenpunkt.tools.links.actions import link_token
from tests.access.table import EDITORS, MEMBERS, NOT_THERE, OPEN, ROLES, Line, moved
from tests.activities.campaigns.joining import draft, picture
from tests.factories import SYSTEM, make_organisation

SLUG = "mitmachen-sommer"
READERS = MEMBERS | {"provider": 403}


def props(network: Network, people: dict[str, User | None]) -> dict[str, object]:
    """One that is shown, one that is over, one that waits, one that was withdrawn."""
    today = timezone.localdate()
    campaign = Campaign(
        title="Sommer", slug=SLUG, starts_on=today - timedelta(days=30),
        ends_on=today + timedelta(days=60), state=CampaignState.OPEN,
    )  # fmt: skip
    campaign.save(force_insert=True)
    contact = save_contact(
        actor=SYSTEM, organisation=make_organisation("Haus der Aktion"), name="Ada Aktion"
    )
    soon = _shown(campaign, contact, "bald", 10)
    gone = _shown(campaign, contact, "abgesagt", 11)
    withdraw(actor=SYSTEM, join_in=gone)
    return {
        "joined_campaign": campaign.pk,
        "join_in": soon.pk,
        "join_in_over": _shown(campaign, contact, "vorbei", -5).pk,
        "join_in_waiting": _reported(campaign, contact, "wartet", 12).pk,
        "join_in_gone": gone.pk,
        "join_in_file": soon.small_picture_id,
        "join_in_link": link_token(actor=SYSTEM, holder=contact.pk),
    }


def _reported(campaign: Campaign, contact: Contact, key: str, ahead: int) -> JoinIn:
    at = timezone.now() + timedelta(days=ahead)
    told = draft(starts_at=at, ends_at=None, picture=picture(), picture_alt="x", has_rights=True)
    return report_join_in(actor=SYSTEM, campaign=campaign, draft=told, key=key, contact=contact)


def _shown(campaign: Campaign, contact: Contact, key: str, ahead: int) -> JoinIn:
    return approve(actor=SYSTEM, join_in=_reported(campaign, contact, key, ahead))


def public(name: str, expected: dict[str, int] = OPEN, query: str = "", **parts: str) -> Line:
    """A line below the word of the campaign."""
    return Line(name, expected, query=query, kwargs={"slug": SLUG, **parts})


def at(name: str, expected: dict[str, int], one: str = "", **more: str) -> Line:
    """A line at the desk."""
    kwargs = {"campaign_id": "joined_campaign"} | ({"join_in_id": one} if one else {})
    method = more.pop("method", "get")
    return Line(name, expected, method=method, kwargs=kwargs | more)


def mine(name: str, expected: dict[str, int], one: str = "", **more: str) -> Line:
    """A line behind the link."""
    kwargs = {"token": "join_in_link"} | ({"join_in_id": one} if one else {})
    method = more.pop("method", "get")
    return Line(name, expected, method=method, kwargs=kwargs | more)


REFUSED = dict.fromkeys(ROLES, 403)
GONE = dict.fromkeys(ROLES, 410)
WITHIN = READERS | {"reader": 404, "editor": 404, "coordinator": 404}
FORMS = {
    "campaigns:desk_join_in", "campaigns:edit_join_in", "campaigns:answer_join_in",
    "campaigns:new_join_in", "campaigns:join_ins_export",
    "personal:join_in_report", "personal:join_in_change", "personal:join_in_withdraw",
    "personal:join_in_afterwards", "personal:join_in_poster", "personal:join_in_picture",
}  # fmt: skip

LINES = [
    public("campaigns:join_ins_public"),
    public("campaigns:join_ins_public", query="ansicht=kalender"),
    public("campaigns:join_ins_public", query="ansicht=karte&ort=Freiberg"),
    Line("campaigns:join_ins_public", NOT_THERE, kwargs={"slug": "erfunden"}),
    public("campaigns:join_ins_feed"),
    public("campaigns:join_in", join_in_id="join_in"),
    public("campaigns:join_in", GONE, join_in_id="join_in_gone"),
    public("campaigns:join_in", NOT_THERE, join_in_id="join_in_waiting"),
    public("campaigns:join_in", NOT_THERE, join_in_id="invented"),
    public("campaigns:join_in_calendar", join_in_id="join_in"),
    public("campaigns:join_in_calendar", NOT_THERE, join_in_id="join_in_waiting"),
    public("campaigns:join_in_poster", join_in_id="join_in"),
    public("campaigns:join_in_poster", NOT_THERE, join_in_id="join_in_waiting"),
    public("campaigns:join_in_picture", file_id="join_in_file"),
    public("campaigns:join_in_picture", NOT_THERE, file_id="invented"),
    at("campaigns:join_ins", READERS),
    Line(
        "campaigns:join_ins_export",
        EDITORS,
        method="post",
        data={"form": "csv"},
        kwargs={"campaign_id": "joined_campaign"},
    ),
    at("campaigns:new_join_in", EDITORS),
    at("campaigns:desk_join_in", READERS, "join_in"),
    at("campaigns:desk_join_in", WITHIN, "invented"),
    at("campaigns:desk_join_in", moved(EDITORS), "join_in_waiting", method="post"),
    at("campaigns:edit_join_in", EDITORS, "join_in_waiting"),
    at("campaigns:answer_join_in", EDITORS, "join_in_waiting", deed="freigeben"),
    at("campaigns:answer_join_in", EDITORS, "join_in_waiting", deed="zurueckfragen"),
    at("campaigns:answer_join_in", EDITORS, "join_in_waiting", deed="ablehnen"),
    at("campaigns:desk_join_in_poster", READERS, "join_in_waiting"),
    at("campaigns:desk_join_in_picture", READERS, "join_in", file_id="join_in_file"),
    at("campaigns:desk_join_in_picture", WITHIN, "join_in", file_id="invented"),
    mine("personal:join_in_report", OPEN, campaign_id="joined_campaign"),
    mine("personal:join_in_report", NOT_THERE, campaign_id="invented"),
    mine("personal:join_in_report", REFUSED, campaign_id="joined_campaign", method="post"),
    mine("personal:join_in_change", OPEN, "join_in"),
    mine("personal:join_in_change", NOT_THERE, "invented"),
    mine("personal:join_in_change", REFUSED, "join_in", method="post"),
    mine("personal:join_in_withdraw", OPEN, "join_in"),
    mine("personal:join_in_withdraw", REFUSED, "join_in", method="post"),
    mine("personal:join_in_afterwards", OPEN, "join_in_over"),
    mine("personal:join_in_afterwards", NOT_THERE, "join_in"),
    mine("personal:join_in_poster", OPEN, "join_in"),
    mine("personal:join_in_poster", NOT_THERE, "join_in_waiting"),
    mine("personal:join_in_picture", OPEN, "join_in", file_id="join_in_file"),
    mine("personal:join_in_picture", NOT_THERE, "join_in", file_id="invented"),
]
