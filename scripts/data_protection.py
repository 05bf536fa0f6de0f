"""Tables of docs/data-protection/, told by the program itself.

python -m scripts.data_protection update   write what the program stores into the documents
python -m scripts.data_protection check    fail when a document says something else
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from knotenpunkt.foundation.core.personal_data import Holding

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "docs" / "data-protection"
BEGIN, END = "<!-- {name}: begin -->", "<!-- {name}: end -->"


def table_of_processing() -> Iterator[str]:
    """Art. 30 GDPR: what, why, on which ground, until when; one line for each holding."""
    yield "| Bereich | Daten | Zweck | Rechtsgrundlage | Löschung |"
    yield "|---|---|---|---|---|"
    for part, holding in _holdings():
        cells = (part, holding.what, holding.why, holding.legal_basis, holding.term)
        yield _row(*cells)


def table_of_terms() -> Iterator[str]:
    """The deletion concept: each kind of data with its rule and its fields."""
    yield "| Datenart | Regel | Felder |"
    yield "|---|---|---|"
    for part, holding in _holdings():
        fields = ", ".join(f"`{one}`" for one in holding.where)
        yield _row(f"{part}: {holding.what}", holding.term, fields)


TABLES: dict[str, Callable[[], Iterator[str]]] = {
    "processing": table_of_processing,
    "terms": table_of_terms,
}


def written(text: str) -> str:
    """A document with its tables as they are today."""
    for name, table in TABLES.items():
        begin, end = BEGIN.format(name=name), END.format(name=name)
        within = re.compile(f"{re.escape(begin)}.*?{re.escape(end)}", re.DOTALL)
        lines = "\n".join([begin, *table(), end])
        text = within.sub(lambda _found, lines=lines: lines, text)  # type: ignore[misc]
    return text


def stale() -> list[Path]:
    """Documents that say something else than the program."""
    return [file for file in sorted(FOLDER.glob("*.md")) if written(_read(file)) != _read(file)]


def _read(file: Path) -> str:
    return file.read_text(encoding="utf-8")


def _row(*cells: str) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _holdings() -> Iterator[tuple[str, Holding]]:
    from django.utils.translation import override

    from knotenpunkt.foundation.privacy.queries import holdings
    from knotenpunkt.front.desk.data_protection.words import part_name, translated

    with override("de"):
        found = [(part_name(app), translated(holding)) for app, holding in holdings()]
    yield from sorted(found, key=lambda pair: (pair[0], pair[1].what))


def main(verb: str) -> int:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")
    django.setup()
    if verb == "update":
        for file in FOLDER.glob("*.md"):
            file.write_text(written(_read(file)), encoding="utf-8")
    late = [str(file.relative_to(ROOT)) for file in stale()]
    print("\n".join(late) or "The documents say what the program does.")
    return 1 if late else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:2] or ["check"]))
