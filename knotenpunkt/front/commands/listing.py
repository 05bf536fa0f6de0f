"""What the commands that take lists in share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
from django.utils.translation import gettext as _

from knotenpunkt.front.commands.ground import Refused
from knotenpunkt.tools.imports.orders import ImportResult


def must_be_writable(report: Path) -> None:
    """Asked before the import, because afterwards nobody could read what it said."""
    was_there = report.exists()
    try:
        with report.open("ab"):
            pass
    except OSError as problem:
        reason = _("The report “%(file)s” cannot be written. Nothing was imported.")
        raise Refused(reason % {"file": report}) from problem
    if not was_there:
        report.unlink()


def show_progress(bar: Any) -> Callable[[int, int], None]:
    """Rows done and rows in all, as a bar."""

    def show(done: int, rows: int) -> None:
        bar.length = rows
        bar.update(done - bar.pos)

    return show


def tell_result(result: ImportResult, report: Path | None) -> None:
    """How the file was read, what became of its rows; the counts last."""
    for line in result.mapping_lines():
        click.echo(line)
    if report is not None:
        result.report.write(report)
        click.echo(_("Report: %(file)s") % {"file": report})
    for line in result.counts.missing_lines:
        click.echo(line)
    if result.dry_run:
        click.echo(_("Dry run: nothing was changed."))
    click.echo(result.counts.last_line)
