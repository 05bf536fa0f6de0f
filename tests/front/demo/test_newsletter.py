"""The newsletter of the demo goes to whoever agreed, each noted with how it is known."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from knotenpunkt.activities.mailings.models import Consent, LeftOut, Recipient, Way
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.foundation.networks.scope import in_network
from knotenpunkt.front.demo import newsletter
from knotenpunkt.front.demo.networks import NETWORKS
from tests.activities.mailings.people import somebody

pytestmark = pytest.mark.django_db
COUNTY = next(one for one in NETWORKS if one.slug == "mittelsachsen")


def test_it_goes_to_whoever_agreed(network_a: Network, monkeypatch: pytest.MonkeyPatch) -> None:
    network_a.is_demo = True  # whose mail needs no server
    network_a.save()
    monkeypatch.setattr(newsletter, "AGREED", 3)
    with in_network(network_a):
        for number in range(5):
            somebody(number)
        somebody(9, email=False)
        sent = newsletter.send_newsletter(COUNTY)
        consents = list(Consent.objects.all())
        mailed = Recipient.objects.filter(circular=sent, way=Way.MAIL)
        assert {one.contact_id for one in consents} == {one.contact_id for one in mailed}
        assert len(consents) == 3 and all(one.is_given and one.how for one in consents)
        others = set(Recipient.objects.filter(circular=sent).exclude(way=Way.MAIL).values_list(
            "left_out", flat=True))  # fmt: skip
        assert others == {LeftOut.NO_CONSENT}
        assert sent.fixed_at is not None
        assert max(one.at for one in consents) < sent.fixed_at < timezone.now() - timedelta(days=20)
