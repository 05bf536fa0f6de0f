"""What docs/operations.md tells an administrator to type is what the program knows."""

from __future__ import annotations

import re
import shlex

import click
import pytest

from config.options import FROM_FILE, OPTIONS
from knotenpunkt.front.commands.main import console
from tests.house.repository import ROOT

PAGE = ROOT / "docs" / "operations.md"
TEXT = PAGE.read_text(encoding="utf-8")
# Words of a line that belong to the shell: what follows is no part of the command.
SHELL = {"|", ">", "&&", ";", "#", "then"}
FEWEST = 25


def typed() -> list[str]:
    """Every command of knotenpunkt in blocks and in running text, without duplicates."""
    blocks = "\n".join(re.findall(r"```sh\n(.*?)```", TEXT, re.DOTALL))
    rest = re.sub(r"```.*?```", "", TEXT, flags=re.DOTALL)
    lines = [*blocks.splitlines(), *re.findall(r"`(knotenpunkt [^`]+)`", rest)]
    return sorted({line.strip() for line in lines if line.strip().startswith("knotenpunkt ")})


def words_of(line: str) -> list[str]:
    """The words that reach the program."""
    words = shlex.split(line, comments=True)[1:]
    ends = [index for index, word in enumerate(words) if word in SHELL]
    return words[: min(ends, default=len(words))]


def test_the_page_tells_what_to_type() -> None:
    assert len(typed()) >= FEWEST, typed()


@pytest.mark.parametrize("line", typed())
def test_each_command_exists_with_these_options(line: str) -> None:
    command: click.Command = console()
    words = words_of(line)
    while isinstance(command, click.Group) and words and not words[0].startswith("-"):
        found = command.get_command(click.Context(command), words[0])
        assert found is not None, f"{line}: there is no “{words[0]}”"
        command, words = found, words[1:]
    if "--help" not in words:
        command.make_context("knotenpunkt", list(words), resilient_parsing=True)


def test_each_file_of_deploy_that_is_named_is_there() -> None:
    named = set(re.findall(r"\bdeploy/[\w./@-]*\w", TEXT))
    missing = [one for one in named if not (ROOT / one).exists()]
    assert named and not missing


def test_each_setting_that_is_named_is_one() -> None:
    known = {option.name for option in OPTIONS}
    known |= {option.name + FROM_FILE for option in OPTIONS if option.secret}
    named = set(re.findall(r"\b(?:KNOTENPUNKT_[A-Z_]+|DATABASE_[A-Z_]*URL)\b", TEXT))
    assert named - known == set()


def test_each_heading_that_is_linked_is_there() -> None:
    headings = {_anchor(title) for title in re.findall(r"^#+ (.+)$", TEXT, re.MULTILINE)}
    linked = set(re.findall(r"\]\(#([^)]+)\)", TEXT))
    assert linked <= headings


def _anchor(title: str) -> str:
    return re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-")
