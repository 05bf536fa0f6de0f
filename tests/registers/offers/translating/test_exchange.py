"""Texts to translators and back: what arrives is told first, then taken in, and can be undone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from django.utils import timezone

from knotenpunkt.foundation.accounts.actors import Actor, Person
from knotenpunkt.foundation.accounts.rights import Role
from knotenpunkt.foundation.core.personal_data import Person as Erased
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.foundation.networks.scope import in_network
from knotenpunkt.registers.offers.actions import save_offer
from knotenpunkt.registers.offers.models import Offer, OfferText, TextOrigin, TextRun, TextState
from knotenpunkt.registers.offers.privacy import expire
from knotenpunkt.registers.offers.translating.actions.arriving import (
    KEPT,
    TooLate,
    begin,
    forget_runs,
    plan_file,
    plan_service,
    undo,
)
from knotenpunkt.registers.offers.translating.actions.giving_out import export_texts
from knotenpunkt.registers.offers.translating.actions.writing import save_text
from knotenpunkt.registers.offers.translating.drafts import TextDraft
from knotenpunkt.registers.offers.translating.exchange import ALL, NEEDED, Fate
from knotenpunkt.registers.offers.translating.parts import longest
from knotenpunkt.registers.offers.translating.queries import offers_by_id
from knotenpunkt.tools.jobs.models import Job, State
from knotenpunkt.tools.jobs.worker import run_waiting
from knotenpunkt.tools.translations import formats, services
from knotenpunkt.tools.translations.services import ServiceProblem
from knotenpunkt.tools.translations.units import Texts, Unit, UnreadableTexts
from tests.conftest import Cast
from tests.factories import SYSTEM, make_offer

pytestmark = pytest.mark.django_db(transaction=True)
FORMS = (formats.XLIFF, formats.XLIFF_2, formats.XLSX)


@pytest.fixture
def offer(network_a: Network, cast: Cast) -> Offer:
    with in_network(network_a):
        return make_offer("Stillcafé", summary="Milch und Gespräche.", description="Kommen Sie.")


@pytest.fixture
def petra(cast: Cast) -> Actor:
    return Person(cast.petra, Role.COORDINATOR)


@pytest.fixture
def inside(network_a: Network, offer: Offer) -> Iterator[None]:
    with in_network(network_a):
        yield


def filled(data: bytes, **targets: str) -> bytes:
    """A file as it comes back, with some parts of the first offer translated."""
    (texts,) = formats.read(data)
    units = [
        replace(unit, target=targets.get(unit.key.partition(".")[2], unit.target))
        for unit in texts.units
    ]
    back = Texts(texts.language, units)
    return formats.write(back, formats.XLIFF, original="x", heads=("",) * 5)


def exported(actor: Actor, form: str = formats.XLIFF, which: str = NEEDED) -> bytes:
    rows = Offer.objects.all()
    return export_texts(actor=actor, offers=rows, language="tr", which=which, form=form)[0]


def fates(run: TextRun) -> dict[str, str]:
    return {row["part"]: row["fate"] for row in run.rows}


def taken_in(actor: Actor, network: Network, data: bytes) -> TextRun:
    with in_network(network):
        run = plan_file(actor=actor, data=data, name="zurueck.xlf")
        begin(actor=actor, run=run)
    run_waiting()
    with in_network(network):
        assert Job.objects.latest("changed_at").state == State.DONE
        done: TextRun = TextRun.objects.get(pk=run.pk)
        return done


@pytest.mark.parametrize("form", FORMS)
def test_there_and_back(offer: Offer, petra: Actor, network_a: Network, form: str) -> None:
    with in_network(network_a):
        data = exported(petra, form)
    back = filled(data, title="Süt kahvesi", summary="Süt ve sohbet.", description="Gelin.")
    run = taken_in(petra, network_a, back)
    assert set(fates(run).values()) == {Fate.NEW}
    with in_network(network_a):
        text = OfferText.objects.get()
        assert (text.title, text.description) == ("Süt kahvesi", "Gelin.")
        assert (text.state, text.origin) == (TextState.IMPORTED, TextOrigin.FILE)
        # The second time there is nothing left to hand out, and nothing new in the old file.
        assert (
            export_texts(
                actor=petra, offers=Offer.objects.all(), language="tr", which=NEEDED, form=form
            )[1]
            == 0
        )
        again = plan_file(actor=petra, data=back, name="nochmal.xlf")
        assert set(fates(again).values()) == {Fate.UNCHANGED}


def test_what_changed_here_meanwhile_arrives_as_outdated(
    offer: Offer, petra: Actor, network_a: Network
) -> None:
    with in_network(network_a):
        data = filled(exported(petra), title="Süt kahvesi", description="Gelin.")
        save_offer(actor=SYSTEM, offer=Offer.objects.get(), description="Kommen Sie am Montag.")
    run = taken_in(petra, network_a, data)
    assert fates(run)["description"] == Fate.OUTDATED
    with in_network(network_a):
        text = OfferText.objects.get()
        assert (text.state, text.description) == (TextState.OUTDATED, "Gelin.")


def test_what_comes_back_untouched_stays_outdated(inside: None, petra: Actor) -> None:
    offer = Offer.objects.get()
    save_text(actor=petra, offer=offer, draft=TextDraft("tr", "Emzirme"), checked=True)
    save_offer(actor=SYSTEM, offer=offer, title="Milchcafé")
    run = plan_file(actor=petra, data=exported(petra), name="x.xlf")
    assert fates(run)["title"] == Fate.UNCHANGED


def test_each_text_is_judged(inside: None, petra: Actor) -> None:
    (offer,) = Offer.objects.all()
    key = offer.pk.hex
    told = [
        (f"{key}.title", "Stillcafé", "Süt <b>kahvesi</b>", Fate.MARKUP),
        (f"{key}.summary", "Milch und Gespräche.", "x" * 401, Fate.TOO_LONG),
        (f"{key}.description", "Kommen Sie.", "", Fate.EMPTY),
        (f"{key}.sort", "", "Kahve", Fate.NO_SOURCE),
        (f"{key}.nothing", "a", "b", Fate.UNKNOWN),
        ("0" * 32 + ".title", "a", "b", Fate.UNKNOWN),
        ("drop table", "a", "b", Fate.UNKNOWN),
        (f"{key}.title", "Stillcafé", "Kahve", Fate.TWICE),
        (f"{key}.times_note", "Jeden Tag", "каждый день в неделю", Fate.OTHER_SCRIPT),
        (f"{key}.costs_note", "fünf Euro im Monat", "Fünf Euro im Monat.", Fate.STILL_GERMAN),
    ]
    units = [Unit(one, source, target) for one, source, target, _fate in told]
    data = formats.write(Texts("tr", units), formats.XLIFF, original="x", heads=())
    run = plan_file(actor=petra, data=data, name="x.xlf")
    assert [row["fate"] for row in run.rows] == [fate for *_row, fate in told]
    assert not OfferText.objects.exists()  # a plan writes nothing


def test_a_file_of_another_network_brings_nothing(
    offer: Offer, petra: Actor, network_a: Network, network_b: Network, cast: Cast
) -> None:
    with in_network(network_a):
        data = filled(exported(petra), title="Süt kahvesi")
    with in_network(network_b):
        run = plan_file(actor=Person(cast.carla, Role.COORDINATOR), data=data, name="x.xlf")
        assert {row["fate"] for row in run.rows} == {Fate.UNKNOWN}


def test_an_unknown_language_and_an_empty_file(inside: None, petra: Actor) -> None:
    unit = Unit(f"{Offer.objects.get().pk.hex}.title", "Stillcafé", "Kahve")
    data = formats.write(Texts("xx", [unit]), formats.XLIFF, original="x", heads=())
    assert fates(plan_file(actor=petra, data=data, name="x.xlf")) == {"title": Fate.UNKNOWN}
    nothing = formats.write(Texts("tr", []), formats.XLIFF, original="x", heads=())
    with pytest.raises(UnreadableTexts):
        plan_file(actor=petra, data=nothing, name="x.xlf")


def test_it_is_undone_but_for_what_somebody_worked_on(
    offer: Offer, petra: Actor, network_a: Network
) -> None:
    with in_network(network_a):
        other = make_offer("Krabbelgruppe")
        first = TextDraft("tr", "Eski ad")
        save_text(actor=petra, offer=offer, draft=first, checked=True)
        checked_at = OfferText.objects.get().checked_at
        data = filled(exported(petra, which=ALL), title="Yeni ad")
    run = taken_in(petra, network_a, data)
    with in_network(network_a):
        assert set(OfferText.objects.values_list("title", flat=True)) == {"Yeni ad"}
        save_text(actor=petra, offer=other, draft=TextDraft("tr", "Elle"))
        assert undo(actor=petra, run=run) == (1, 1)
        assert OfferText.objects.get(offer=other).title == "Elle"
        text = OfferText.objects.get(offer=offer)
        assert (text.title, text.state, text.checked_at) == (
            "Eski ad", TextState.CHECKED, checked_at,
        )  # fmt: skip
        with pytest.raises(TooLate):
            undo(actor=petra, run=run)
        with pytest.raises(TooLate):
            begin(actor=petra, run=run)


def test_a_text_that_was_not_there_is_gone_again(
    offer: Offer, petra: Actor, network_a: Network
) -> None:
    with in_network(network_a):
        data = filled(exported(petra), title="Süt kahvesi")
    run = taken_in(petra, network_a, data)
    with in_network(network_a):
        assert undo(actor=petra, run=run) == (1, 0)
        assert not OfferText.objects.exists()


def test_what_arrived_is_forgotten_after_its_term(inside: None, petra: Actor) -> None:
    data = filled(exported(petra), title="Süt kahvesi")
    old, new = (plan_file(actor=petra, data=data, name="x.xlf") for _n in range(2))
    old.created_at = timezone.now() - KEPT * 2
    old.save()
    assert [one.count for one in expire()] == [1]
    assert TextRun.objects.get() == new


@pytest.mark.parametrize("name", ["Texte von Mira Muster.xlf", "texte_Mira-Muster.xlf"])
def test_what_arrived_in_somebodys_file_goes_with_that_person(
    inside: None, petra: Actor, name: str
) -> None:
    data = filled(exported(petra), title="Süt kahvesi")
    plan_file(actor=petra, data=data, name=name)
    other = plan_file(actor=petra, data=data, name="Texte von Mira Musterfrau.xlf")
    mira = Erased("partners.Contact", frozenset(), frozenset(), names=frozenset({"Mira Muster"}))
    assert forget_runs(mira) == 1
    assert TextRun.objects.get() == other


class Interpreter:
    """A service that answers, or not."""

    name = "Probe"

    def __init__(self, problem: ServiceProblem | None = None) -> None:
        self.problem, self.asked = problem, []  # type: ignore[var-annotated]

    def translate(self, texts: Any, language: str) -> list[str]:
        self.asked += texts
        if self.problem:
            raise self.problem
        return [f"{language} {text}" for text in texts]


def asked_for(
    monkeypatch: pytest.MonkeyPatch, network: Network, actor: Actor, service: Interpreter
) -> TextRun:
    monkeypatch.setattr("knotenpunkt.registers.offers.jobs.service", lambda: service)
    with in_network(network):
        ids = Offer.objects.values_list("pk", flat=True)
        offers = offers_by_id(actor, ids).values()
        run = plan_service(actor=actor, offers=offers, language="tr")
        begin(actor=actor, run=run)
    run_waiting()
    with in_network(network):
        done: TextRun = TextRun.objects.get(pk=run.pk)
        return done


def test_a_service_translates_what_is_public_and_only_that(
    offer: Offer, petra: Actor, network_a: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    with in_network(network_a):
        make_offer("Geheimer Entwurf", published=False)
        Offer.objects.filter(pk=offer.pk).get()
    service = Interpreter()
    run = asked_for(monkeypatch, network_a, petra, service)
    assert service.asked == ["Stillcafé", "Milch und Gespräche.", "Kommen Sie."]
    with in_network(network_a):
        text = OfferText.objects.get()
        assert (text.title, text.state, text.origin) == (
            "tr Stillcafé", TextState.IMPORTED, TextOrigin.SERVICE,
        )  # fmt: skip
        assert undo(actor=petra, run=run) == (1, 0)


def test_what_a_service_made_too_long_is_left_out_and_the_rest_arrives(
    offer: Offer, petra: Actor, network_a: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Wordy(Interpreter):
        """Needs many words for a name."""

        def translate(self, texts: Any, language: str) -> list[str]:
            return [text * longest("title") if text == "Stillcafé" else text for text in texts]

    asked_for(monkeypatch, network_a, petra, Wordy())
    with in_network(network_a):
        text = OfferText.objects.get()
        assert (text.title, text.summary) == ("", "Milch und Gespräche.")


@pytest.mark.parametrize("again", [True, False])
def test_a_service_that_does_not_answer_is_told_on_its_job(
    offer: Offer, petra: Actor, network_a: Network, monkeypatch: pytest.MonkeyPatch, again: bool
) -> None:
    problem = ServiceProblem("Der Dienst schweigt.", again=again)
    asked_for(monkeypatch, network_a, petra, Interpreter(problem))
    with in_network(network_a):
        job = Job.objects.latest("changed_at")
        assert job.reason == "Der Dienst schweigt."
        assert job.state == (State.WAITING if again else State.FAILED)
        assert not OfferText.objects.exists()


def test_no_service_is_asked_unless_one_is_set_up() -> None:
    assert services.service() is None
