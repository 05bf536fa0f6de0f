"""What families search often, at the desk: what finds nothing stands first, and leads on."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook

from knotenpunkt.foundation.audit.models import Entry
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.foundation.networks.scope import in_network
from knotenpunkt.tools.search.actions.counts import Tally, add_counts, key_of
from knotenpunkt.tools.search.rules import first_of_month, months_before
from tests.conftest import Cast
from tests.factories import make_offer

pytestmark = pytest.mark.django_db
PAGE = "/mitte/desk/gesucht/"
THIS_MONTH = first_of_month(timezone.localdate())
LAST_MONTH = months_before(THIS_MONTH, 1)


def counted(network: Network, month: date = THIS_MONTH, **asked: tuple[int, int]) -> None:
    """texts_with_underscores=(count, without result), in German."""
    tallies = {("de", text.replace("_", " ")): Tally(*both) for text, both in asked.items()}
    with in_network(network):
        add_counts(tallies, month=month)


def titles(answer: Any) -> list[str]:
    return [row.cells[0].text for row in answer.context["rows"]]


@pytest.fixture
def petra(client: Client, cast: Cast) -> Client:
    client.force_login(cast.petra)
    return client


def key(network: Network, text: str) -> str:
    with in_network(network):
        return key_of(text)


def test_what_found_nothing_stands_first_and_seldom_texts_nowhere(
    petra: Client, network_a: Network
) -> None:
    counted(network_a, Hebamme=(40, 0), Kinderarzt=(12, 9), Max_Muster=(9, 9), Brotbus=(11, 11))
    answer = petra.get(PAGE)
    assert titles(answer) == ["Brotbus", "Kinderarzt", "Hebamme"]
    assert "Muster" not in answer.content.decode()
    assert titles(petra.get(PAGE, {"teil": "ohne-ergebnis"})) == ["Brotbus", "Kinderarzt"]


def test_a_month_and_a_language_alone(petra: Client, network_a: Network) -> None:
    counted(network_a, LAST_MONTH, Hebamme=(30, 0))
    counted(network_a, Kinderarzt=(12, 9), Hebamme=(3, 0))
    with in_network(network_a):
        add_counts({("uk", "Hebamme"): Tally(15)})
    assert titles(petra.get(PAGE, {"monat": f"{LAST_MONTH:%Y-%m}"})) == ["Hebamme"]
    assert titles(petra.get(PAGE, {"sprache": "uk"})) == ["Hebamme"]
    # Fewer than ten of that time and language are not shown, though the text is known.
    german = petra.get(PAGE, {"sprache": "de", "monat": f"{THIS_MONTH:%Y-%m}"})
    assert titles(german) == ["Kinderarzt"]


def test_all_searches_count_over_time_also_seldom_ones(petra: Client, network_a: Network) -> None:
    counted(network_a, Hebamme=(10, 0), selten=(10, 5))
    trend = petra.get(PAGE).context["trend"]
    last = trend.bars[-1]
    assert (last.count, last.without, last.share) == ("20", "5", "25 %")
    assert len(trend.bars) == 12


def test_nothing_searched_says_what_to_do(petra: Client) -> None:
    page = petra.get(PAGE).content.decode()
    assert "Noch wurde nichts gesucht" in page
    assert "Suche der Familien öffnen" in page


def test_a_search_leads_on(petra: Client, network_a: Network) -> None:
    with in_network(network_a):
        make_offer("Kinderarzt im Rathaus")
    counted(network_a, Kinderarzt=(12, 9))
    answer = petra.get(f"{PAGE}{key(network_a, 'Kinderarzt')}/")
    page = answer.content.decode()
    assert "Kinderarzt im Rathaus" in page
    assert "/mitte/desk/woerter/neu/?wort=Kinderarzt" in page
    assert "/mitte/desk/angebote/neu/?titel=Kinderarzt" in page
    assert "/mitte/desk/notizen/neu/?who=" in page
    for step in answer.context["steps"]:
        assert "Kinderarzt" in petra.get(step.url).content.decode()


def test_what_is_dealt_with_comes_back_when_it_is_searched_later(
    petra: Client, network_a: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    counted(network_a, LAST_MONTH, Kinderarzt=(12, 9))
    page = f"{PAGE}{key(network_a, 'Kinderarzt')}/"
    with monkeypatch.context() as patch:
        patch.setattr(
            "knotenpunkt.tools.search.actions.counts.first_of_month", lambda _day: LAST_MONTH
        )
        petra.post(f"{page}erledigt/")
    assert titles(petra.get(PAGE)) == []
    assert titles(petra.get(PAGE, {"teil": "erledigt"})) == ["Kinderarzt"]
    counted(network_a, THIS_MONTH, Kinderarzt=(11, 2))
    assert titles(petra.get(PAGE)) == ["Kinderarzt"]
    with in_network(network_a):
        # The log is kept longer than what was searched: it says that, not what.
        assert [one.title for one in Entry.objects.filter(deed="search.settle")] == [""]


def test_it_can_be_shown_again(petra: Client, network_a: Network) -> None:
    counted(network_a, Kinderarzt=(12, 9))
    page = f"{PAGE}{key(network_a, 'Kinderarzt')}/"
    petra.post(f"{page}erledigt/")
    assert titles(petra.get(PAGE)) == []
    petra.post(f"{page}wieder/")
    assert titles(petra.get(PAGE)) == ["Kinderarzt"]


def test_the_list_as_files(petra: Client, network_a: Network) -> None:
    counted(network_a, Kinderarzt=(12, 9), Hebamme=(20, 0))
    text = b"".join(petra.get(f"{PAGE}liste.csv").streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    assert text.splitlines()[1] == "Kinderarzt;Deutsch;12;9"
    content = b"".join(petra.get(f"{PAGE}liste.xlsx").streaming_content)  # type: ignore[attr-defined]
    rows = list(load_workbook(io.BytesIO(content)).active.values)  # type: ignore[union-attr]
    assert rows[1] == ("Kinderarzt", "Deutsch", "12", "9")


def test_nothing_of_another_network(petra: Client, network_b: Network) -> None:
    counted(network_b, Kinderarzt=(12, 9))
    assert petra.get(f"{PAGE}{key(network_b, 'Kinderarzt')}/").status_code == 404


def test_a_reader_sees_no_button_that_is_not_theirs(
    client: Client, cast: Cast, network_a: Network
) -> None:
    counted(network_a, Kinderarzt=(12, 9))
    client.force_login(cast.birgit)
    answer = client.get(f"{PAGE}{key(network_a, 'Kinderarzt')}/")
    assert answer.context["steps"] == []
    assert "Erledigt" not in answer.content.decode()
