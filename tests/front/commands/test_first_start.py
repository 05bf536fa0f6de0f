"""The first commands in an empty folder: private files, and no two of them at once."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from tests.installations import CONSOLE, Installation, new_installation


def test_nobody_else_on_the_machine_reads_the_data(tmp_path: Path) -> None:
    folder, report = tmp_path / "data", tmp_path / "bericht.csv"
    mark = tmp_path / "logo.svg"
    mark.write_text("<svg/>", encoding="utf-8")
    listed = tmp_path / "liste.csv"
    listed.write_text("id;Titel;Träger\n1;Elterncafé;Verein\n", encoding="utf-8")
    with new_installation(folder) as one:
        one.done("network", "create", "mitte", "--name", "Mitte")
        one.done("network", "change", "mitte", "--logo", str(mark))
        one.done("offers", "import", str(listed), "--network", "mitte", "--report", str(report))
    made = [*folder.rglob("*"), report]
    assert len(made) > 4
    open_to_others = [file for file in made if stat.S_IMODE(file.stat().st_mode) & 0o077]
    assert not open_to_others


def test_of_first_commands_at_once_one_prepares_and_the_others_wait(tmp_path: Path) -> None:
    with new_installation(tmp_path / "data") as one:
        running = [one.start(str(CONSOLE), "network", "list") for _number in range(4)]
        ended = [(*process.communicate(timeout=120), process.returncode) for process in running]
    assert ended == [("", "", 0)] * 4


@pytest.mark.parametrize("secret", ["", "k" * 50])
def test_an_unusable_folder_is_told_in_one_sentence(tmp_path: Path, secret: str) -> None:
    file = tmp_path / "a-file"
    file.write_text("")
    settings = {"KNOTENPUNKT_SECRET_KEY": secret} if secret else {}
    result = Installation(file, settings=settings).run("network", "list")
    assert result.returncode == 2
    assert str(file) in result.stderr and "Traceback" not in result.stderr
