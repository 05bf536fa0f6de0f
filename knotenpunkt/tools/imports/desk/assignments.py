"""Which column says what, as a person decides it: recognised first, then changed by hand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from knotenpunkt.foundation.core import languages
from knotenpunkt.tools.imports.columns import Mapping, Vocabulary, Wishes, fits
from knotenpunkt.tools.imports.models import Profile
from knotenpunkt.tools.imports.orders import Assigned
from knotenpunkt.tools.imports.profiles import ProfileDraft, UnfitProfile, profile_from
from knotenpunkt.tools.imports.tables import Table, is_empty

UNDECIDED = "?"
NOT_TAKEN = ""


@dataclass(frozen=True, slots=True)
class SheetChoice:
    """One sheet: whether it is taken, and column → field, `NOT_TAKEN` or `UNDECIDED`.

    `doubtful` columns were recognised by a name that is not exact.
    """

    name: str
    taken: bool
    columns: dict[str, str]
    doubtful: tuple[str, ...] = ()

    def mapping(self, fixed: dict[str, str]) -> Mapping:
        """The columns as an import reads them."""
        names: dict[str, list[str]] = {}
        for column, key in self.columns.items():
            names.setdefault(key, []).append(column)
        unknown = (*names.get(NOT_TAKEN, ()), *names.get(UNDECIDED, ()))
        columns = {
            key: tuple(told) for key, told in names.items() if key not in (NOT_TAKEN, UNDECIDED)
        }
        return Mapping(self.name, columns, unknown, dict(fixed))


@dataclass(frozen=True, slots=True)
class Assignment:
    """What is decided about a file. `profile` is the remembered one that was put in.

    `decisions` are those of `Assigned`.
    """

    sheets: tuple[SheetChoice, ...]
    fixed: dict[str, str] = field(default_factory=dict)
    source: str = ""
    profile: str = ""
    decisions: dict[tuple[str, int], str] = field(default_factory=dict)

    def sheet(self, name: str) -> SheetChoice | None:
        """The sheet of that name."""
        return next((one for one in self.sheets if one.name == name), None)

    def with_sheet(self, changed: SheetChoice) -> Assignment:
        """The same with one sheet changed."""
        sheets = (changed if one.name == changed.name else one for one in self.sheets)
        return replace(self, sheets=tuple(sheets))

    def assigned(self) -> Assigned:
        """As an import takes it."""
        taken = {one.name: one.mapping(self.fixed) for one in self.sheets if one.taken}
        passed_over = tuple(one.name for one in self.sheets if not one.taken)
        return Assigned(taken, passed_over, self.decisions)

    def draft(self, name: str, keys: Iterable[str]) -> ProfileDraft:
        """As it is remembered: also what was not to be taken, so that nobody decides it again."""
        taken: dict[str, dict[str, None]] = {}
        for one in self.sheets:
            for key, columns in one.mapping({}).columns.items():
                taken.setdefault(key, {}).update(dict.fromkeys(columns))
        wished = {key: tuple(taken.get(key, ())) for key in keys}
        return ProfileDraft(name, self.source, Wishes(wished, dict(self.fixed)))

    def as_json(self) -> dict[str, Any]:
        """As the upload keeps it. Lists, because the order of columns counts."""
        sheets = [
            {
                "name": one.name,
                "taken": one.taken,
                "columns": [[column, key] for column, key in one.columns.items()],
                "doubtful": list(one.doubtful),
            }
            for one in self.sheets
        ]
        decided = [[sheet, number, told] for (sheet, number), told in self.decisions.items()]
        kept = {"fixed": self.fixed, "source": self.source, "profile": self.profile}
        return {"sheets": sheets, **kept, "decisions": decided}


def kept_assignment(kept: dict[str, Any]) -> Assignment:
    """What an upload keeps."""
    sheets = tuple(
        SheetChoice(one["name"], one["taken"], dict(one["columns"]), tuple(one["doubtful"]))
        for one in kept.get("sheets", ())
    )
    return Assignment(
        sheets,
        kept.get("fixed", {}),
        kept.get("source", ""),
        kept.get("profile", ""),
        {(sheet, number): told for sheet, number, told in kept.get("decisions", ())},
    )


def first_assignment(
    tables: Sequence[Table], vocabulary: Vocabulary, profile: ProfileDraft, source: str
) -> Assignment:
    """What is recognised, or what a remembered profile says."""
    sheets = tuple(_recognised(table, vocabulary, profile) for table in tables)
    if not any(one.taken for one in sheets):
        sheets = tuple(replace(one, taken=True) for one in sheets)
    wishes = profile.wishes
    return Assignment(sheets, dict(wishes.fixed), profile.source or source, profile.name)


def _recognised(table: Table, vocabulary: Vocabulary, profile: ProfileDraft) -> SheetChoice:
    mapping = vocabulary.recognise(table, profile.wishes)
    said = {column: key for key, names in mapping.columns.items() for column in names}
    rest = NOT_TAKEN if profile.name else UNDECIDED
    ours = said_by_us()
    columns = {
        name: said.get(name, NOT_TAKEN if name in ours or is_blank(table, name) else rest)
        for name in table.columns
    }
    return SheetChoice(table.name, bool(mapping.columns), columns, mapping.doubtful)


def why_left_out() -> str:
    """The column that we add to rows that were left out."""
    return _("Why it was left out")


@cache
def said_by_us() -> frozenset[str]:
    """The name of that column in every language in which such a file may come back."""
    names = set()
    for code in languages.DESK:
        with override(code):
            names.add(why_left_out())
    return frozenset(names)


def is_blank(table: Table, column: str) -> bool:
    """Whether nothing stands in a column."""
    return all(is_empty(row.values.get(column)) for row in table.rows)


def fitting_profile(
    tables: Sequence[Table], vocabulary: Vocabulary, profiles: Iterable[Profile]
) -> ProfileDraft | None:
    """The remembered mapping that was made for a file like this: the one with the most columns."""
    drafts = [
        draft
        for one in profiles
        if (draft := _draft(one, vocabulary)) and fits(tables, draft.wishes)
    ]
    return max(drafts, key=_columns, default=None)


def _draft(profile: Profile, vocabulary: Vocabulary) -> ProfileDraft | None:
    try:
        return profile_from(profile.mapping, vocabulary.fields, default_name=profile.name)
    except UnfitProfile:  # remembered by a release that knew other fields
        return None


def _columns(draft: ProfileDraft) -> int:
    return sum(len(names) for names in draft.wishes.columns.values())
