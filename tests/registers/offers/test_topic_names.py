from __future__ import annotations

import json

import pytest
from django.utils import translation

from knotenpunkt.foundation.core.languages import OTHERS
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.registers.offers.actions import prepare_topics
from knotenpunkt.registers.offers.models import Topic
from knotenpunkt.registers.offers.topic_names import DATA

SHIPPED = json.loads((DATA / "topics.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("language", [code for code in OTHERS if code != "en"])
def test_every_topic_has_a_name_in_every_language(language: str) -> None:
    names = json.loads((DATA / "topic_names" / f"{language}.json").read_text(encoding="utf-8"))
    assert names.keys() == {topic["key"] for topic in SHIPPED}
    assert all(name and name == name.strip() for name in names.values())


def test_a_topic_is_called_as_the_page_speaks_until_the_network_calls_it_otherwise(
    inside_a: Network,
) -> None:
    prepare_topics()
    topic = Topic.objects.get(key="schlafen")
    with translation.override("en"):
        assert topic.name == "Sleep"
    with translation.override("tr"):
        assert topic.name not in ("Schlafen", "Sleep")
        topic.names = {"de": "Nachtruhe"}
        assert topic.name == "Nachtruhe"
        topic.names = {"de": "Nachtruhe", "tr": "Gece"}
        assert topic.name == "Gece"
