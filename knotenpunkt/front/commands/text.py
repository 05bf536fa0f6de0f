"""`knotenpunkt text …`."""

from __future__ import annotations

from pathlib import Path

import click
from django.utils.translation import gettext as _

from knotenpunkt.front.commands.ground import Refused
from knotenpunkt.tools.plain_language.checking import check as check_text
from knotenpunkt.tools.plain_language.explaining import RULES
from knotenpunkt.tools.plain_language.findings import Finding


@click.group()
def text() -> None:
    """Texts: check one for Leichte Sprache."""


@text.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def check(file: Path) -> None:
    """Check the German text FILE by the rules of Leichte Sprache; exit code 1 when any is broken.

    One line for each finding: line, place, rule, what stands there, what is easier.
    """
    try:
        found = check_text(file.read_text(encoding="utf-8-sig"))
    except UnicodeDecodeError as problem:
        told = _("“%(name)s” is not UTF-8 text: please save it as UTF-8.") % {"name": file.name}
        raise Refused(told) from problem
    for finding in found:
        click.echo(_told(finding))
    if not found:
        click.echo(_("Nothing found that is hard to read."))
    raise SystemExit(bool(found))


def _told(finding: Finding) -> str:
    rule = RULES[finding.rule]
    better = finding.better.replace("\n", " ") or str(rule.why)
    place = f"{finding.line}:{finding.start + 1}"
    return f"{place}  {rule.name}: “{finding.said}” → {better}"
