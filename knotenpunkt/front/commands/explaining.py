"""What `offers search --explain` tells: how a text was understood, and why each offer was found."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from knotenpunkt.registers.offers.danger import danger_in
from knotenpunkt.registers.offers.finder import Finding, Found
from knotenpunkt.registers.offers.wishes import Read
from knotenpunkt.tools.search.lexicon import concept_name
from knotenpunkt.tools.search.queries import Part

LANGUAGE = "de"
LEAST_SHOWN = 0.005


def understood(finding: Finding) -> dict[str, Any]:
    """How a text was understood, as data."""
    danger = danger_in(finding.wish.text, read_as=finding.wish.said)
    return {
        "read": [_read(one) for one in finding.wish.read],
        "given_way": [_read(one) for one in finding.given_way],
        "searched_for": finding.wish.said,
        "corrections": dict(finding.corrections),
        "concepts": [
            {"key": key, "name": concept_name(key, LANGUAGE), "certainty": round(sure, 3)}
            for key, sure in finding.concepts
        ],
        "danger": danger.kind if danger else None,
        "confident": finding.confident,
        "radius_km": finding.radius_km,
    }


def parts(found: Found) -> list[dict[str, Any]]:
    """The parts of one score, the largest first."""
    return [
        {"kind": part.kind, "label": part.label, "key": part.key, "score": round(score, 4)}
        for part, score in _scores(found)
    ]


def told(finding: Finding) -> Iterator[str]:
    """The lines before the offers."""
    known = understood(finding)
    for title, rows in ((_("read from the words"), "read"), (_("had to give way"), "given_way")):
        for row in known[rows]:
            yield f"{title}: {row['kind']} = {row['value']}  („{row['words']}“)"
    yield f"{_('searched for')}: {known['searched_for'] or '–'}"
    for typed, meant in finding.corrections:
        yield f"{_('typo')}: {typed} → {meant}"
    for concept in known["concepts"]:
        yield f"{_('concept')}: {concept['name']} [{concept['key']}] {concept['certainty']:.2f}"
    if known["danger"]:
        yield f"{_('danger')}: {known['danger']}"
    if not finding.confident:
        yield _("not sure: nothing fits well")


def score_line(found: Found) -> str:
    """ "1.30 = concept Krabbelgruppe 0.73 + meaning 0.35 + word krabbelgruppe 0.22"."""
    names = [f"{part.kind} {part.label} {score:.2f}" for part, score in _scores(found)]
    return f"{found.score:.2f} = {' + '.join(' '.join(name.split()) for name in names)}"


def _scores(found: Found) -> Iterator[tuple[Part, float]]:
    for part in found.hit.parts if found.hit else ():
        score = part.share * found.score
        if score >= LEAST_SHOWN:
            yield part, score


def _read(one: Read) -> dict[str, str]:
    value = next(value for _name, value in one.sets)
    if one.kind == "way":
        value = one.sets[-1][1]
    return {"kind": one.kind, "words": one.words, "value": str(getattr(value, "label", value))}
