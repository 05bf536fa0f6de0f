"""What a report says, row by row, for somebody who looks through it and mends."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache

from django.utils.translation import gettext_lazy, override

from knotenpunkt.foundation.core import languages
from knotenpunkt.foundation.core.spreadsheets import defused
from knotenpunkt.tools.imports.columns import Vocabulary
from knotenpunkt.tools.imports.desk.assignments import Assignment, said_by_us, why_left_out
from knotenpunkt.tools.imports.remarks import Remark
from knotenpunkt.tools.imports.report import ALIKE, Outcome, RowReport
from knotenpunkt.tools.imports.tables import Cell, Table, is_empty

CREATED, CHANGED, SAME = "neu", "geaendert", "unveraendert"
HINTED, REJECTED, GONE = "hinweis", "abgelehnt", "fehlt"
TO_LOOK_AT = "ansehen"
KINDS = (CREATED, CHANGED, SAME, HINTED, REJECTED, GONE)
_BY_OUTCOME = {
    Outcome.CREATED: CREATED,
    Outcome.UPDATED: CHANGED,
    Outcome.UNCHANGED: SAME,
    Outcome.VANISHED: GONE,
    Outcome.WITHDRAWN: GONE,
}
# Reasons that name a value: what they have in common.
REASONS = {
    "broken_letters": gettext_lazy("Letters or umlauts are broken"),
    "too_long": gettext_lazy("Too long"),
    "unknown_topic": gettext_lazy("The network does not have this topic"),
}
_BROKEN = re.compile(r"[ÃÂâÅÄ][\x80-\xbf¡-¿€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|�")
_NUMBER = re.compile(r"[+-]?[\d\s()/.,-]+")
_SHORT = 200


def kind_of(row: RowReport) -> str:
    """Each row is counted once: what needs a look goes before what becomes of it."""
    if row.outcome is Outcome.REJECTED:
        return REJECTED
    return HINTED if row.remarks else _BY_OUTCOME[row.outcome]


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a value; `marked` is what is doubtful or new in it."""

    text: str
    marked: bool = False


@dataclass(frozen=True, slots=True)
class CellField:
    """A cell that can be corrected here. `name` is its input's."""

    name: str
    column: str
    value: str


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer to "is it there already?". `value` is the id of a record, or "" for a new one."""

    name: str
    value: str
    title: str
    why: str
    picked: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table: a row, or one remark about it."""

    row: RowReport
    kind: str
    title: str
    field: str
    original: Sequence[Part]
    cleaned: Sequence[Part]
    reason: str
    code: str
    cells: Sequence[CellField] = ()
    first: bool = True
    choices: Sequence[Choice] = ()


def tally(rows: Iterable[RowReport]) -> Counter[str]:
    """How many rows are of which kind."""
    return Counter(kind_of(row) for row in rows)


def is_shown(row: RowReport, kind: str) -> bool:
    """Whether a row is of the kind that is asked for; without one all are."""
    found = kind_of(row)
    return found in (HINTED, REJECTED) if kind == TO_LOOK_AT else not kind or found == kind


def selected(
    rows: Sequence[RowReport], kind: str, code: str
) -> list[tuple[RowReport, Remark | None]]:
    """The lines to show, rejected rows first; None stands for the row itself."""
    shown = [row for row in rows if is_shown(row, kind)]
    shown.sort(key=lambda row: kind_of(row) != REJECTED)
    lines = [(row, remark) for row in shown for remark in (row.remarks or (None,))]
    return [line for line in lines if not code or code_of(*line) == code]


def code_of(row: RowReport, remark: Remark | None) -> str:
    """What a reason is filtered by."""
    if remark is not None:
        return f"{remark.code}:{remark.field}"
    return f"abgelehnt:{row.reason}" if row.outcome is Outcome.REJECTED else ""


def reasons(rows: Iterable[RowReport], kind: str) -> list[tuple[str, str, int]]:
    """(code, words, how many lines) of all reasons, the most frequent first."""
    counted: Counter[str] = Counter()
    words: dict[str, str] = {}
    for row, remark in selected(list(rows), kind, ""):
        code = code_of(row, remark)
        if code:
            counted[code] += 1
            words.setdefault(code, _reason_words(row, remark))
    return [(code, words[code], count) for code, count in counted.most_common()]


def _reason_words(row: RowReport, remark: Remark | None) -> str:
    if remark is None:
        return sentence(row.reason)
    told = str(REASONS.get(remark.code) or sentence(remark.reason))
    return f"{remark.field}: {told}" if remark.field else told


def sentence(reason: str) -> str:
    """A reason as it stands alone: "has no title" → "Has no title."."""
    text = reason[:1].upper() + reason[1:]
    return text if text.endswith((".", "?", "!")) or not text else f"{text}."


def line_of(
    row: RowReport,
    remark: Remark | None,
    cells: Sequence[CellField],
    *,
    first: bool,
    decided: str | None = None,
) -> Line:
    """One line as it is shown; a row without a title is named by what it says."""
    original, cleaned = marked(remark) if remark else ((), ())
    return Line(
        row=row,
        kind=kind_of(row),
        title=row.title or " · ".join(cell.value for cell in cells if cell.value)[:80],
        field=remark.field if remark else "",
        original=original,
        cleaned=cleaned,
        reason=sentence(remark.reason if remark else row.reason),
        code=code_of(row, remark),
        cells=cells,
        first=first,
        choices=_choices(row, remark, decided),
    )


def _choices(row: RowReport, remark: Remark | None, decided: str | None) -> Sequence[Choice]:
    """New, or one of those that it may be."""
    if remark is None or remark.code != ALIKE or not row.alike:
        return ()
    name = f"gleich:{row.number}:{row.sheet}"
    told = decided or ""
    found = [Choice(name, one.id, one.title, one.why, one.id == told) for one in row.alike]
    return [Choice(name, "", "", "", not any(one.picked for one in found)), *found]


_DECIDED = re.compile(r"gleich:(\d{1,9}):(.*)", re.DOTALL)


def told_decision(name: str) -> tuple[str, int] | None:
    """(sheet, row) of a choice's name; None of another input."""
    match = _DECIDED.fullmatch(name)
    return (match[2], int(match[1])) if match else None


def marked(remark: Remark) -> tuple[Sequence[Part], Sequence[Part]]:
    """Both values, with what is doubtful in the one and new in the other."""
    before, after = remark.original[:_SHORT], remark.cleaned[:_SHORT]
    if remark.code == "broken_letters":
        return tuple(_pieces(before)), (Part(after),)
    if not before or not after:
        return _whole(before), (Part(after),) if after else ()
    if before == after:
        return (Part(before),), (Part(after),)
    return _differences(before, after)


def _whole(text: str) -> tuple[Part, ...]:
    return (Part(text, marked=True),) if text else ()


def _pieces(text: str) -> Iterator[Part]:
    place = 0
    for match in _BROKEN.finditer(text):
        yield Part(text[place : match.start()])
        yield Part(match.group(), marked=True)
        place = match.end()
    yield Part(text[place:])


def _differences(before: str, after: str) -> tuple[Sequence[Part], Sequence[Part]]:
    original, cleaned = [], []
    matcher = SequenceMatcher(a=before, b=after, autojunk=False)
    for tag, a1, a2, b1, b2 in matcher.get_opcodes():
        original.append(Part(before[a1:a2], marked=tag != "equal"))
        cleaned.append(Part(after[b1:b2], marked=tag != "equal"))
    return tuple(part for part in original if part.text), tuple(p for p in cleaned if p.text)


class Cells:
    """The cells of an upload, and which of them a reason is about."""

    def __init__(
        self,
        tables: Iterable[Table],
        assignment: Assignment,
        vocabulary: Vocabulary,
        named_by: Sequence[str],
    ) -> None:
        self.vocabulary, self.named_by = vocabulary, named_by
        self.tables = {table.name: table for table in tables}
        self.rows = {
            (table.name, row.number): row.values
            for table in self.tables.values()
            for row in table.rows
        }
        self.columns: dict[tuple[str, str], tuple[str, ...]] = {}
        for sheet in assignment.sheets:
            for key, names in sheet.mapping({}).columns.items():
                self.columns[sheet.name, key] = names

    def of(self, row: RowReport, remark: Remark | None) -> list[CellField]:
        """The cells that could be mended; of a rejected row its title and what else it says."""
        values = self.rows.get((row.sheet, row.number))
        if values is None:
            return []
        return [self._field(row, name, values) for name in self._names(row, remark, values)]

    def _names(
        self, row: RowReport, remark: Remark | None, values: dict[str, Cell]
    ) -> tuple[str, ...]:
        if remark is not None:
            key = field_keys(self.vocabulary).get(remark.field, "")
            return self.columns.get((row.sheet, key), ())
        if row.outcome is not Outcome.REJECTED:
            return ()
        told = tuple(name for name, cell in values.items() if not is_empty(cell))[:3]
        named = [self.columns.get((row.sheet, key), ())[:1] for key in self.named_by]
        return tuple(dict.fromkeys((*next(filter(None, named), ()), *told)))

    def _field(self, row: RowReport, column: str, values: dict[str, Cell]) -> CellField:
        cell = values.get(column)
        return CellField(
            f"zelle:{row.number}:{len(row.sheet)}:{row.sheet}{column}",
            column,
            "" if cell is None else str(cell),
        )


_NAME = re.compile(r"zelle:(\d{1,9}):(\d{1,3}):(.*)", re.DOTALL)


def told_cell(name: str) -> tuple[str, int, str] | None:
    """(sheet, row, column) of an input's name; None of another input."""
    match = _NAME.fullmatch(name)
    if match is None:
        return None
    length = int(match[2])
    return match[3][:length], int(match[1]), match[3][length:]


@cache
def field_keys(vocabulary: Vocabulary) -> dict[str, str]:
    """Label of a field → its key, in every language in which a report may be written."""
    found: dict[str, str] = {}
    for code in languages.DESK:
        with override(code):
            found |= {str(field.label): field.key for field in reversed(vocabulary.fields.values())}
    return found


def rejected_as_csv(rows: Iterable[RowReport], tables: Iterable[Table]) -> str:
    """The rejected rows with their own columns, and why; to be mended and handed in again."""
    file = io.StringIO()
    writer = csv.writer(file, delimiter=";")
    why = {(row.sheet, row.number): row.reason for row in rows if kind_of(row) == REJECTED}
    for table in tables:
        refused = [row for row in table.rows if (table.name, row.number) in why]
        if refused:
            columns = [name for name in table.columns if name not in said_by_us()]
            writer.writerow([*columns, why_left_out()])
        for row in refused:
            cells = [_plain(row.values.get(name)) for name in columns]
            writer.writerow([*cells, sentence(why[table.name, row.number])])
    return file.getvalue()


def _plain(cell: Cell) -> str:
    """Telephone numbers stay as they are, so that the file can be handed in again."""
    told = "" if cell is None else str(cell)
    return told if _NUMBER.fullmatch(told) else defused(told)
