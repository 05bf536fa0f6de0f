"""The demo: large enough to be believed, invented throughout, and nowhere said twice."""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from functools import cache
from typing import Any

import pytest

from knotenpunkt.front.demo.networks import NETWORKS, DemoNetwork
from knotenpunkt.front.demo.records import DATA
from knotenpunkt.registers.areas import postal_codes
from knotenpunkt.registers.partners.models import PartnerKind

KINDS, ORGANISATIONS, OFFERS = 60, 300, 700
SAID = ("summary", "description", "easy", "text", "times_note", "registration_note")
SENTENCE_END = re.compile(r"(?<=[.!?…])\s+|\n+")
WORD = re.compile(r"[a-zäöüß]+")
MAIL = re.compile(r"[\w.+-]+@([\w.-]+)")
SITE = re.compile(r"(?:https?://|www\.)([\w.-]+)|\b([\w-]+\.(?:de|com|org|net|eu|info))\b")
PHONE = re.compile(r"(?<!\d)(?:\+49|0)[\d /()-]{6,}\d")
# Reserved for fiction by the Bundesnetzagentur: number range → how many digits follow.
FICTION = re.compile(r"^(?:030 ?23125|040 ?66969|069 ?90009|0221 ?4710|089 ?99998) ?\d{3}$")
DAYS = frozenset(
    {
        *("montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag", "sonnabend"),
        *("sonntag", "januar", "februar", "märz", "april", "mai", "juni", "juli", "august"),
        *("september", "oktober", "november", "dezember"),
    }
)

# Words of names that say something in a sentence, too.
EVERYDAY = {"am", "an", "auf", "der", "die", "das", "im", "in", "und", "zu", "mit", "bei"}


@cache
def rows(network: DemoNetwork, kind: str) -> list[dict[str, Any]]:
    found = sorted((DATA / network.slug).glob(f"{kind}-*.jsonl"))
    lines = [line for file in found for line in file.read_text(encoding="utf-8").splitlines()]
    return [json.loads(line) for line in lines]


def everything() -> list[dict[str, Any]]:
    """Organisations, offers, deeds, remarks, calls, lines of imported lists, the library."""
    kinds = ("organisations", "offers", "deeds", "remarks", "care")
    told = [row for network in NETWORKS for kind in kinds for row in rows(network, kind)]
    told += [{**row["wanted"], "key": row["offer"]} for row in told if "wanted" in row]
    told += [row for network in NETWORKS for row in listed(network)]
    return told + [row for network in NETWORKS for row in materials(network)]


def materials(network: DemoNetwork) -> list[dict[str, Any]]:
    """The texts of the library, a line for each version."""
    told = [{"key": row["title"], "summary": row["purpose"]} for row in rows(network, "materials")]
    return told + [
        {"key": row["title"], "summary": one["changed"], "text": one["text"]}
        for row in rows(network, "materials")
        for one in row["versions"]
    ]


@cache
def listed(network: DemoNetwork) -> list[dict[str, Any]]:
    """The lines of the lists; each has a key for messages, and its description as such."""
    found = []
    for file in sorted((DATA / network.slug).glob("lists/*.csv")):
        with file.open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines, delimiter=";"):
                found.append({**row, "key": file.name, "description": row["Beschreibung"]})
    return found


def strings(value: Any) -> list[str]:
    """All texts inside a row."""
    if isinstance(value, dict):
        return [text for part in value.values() for text in strings(part)]
    if isinstance(value, list):
        return [text for part in value for text in strings(part)]
    return [value] if isinstance(value, str) else []


def test_the_county_is_as_large_as_a_real_one() -> None:
    county = NETWORKS[0]
    assert county.slug == "mittelsachsen"
    assert len(rows(county, "organisations")) >= ORGANISATIONS
    assert len(rows(county, "offers")) >= OFFERS
    assert len({row["sort"] for row in rows(county, "offers")}) >= KINDS


def test_keys_are_unique_and_lead_somewhere() -> None:
    for network in NETWORKS:
        organisations = [row["key"] for row in rows(network, "organisations")]
        offers = [row["key"] for row in rows(network, "offers")]
        assert max(Counter(organisations).values(), default=1) == 1
        assert max(Counter(offers).values(), default=1) == 1
        bodies = {row["body"] for row in rows(network, "organisations")} - {None}
        assert bodies | {row["org"] for row in rows(network, "offers")} <= set(organisations)


def test_no_sentence_occurs_twice() -> None:
    """Not even after removing names, days, towns and numbers."""
    seen: dict[str, str] = {}
    twice = []
    for row in everything():
        for field in SAID:
            for sentence in SENTENCE_END.split(row.get(field) or ""):
                bare, key = _bare(sentence), _label(row)
                if bare and bare in seen:
                    twice.append(f"{seen[bare]} / {key}: {sentence}")
                seen.setdefault(bare, key)
    assert not twice, f"Write these anew: {twice}"


def _label(row: dict[str, Any]) -> str:
    """Where a sentence stands, for the message."""
    return next((str(row[name]) for name in ("key", "deed", "org", "house") if name in row), "")


def _bare(sentence: str) -> str:
    words = WORD.findall(sentence.lower())
    return " ".join(word for word in words if word not in _names())


@cache
def _names() -> frozenset[str]:
    """Words of names, towns and days: what may differ between two sentences that are the same."""
    keys = [key for network in NETWORKS for key in network.area_keys]
    towns = {row.town for row in postal_codes.all_rows() if postal_codes.within(row.area_key, keys)}
    people = {row["contact"]["name"] for row in everything() if row.get("contact")}
    names = {row["name"] for row in everything() if "name" in row}
    told = {word for text in towns | people | names for word in WORD.findall(text.lower())}
    return frozenset(told | DAYS) - EVERYDAY


def test_deeds_are_done_by_members_to_what_is_there() -> None:
    for network in NETWORKS:
        members = {login.email for login in network.logins}
        offers = {row["key"] for row in rows(network, "offers")}
        organisations = {row["key"] for row in rows(network, "organisations")}
        for row in rows(network, "deeds"):
            assert row.get("who") in members or row["deed"] in ("call", "hint"), row
            assert row.get("offer") in offers | {None}, row
            assert row.get("org") in organisations | {None}, row
            assert (DATA / network.slug / row.get("file", "")).exists(), row


def test_remarks_calls_and_doubles_are_about_what_is_there() -> None:
    for network in NETWORKS:
        offers = {row["key"] for row in rows(network, "offers")}
        organisations = {row["key"] for row in rows(network, "organisations")}
        assert {row["offer"] for row in rows(network, "care") if "offer" in row} <= offers
        remarks = rows(network, "remarks")
        named = {row["org"] for row in remarks if "org" in row}
        named |= {key for row in remarks for key in row.get("orgs", [])}
        named |= {row["of"] for row in rows(network, "doubles")}
        assert named <= organisations
        houses = [kind for row in remarks for kind in row.get("houses", [row.get("house")])]
        assert {kind for kind in houses if kind} <= set(PartnerKind.values)


def test_every_network_says_how_its_partners_answered() -> None:
    for network in NETWORKS:
        told = Counter(row["care"] for row in rows(network, "care"))
        assert told["call"] >= 3 and told["change"] >= 3
        assert sum("text" in row for row in rows(network, "remarks")) >= 8
    assert sum("text" in row for row in rows(NETWORKS[0], "remarks")) >= 40
    assert len(rows(NETWORKS[0], "doubles")) == 12


def test_the_desk_has_something_of_everything() -> None:
    county = Counter(row["deed"] for row in rows(NETWORKS[0], "deeds"))
    assert {"call", "hint", "note", "draft", "change", "import", "view", "invite"} <= county.keys()


def test_titles_differ() -> None:
    for network in NETWORKS:
        drafts = [row for row in rows(network, "deeds") if "title" in row]
        listed_titles = [row["Angebot"] for row in listed(network) if row["Angebot"]]
        titles = Counter(
            [row["title"] for row in [*rows(network, "offers"), *drafts]] + listed_titles
        )
        assert [title for title, times in titles.items() if times > 1] == []


def test_mail_and_sites_lead_nowhere() -> None:
    texts = [text for row in everything() for text in strings(row)]
    foreign = [
        found
        for text in texts
        for pattern in (MAIL, SITE)
        for match in pattern.finditer(text)
        for found in [next(filter(None, match.groups()))]
        if found != "example.org" and not found.endswith(".example.org")
    ]
    assert not foreign
    logins = [login.email for network in NETWORKS for login in network.logins]
    contacts = [str(network.details["contact_email"]) for network in NETWORKS]
    assert all(mail.endswith("example.org") for mail in logins + contacts)


def test_telephone_numbers_ring_nowhere() -> None:
    told = [m[0] for row in everything() for text in strings(row) for m in PHONE.finditer(text)]
    loaded = [f"{one.phones}{100 + len(rows(one, 'organisations')) - 1:03d}" for one in NETWORKS]
    numbers = told + loaded + [network.contact_phone for network in NETWORKS]
    real = [number for number in numbers if not FICTION.match(number)]
    assert not real, f"Take numbers that are reserved for fiction: {real}"


@pytest.mark.parametrize("network", NETWORKS, ids=lambda network: network.slug)
def test_the_network_says_that_it_is_a_demo(network: DemoNetwork) -> None:
    assert "Demo" in network.name
    assert network.details["is_demo"] is True
    assert "erfunden" in str(network.details["operator"])


def test_addresses_stand_on_real_geography() -> None:
    places = [row for row in everything() if row.get("postal_code")]
    places += [place for row in everything() for place in row.get("places", [])]
    unknown = [p for p in places if postal_codes.row_for(p["postal_code"], p["town"]) is None]
    assert not unknown


def test_networks_look_different() -> None:
    assert len({network.accent for network in NETWORKS}) == len(NETWORKS)
    assert len({network.mark for network in NETWORKS}) == len(NETWORKS)
