"""Somebody is erased in the moment in which the file with their letter is stored."""

from __future__ import annotations

from threading import Thread
from typing import Any

import pytest
from django.db import connections, transaction
from django.utils import timezone

from knotenpunkt.activities.mailings import privacy
from knotenpunkt.activities.mailings.actions import printing
from knotenpunkt.activities.mailings.actions.printing import Wish, order_print
from knotenpunkt.activities.mailings.models import Circular, Print, Recipient
from knotenpunkt.foundation.core.personal_data import Person
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.foundation.networks.scope import in_network
from knotenpunkt.tools.files.models import StoredFile
from knotenpunkt.tools.jobs.models import Job
from knotenpunkt.tools.jobs.models import State as JobState
from knotenpunkt.tools.jobs.worker import run_waiting
from tests.activities.mailings.people import somebody
from tests.factories import SYSTEM

pytestmark = pytest.mark.django_db(transaction=True)
# So long it may take the other one to come to where they have to wait.
MEANWHILE_SECONDS = 1.0


def _ordered(network: Network) -> Person:
    """Letters to two are ordered; one of them."""
    with in_network(network):
        circular = Circular(
            title="Einladung", subject="Danke", text="Guten Tag", fixed_at=timezone.now(),
            stage="sent",
        )  # fmt: skip
        circular.save()
        for number in (1, 2):
            contact = somebody(number, email=False)
            Recipient(circular=circular, contact=contact, way="letter",
                      organisation=contact.organisation).save()  # fmt: skip
        order_print(actor=SYSTEM, circular=circular, wish=Wish())
    return Person("partners.Contact", frozenset([contact.pk]), frozenset([network.pk]),
                  frozenset([contact.name]))  # fmt: skip


@pytest.mark.postgresql
def test_who_is_erased_while_the_file_is_stored_is_in_no_file(
    network_a: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = _ordered(network_a)

    def erase() -> None:
        try:
            with in_network(network_a), transaction.atomic():
                privacy.erase(person)
        finally:
            connections.close_all()

    other, keep = Thread(target=erase), printing.keep_file

    def stored(**told: Any) -> StoredFile:
        other.start()
        other.join(MEANWHILE_SECONDS)
        return keep(**told)

    monkeypatch.setattr(printing, "keep_file", stored)
    run_waiting()
    other.join()
    with in_network(network_a):
        assert Recipient.objects.count() == 1
        assert not StoredFile.objects.exists() and Print.objects.get().file is None


def test_where_everybody_was_erased_the_job_says_so(network_a: Network) -> None:
    _ordered(network_a)
    with in_network(network_a):
        Recipient.objects.all().delete()
    run_waiting()
    with in_network(network_a):
        job = Job.objects.get(work=printing.PRINT)
        assert (job.state, job.reason) == (JobState.FAILED, "Es ist kein Brief zu drucken.")
