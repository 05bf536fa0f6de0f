"""Every setting is declared once, written down, and read."""

from __future__ import annotations

import re

from config.options import FROM_FILE, OPTIONS
from scripts.settings_page import PAGE, page
from tests.house.repository import ROOT, texts

NAMED = re.compile(r"""["'](KNOTENPUNKT_[A-Z_]+|DATABASE_(?:[A-Z_]+_)?URL)["']""")
IN_FILES = re.compile(r"^#?\s*(KNOTENPUNKT_[A-Z_]+|DATABASE_[A-Z_]+)=", re.MULTILINE)
DECLARED = {option.name for option in OPTIONS}
CODE = ("config", "knotenpunkt", "scripts", "tests", "benchmarks")
# What tests of the settings themselves make up.
INVENTED = ROOT / "tests" / "config"


def names_read() -> set[str]:
    """Names that code takes from the environment."""
    return {
        found
        for file, text in texts(".py").items()
        if file.name != "options.py" and not file.is_relative_to(INVENTED)
        for found in NAMED.findall(text)
    }


def test_the_page_says_what_the_declarations_say() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), (
        "Write it anew: python -m scripts.settings_page"
    )


def test_each_setting_that_is_read_is_declared() -> None:
    assert names_read() <= DECLARED, f"Declare in config/options.py: {names_read() - DECLARED}"


def test_each_declared_setting_is_read() -> None:
    gone = DECLARED - names_read()
    assert not gone, f"Nothing reads these; take them out of config/options.py: {gone}"


def test_examples_for_administrators_name_real_settings() -> None:
    known = DECLARED | {option.name + FROM_FILE for option in OPTIONS if option.secret}
    example = (ROOT / "deploy" / "knotenpunkt.env.example").read_text(encoding="utf-8")
    assert set(IN_FILES.findall(example)) <= known


def test_each_declaration_is_complete_and_stands_once() -> None:
    names = [option.name for option in OPTIONS]
    assert len(names) == len(set(names))
    for option in OPTIONS:
        assert option.meaning.endswith((".", ")", "`")), option.name
        assert option.without and not option.without.endswith("."), option.name
