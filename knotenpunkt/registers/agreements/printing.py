"""Completeness on paper: what its template and its table are given."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import override

from knotenpunkt.foundation.core.spoken import full_date, number, short_date
from knotenpunkt.registers.agreements.completeness import OPEN_END, Completeness, Field, State
from knotenpunkt.registers.agreements.figures import counted
from knotenpunkt.registers.agreements.wording import field_line, signed_of_all, where
from knotenpunkt.registers.partners.models import PartnerKind
from knotenpunkt.tools.documents.typesetting import JSON, pdf

LANGUAGE = "de"
# The shapes of the house template.
SHAPES = {
    State.ALL: "full", State.SOME: "part", State.NOBODY: "empty", State.GAP: "gap",
    State.NOT_NEEDED: "none",
}  # fmt: skip
# More columns are read in several tables.
COLUMNS = 5


def completeness_paper(found: Completeness) -> bytes:
    """The paper for the steering group, in German: a name in odd letters holds nothing up."""
    with override(LANGUAGE):
        title = _("Is our network complete?")
        return pdf(
            "agreements/completeness", _data(found), title=title, language=LANGUAGE,
            mark_unknown=True,
        )  # fmt: skip


def _data(found: Completeness) -> dict[str, JSON]:
    return {
        "lead": _lead(found),
        "legend": [{"shape": SHAPES[state], "words": words} for state, words in _legend().items()],
        "legend_note": _("The numbers say how many of the partners have signed."),
        "kind": _("Kind of partner"),
        "whom": _("Whom § 3 (2) KKG asks to include"),
        "tables": [_table(found, first) for first in range(0, len(found.regions), COLUMNS)],
        "gaps_title": _("Where somebody is missing"),
        "gaps": [{"kind": kind, "where": where} for kind, where in _by_kind(found, found.gaps)],
        "no_gaps": _("Nobody is missing in any field."),
        "not_needed_title": _("Where nobody is needed"),
        "not_needed": list(_not_needed(found)),
        "seen_title": _("Who was seen, who confirmed"),
        "seen_head": [_("Kind of partner"), _("Partners"), _("Last seen"), _("Last confirmed")],
        "seen": [_seen_row(found, kind) for kind in found.kinds],
    }


def _lead(found: Completeness) -> str:
    told = counted(found)
    return _(
        "%(fields)s fields: kinds of partners in each region. In %(gaps)s of them somebody is "
        "missing, in %(not_needed)s nobody is needed. %(signed)s of %(partners)s partners "
        "(%(percent)s %%) stand behind the principles of cooperation (§ 3 (3) KKG)."
    ) % {
        "fields": number(told.fields), "gaps": number(told.gaps),
        "not_needed": number(told.not_needed), "signed": number(told.signed),
        "partners": number(told.partners), "percent": number(told.signed_percent),
    }  # fmt: skip


def _legend() -> dict[State, str]:
    return {
        State.ALL: _("all have signed"),
        State.SOME: _("some have signed"),
        State.NOBODY: _("nobody has signed"),
        State.GAP: _("gap: nobody is in"),
        State.NOT_NEEDED: _("not needed here"),
    }


def _table(found: Completeness, first: int) -> JSON:
    regions = found.regions[first : first + COLUMNS]
    return {
        "regions": [where(region) for region in regions],
        "rows": [
            {
                "kind": str(kind.label),
                "fields": [
                    _printed(one, found) for one in found.row(kind)[first : first + COLUMNS]
                ],
            }
            for kind in found.kinds
        ],
    }


def _printed(field: Field, found: Completeness) -> JSON:
    state, words = field_line(field, "signed", found.today)
    if state is State.ALL:
        words = f"{signed_of_all(field)}, {words}"
    return {"shape": SHAPES[state], "words": words}


def _by_kind(found: Completeness, fields: list[Field]) -> Iterator[tuple[str, str]]:
    for kind in found.kinds:
        places = [where(one.region) for one in fields if one.kind == kind]
        if places:
            yield str(kind.label), ", ".join(places)


def _not_needed(found: Completeness) -> Iterator[JSON]:
    for one in found.fields.values():
        if one.decision is not None and not one.partners:
            yield {
                "kind": str(one.kind.label),
                "where": where(one.region),
                "reason": one.decision.reason,
                "day": full_date(one.decision.decided_on),
            }


def _seen_row(found: Completeness, kind: PartnerKind) -> JSON:
    partners = {one.id: one for field in found.row(kind) for one in field.partners}
    seen = max((one.seen for one in partners.values() if one.seen), default=None)
    confirmed = max((one.confirmed for one in partners.values() if one.confirmed), default=None)
    return [
        str(kind.label),
        number(len(partners)),
        short_date(seen) if seen else _("never"),
        short_date(confirmed) if confirmed else _("never"),
    ]


def table_rows(found: Completeness) -> Iterator[list[str]]:
    """Head and rows of the table: one row for each field, days as a spreadsheet sorts them."""
    yield [
        _("Kind of partner"), _("Region"), _("Partners"), _("Signed"), _("First ends on"),
        _("Last seen"), _("Last confirmed"), _("State"), _("Reason"),
    ]  # fmt: skip
    words = _legend()
    for one in found.fields.values():
        days = (one.until, one.seen, one.confirmed)
        yield [
            str(one.kind.label),
            where(one.region),
            str(one.count),
            str(one.signed),
            *(day.isoformat() if day and day != OPEN_END else "" for day in days),
            words[one.state],
            one.decision.reason if one.decision else "",
        ]
