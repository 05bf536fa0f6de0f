"""Campaigns at the desk: readers look at them, editors and coordinators run them."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.utils import timezone

from knotenpunkt.activities.campaigns.actions.copying import from_template
from knotenpunkt.activities.campaigns.actions.page import add_file, add_news, keep_lesson
from knotenpunkt.activities.campaigns.models import FileUse
from knotenpunkt.foundation.accounts.models import User
from knotenpunkt.foundation.networks.models import Network
from tests.access.table import EDITORS, MEMBERS, ROLES, Line, moved
from tests.activities.campaigns.joining import picture_file
from tests.factories import SYSTEM

READERS = MEMBERS | {"provider": 403}
UNKNOWN_TO_READERS = READERS | {"reader": 404, "editor": 404, "coordinator": 404}
UNKNOWN = EDITORS | {"editor": 404, "coordinator": 404}
ONLY_POSTED = dict.fromkeys(ROLES, 405)
MOVED = moved(EDITORS)
KEY = "campaign_id"


def props(network: Network, people: dict[str, User | None]) -> dict[str, UUID]:
    """A campaign from the template, with a picture, news and a lesson."""
    today = timezone.localdate()
    campaign = from_template(
        actor=SYSTEM, key="danke", title="Vorbereitet",
        starts_on=today + timedelta(days=90), ends_on=today + timedelta(days=150),
    )  # fmt: skip
    file = add_file(
        actor=SYSTEM, campaign=campaign, use=FileUse.LEAD, name="bild.jpg",
        content=picture_file().read(), title="Bild", alt="Ein Fest",
    )  # fmt: skip
    news = add_news(actor=SYSTEM, campaign=campaign, title="Neu", text="Neues", on=today)
    lesson = keep_lesson(actor=SYSTEM, campaign=campaign, text="Früher schreiben", keep=False)
    return {
        "prepared": campaign.pk,
        "prepared_file": file.pk,
        "prepared_news": news.pk,
        "prepared_lesson": lesson.pk,
    }


PAGES = ["goal", "hosts", "audience", "period", "setup_materials", "setup_texts", "setup_page",
         "setup_files", "people_to_ask", "setup_offers", "setup_links", "setup_news", "checks",
         "copy", "delete", "ending", "end"]  # fmt: skip
POSTS = ["open", "take_back", "reopen", "thank"]
FORMS = {f"campaigns:{name}" for name in (*PAGES, "new", "letters", "setup_file")}
FILE = {KEY: "prepared", "file_id": "prepared_file"}
NEWS = {KEY: "prepared", "news_id": "prepared_news"}
LESSON = {KEY: "prepared", "lesson_id": "prepared_lesson"}


def pages(name: str) -> list[Line]:
    """A page for those who run campaigns, and what is asked for at one that is not there."""
    return [
        Line(name, EDITORS, of="prepared", key=KEY),
        Line(name, UNKNOWN, of="invented", key=KEY),
    ]


def posts(name: str, expected: dict[str, int] = MOVED) -> list[Line]:
    """A deed: it cannot be asked for, only sent."""
    return [
        Line(name, ONLY_POSTED, of="prepared", key=KEY),
        Line(name, expected, of="prepared", key=KEY, method="post"),
        Line(name, UNKNOWN, of="invented", key=KEY, method="post"),
    ]


LINES = [
    Line("campaigns:list", READERS),
    Line("campaigns:new", EDITORS),
    Line("campaigns:campaign", READERS, of="prepared", key=KEY),
    Line("campaigns:campaign", UNKNOWN_TO_READERS, of="invented", key=KEY),
    Line("campaigns:letters", READERS, of="prepared", key=KEY),
    Line("campaigns:letters", UNKNOWN_TO_READERS, of="invented", key=KEY),
    Line("campaigns:letters", MOVED, of="prepared", key=KEY, method="post"),
    Line("campaigns:report", READERS, of="prepared", key=KEY),
    Line("campaigns:report", UNKNOWN_TO_READERS, of="invented", key=KEY),
    Line("campaigns:setup", MOVED, of="prepared", key=KEY),
    Line("campaigns:setup", UNKNOWN, of="invented", key=KEY),
    *[line for name in PAGES for line in pages(f"campaigns:{name}")],
    *[line for name in POSTS for line in posts(f"campaigns:{name}")],
    Line("campaigns:setup_file", EDITORS, kwargs=FILE),
    Line("campaigns:setup_file", UNKNOWN, kwargs=FILE | {"file_id": "invented"}),
    Line("campaigns:setup_file", UNKNOWN, kwargs=FILE | {KEY: "invented"}),
    Line("campaigns:drop_news", ONLY_POSTED, kwargs=NEWS),
    Line("campaigns:drop_news", UNKNOWN, kwargs=NEWS | {"news_id": "invented"}, method="post"),
    Line("campaigns:drop_news", UNKNOWN, kwargs=NEWS | {KEY: "invented"}, method="post"),
    Line("campaigns:forget_lesson", ONLY_POSTED, kwargs=LESSON),
    Line(
        "campaigns:forget_lesson", UNKNOWN, kwargs=LESSON | {"lesson_id": "invented"},
        method="post",
    ),
    Line("campaigns:forget_lesson", UNKNOWN, kwargs=LESSON | {KEY: "invented"}, method="post"),
]  # fmt: skip
