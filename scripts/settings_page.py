"""docs/settings.md, written from config/options.py.

python -m scripts.settings_page
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from config.options import OPTIONS, Option, Part

PAGE = Path(__file__).resolve().parents[1] / "docs" / "settings.md"
HEAD = """\
# Settings

An installation is set by its environment. Nothing has to be set to try the product. Written from
`config/options.py` by `python -m scripts.settings_page`; change it there.

A **secret** may also lie in a file of its own, as containers and systemd credentials hand them in:
`NAME_FILE` then names the file, and `NAME` is left out. A variable that looks like a setting and is
none is told at every start and by `knotenpunkt check`.
"""
NOTES = {
    Part.DATABASE: (
        "With `DATABASE_APP_URL` and `DATABASE_ALL_NETWORKS_URL` a web process needs no "
        "`DATABASE_URL`;\nonly `knotenpunkt upgrade`, `database migrate`, `backup` and `restore` "
        "do. Special characters in a\npassword are percent-encoded."
    ),
}
FOOT = """\
What differs between networks (name, colour, logo, contact, operator, neighbours' offers) is no
setting of the installation: `knotenpunkt network change --help`.
"""


def page() -> str:
    """The whole page."""
    parts = ("\n".join(_part(part)) for part in Part if _options(part))
    return "\n".join([HEAD, *parts, FOOT])


def _options(part: Part) -> list[Option]:
    return [option for option in OPTIONS if option.part is part]


def _part(part: Part) -> Iterator[str]:
    yield f"## {part.value}\n"
    yield "| Variable | Meaning | Without it |"
    yield "|---|---|---|"
    yield from map(_row, _options(part))
    yield f"\n{NOTES[part]}\n" if part in NOTES else ""


def _row(option: Option) -> str:
    example = f" Example: `{option.example}`" if option.example else ""
    secret = " **Secret.**" if option.secret else ""
    return f"| `{option.name}` | {option.meaning}{secret}{example} | {option.without} |"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
