"""What families really type is read: slips, blanks in the wrong place, own words, hostile signs."""

from __future__ import annotations

import json

import pytest

from benchmarks.search.sets import JUDGED, rows
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.tools.search.actions import write_entries
from knotenpunkt.tools.search.lexicon import OwnMeaning, concept_name, lexicon
from knotenpunkt.tools.search.queries import Answer, Part, Request, search, warm_up
from tests.tools.search.conftest import Draft

MOST_MS = 2_000


@pytest.fixture(autouse=True, scope="module")
def loaded() -> None:
    """Encoder and lexicon."""
    warm_up()


@pytest.fixture
def offers(inside_a: Network, draft: Draft) -> None:
    """A few offers as a county has them."""
    write_entries(
        [
            draft("Hebammenvermittlung"),
            draft("Krabbelgruppe Moorbach", provider="Mehrgenerationenhaus Moorbach"),
            draft("Kindertagesstätte Regenbogen", text="Freie Plätze für Kinder ab einem Jahr."),
            draft("Sprechstunde für Säuglinge", text="Hilfe bei Unruhe und Schlafproblemen."),
            draft("Familienhebamme", text="Begleitung im ersten Jahr zu Hause."),
            draft("Stillberatung"),
            draft("Schuldnerberatung", provider="Caritasverband Moorbach"),
            draft("Babyschwimmen", provider="Schwimmverein Leisnig", places="Leisnig"),
            draft("Frauenhaus", text="Schutz bei Gewalt für Frauen und ihre Kinder."),
            draft("Sozialpädagogische Familienhilfe", text="Hilfe zur Erziehung zu Hause."),
            draft("Frühförderung", text="Förderung für Kinder mit Behinderung."),
        ]
    )


def best(text: str, **wanted: object) -> str:
    hits = search(Request(text=text, **wanted)).hits  # type: ignore[arg-type]
    return hits[0].title


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("krabelgruppe", "Krabbelgruppe Moorbach"),
        ("hebmame", "Hebammenvermittlung"),
        ("jebamme", "Hebammenvermittlung"),
        ("babyschreit", "Sprechstunde für Säuglinge"),
        ("mein baaaaby schreeeeeit", "Sprechstunde für Säuglinge"),
        ("famielien hebamme", "Familienhebamme"),
        ("baby schwimmen", "Babyschwimmen"),
        ("KINDERTAGESSTAETTE", "Kindertagesstätte Regenbogen"),
        ("kindertagesstatte", "Kindertagesstätte Regenbogen"),
        ("kitaplatzsuche", "Kindertagesstätte Regenbogen"),
        ("keine kita gefunden", "Kindertagesstätte Regenbogen"),
        ("SPFH", "Sozialpädagogische Familienhilfe"),
        ("caritas moorbach", "Schuldnerberatung"),
        ("schwimmverein leisnig", "Babyschwimmen"),
        ("мій чоловік мене б'є", "Frauenhaus"),
        ("con tôi khóc suốt đêm", "Sprechstunde für Säuglinge"),
    ],
)
def test_what_was_meant_is_found(offers: None, typed: str, meant: str) -> None:
    assert best(typed) == meant


def test_what_else_helps_stands_in_where_there_is_nothing(offers: None) -> None:
    assert best("unser kind hat das down syndrom") == "Frühförderung"


def test_a_name_is_read_from_the_whole_where_the_wish_is_shorter(offers: None) -> None:
    assert best("gruppe", named="mehrgenerationenhaus moorbach") == "Krabbelgruppe Moorbach"


def test_own_words_act_like_those_that_ship(offers: None) -> None:
    own = [OwnMeaning("Wichtelrunde", ("Krabbelgruppe",))]
    assert best("wichtelrunde", own_words=own) == "Krabbelgruppe Moorbach"


def test_own_words_lead_back_to_what_is_called_so(inside_a: Network, draft: Draft) -> None:
    write_entries([draft("Wichtelrunde"), draft("Lohnsteuerhilfe"), draft("Chorprobe")])
    own = [OwnMeaning("Wichtelrunde", ("Krabbelgruppe",))]
    answer = search(Request(text="krabbelgruppe", own_words=own))
    assert answer.hits[0].title == "Wichtelrunde"


# ── why, and how sure ───────────────────────────────────────────────────────────────────────────


def test_each_hit_says_why(offers: None) -> None:
    hit = search(Request(text="mein baby schreit nur noch")).hits[0]
    shares = [part.share for part in hit.parts]
    assert shares == sorted(shares, reverse=True)
    assert sum(shares) == pytest.approx(1.0, abs=0.02)
    concepts = [part for part in hit.parts if part.kind == "concept"]
    keys = {concept.key for concept in lexicon().concepts}
    assert concepts
    assert all(part.key in keys for part in concepts)
    assert all(part.label == concept_name(part.key, "de") for part in concepts)


def test_a_name_is_told_as_such(offers: None) -> None:
    hit = search(Request(text="schwimmverein leisnig")).hits[0]
    names = {part.label for part in hit.parts if part.kind == "name"}
    assert names == {"schwimmverein", "leisnig"}
    assert all(isinstance(part, Part) for part in hit.parts)


@pytest.mark.parametrize(
    ("text", "sure"),
    [
        ("mein baby schreit nur noch", True),
        ("schwimmverein leisnig", True),
        ("hebamme", True),
        ("reifenwechsel termin", False),
        ("wetter morgen", False),
    ],
)
def test_it_says_whether_it_is_sure(offers: None, text: str, sure: bool) -> None:
    assert search(Request(text=text)).confident is sure


def test_the_nearest_is_told_of_all_pages(inside_a: Network, draft: Draft) -> None:
    write_entries(
        [
            draft("Hort A", points=[(50.95, 13.34, True)]),
            draft("Hort B", points=[(50.92, 13.34, True)]),
        ]
    )
    answer = search(Request(text="hort", origin=(50.917, 13.342), limit=0))
    assert answer.hits == ()
    assert answer.nearest is not None
    assert answer.nearest.title == "Hort B"


@pytest.mark.parametrize("row", rows(JUDGED / "hostile.jsonl"), ids=lambda row: row["why"][:40])
def test_hostile_input_is_answered_in_time(offers: None, row: dict[str, str]) -> None:
    answer: Answer = search(Request(text=row["text"], named=row["text"]))
    assert answer.took_ms < MOST_MS
    json.dumps([hit.title for hit in answer.hits])


def test_names_of_concepts_fall_back_to_german() -> None:
    key = lexicon().concepts[0].key
    assert concept_name(key, "xx") == concept_name(key, "de") != ""
    assert concept_name("no-such-concept", "de") == ""
