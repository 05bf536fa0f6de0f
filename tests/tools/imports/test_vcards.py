"""Address books (vCard) as tables."""

from __future__ import annotations

import pytest
from django.utils.translation import override

from knotenpunkt.tools.imports.readers import vcards
from knotenpunkt.tools.imports.readers.files import read_bytes
from knotenpunkt.tools.imports.tables import UnreadableFile
from tests.tools.imports.card_files import FILES, CardFile


@pytest.mark.parametrize("file", FILES, ids=str)
def test_a_file_gives_its_cards_or_the_reason(file: CardFile) -> None:
    with override("de"):
        if file.says:
            with pytest.raises(UnreadableFile) as problem:
                read_bytes(file.content)
            assert all(word in str(problem.value) for word in file.says)
            return
        (table,) = read_bytes(file.content).tables
    told = [
        {name: str(row.values.get(name) or "") for name in wanted}
        for row, wanted in zip(table.rows, file.rows, strict=True)
    ]
    assert told == list(file.rows)


def test_pictures_are_told_and_not_kept() -> None:
    with override("de"):
        reading = read_bytes(next(f.content for f in FILES if f.what.startswith("groups")))
    assert "Bild" in " ".join(reading.left_out)
    assert not any(
        "4AAQ" in str(cell) for row in reading.tables[0].rows for cell in row.values.values()
    )


def test_a_book_has_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vcards, "MAX_ROWS", 3)
    with override("de"), pytest.raises(UnreadableFile, match="zu viele"):
        read_bytes(FILES[0].content * 4)
