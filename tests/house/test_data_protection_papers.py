"""The papers on data protection say what the program does."""

from __future__ import annotations

import re
from datetime import time

import click
import pytest
from django.utils.translation import override

from config.options import OPTIONS
from knotenpunkt.foundation.core.personal_data import Holding
from knotenpunkt.foundation.privacy.models import NightlyDeletion
from knotenpunkt.foundation.privacy.privacy import KEPT
from knotenpunkt.foundation.privacy.queries import holdings
from knotenpunkt.front.desk.data_protection.words import PARTS, translated
from knotenpunkt.tools.jobs.registry import timetables
from scripts.data_protection import FOLDER, stale
from tests.house.repository import ROOT
from tests.house.test_operations import words_of

TEXTS = {file.name: file.read_text(encoding="utf-8") for file in FOLDER.glob("*.md")}
COMMANDS = sorted(
    {
        line.strip()
        for text in TEXTS.values()
        for line in [*re.findall(r"^knotenpunkt .+$", text, re.MULTILINE),
                     *re.findall(r"`(knotenpunkt [^`]+)`", text)]
    }
)  # fmt: skip


def test_the_tables_are_those_of_the_program() -> None:
    late = [file.name for file in stale()]
    assert not late, f"Run: python -m scripts.data_protection update (stale: {late})"


@pytest.mark.parametrize("paper", ["verzeichnis.md", "loeschkonzept.md"])
def test_each_holding_stands_in_the_paper_with_its_term(paper: str) -> None:
    with override("de"):
        told = [translated(holding) for _app, holding in holdings()]
    missing = [one.what for one in told if one.what not in TEXTS[paper]]
    untold = [one.term for one in told if one.term not in TEXTS[paper]]
    assert told and not missing and not untold


def test_each_holding_speaks_german() -> None:
    """Words that nobody translated would stand in a German paper as they are in the code."""
    with override("de"):
        english = [
            (app, text)
            for app, holding in holdings()
            for text, said in zip(_texts(holding), _texts(translated(holding)), strict=True)
            if text == said
        ]
    assert not english, f"Translate these in the catalogue: {english}"


def _texts(holding: Holding) -> tuple[str, ...]:
    return holding.what, holding.why, holding.legal_basis, holding.term


def test_each_part_has_a_german_name() -> None:
    assert {app for app, _holding in holdings()} <= PARTS.keys()


@pytest.mark.parametrize("line", COMMANDS)
def test_each_command_in_the_papers_exists(line: str) -> None:
    from knotenpunkt.front.commands.main import console

    command: click.Command = console()
    words = words_of(line)
    while isinstance(command, click.Group) and words and not words[0].startswith("-"):
        found = command.get_command(click.Context(command), words[0])
        assert found is not None, f"{line}: there is no “{words[0]}”"
        command, words = found, words[1:]
    if words:
        command.make_context("knotenpunkt", list(words), resilient_parsing=True)


def test_each_setting_in_the_papers_is_one() -> None:
    named = {one for text in TEXTS.values() for one in re.findall(r"KNOTENPUNKT_\w+", text)}
    assert named and named <= {option.name for option in OPTIONS}


def test_the_hour_of_the_nightly_run_is_true() -> None:
    (run,) = [one for one in timetables() if one.work == "privacy.expire"]
    assert run.daily == time(3, 40) and "3.40 Uhr" in TEXTS["loeschkonzept.md"]


def test_the_log_of_deletions_is_kept_as_long_as_is_said() -> None:
    assert KEPT.days == 730 and "zwei Jahre" in TEXTS["loeschkonzept.md"]
    names = {field.name for field in NightlyDeletion._meta.fields}
    assert names == {"id", "network", "run_at", "app", "what", "count", "oldest"}


def test_the_term_of_back_ups_is_that_of_the_timer() -> None:
    timers = [one.read_text(encoding="utf-8") for one in (ROOT / "deploy").rglob("*backup*")
              if one.is_file()]  # fmt: skip
    assert any("--keep-days 30" in text for text in timers)
    assert "--keep-days 30" in TEXTS["loeschkonzept.md"]


def test_each_paper_is_named_in_the_overview() -> None:
    assert {one for one in TEXTS if one != "README.md" and f"({one})" not in TEXTS["README.md"]} \
        == set()  # fmt: skip
