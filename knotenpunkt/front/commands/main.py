"""Where the console command begins."""

from __future__ import annotations

import os
import sys
from importlib import import_module

import click
import django
from django.conf import settings

from config.installation import refuse_unsafe
from config.options import UnusableSetting

ROOM = "knotenpunkt.front.commands"
# Name → (module, command).
PLACES = {
    "account": ("accounts", "account"),
    "areas": ("areas", "areas"),
    "backup": ("backup", "backup"),
    "check": ("check", "check"),
    "database": ("database", "database"),
    "demo": ("demo", "demo"),
    "key": ("keys", "key"),
    "mail": ("mail", "mail"),
    "network": ("networks", "network"),
    "offers": ("offers", "offers"),
    "partners": ("partners", "partners"),
    "page": ("pages", "page"),
    "privacy": ("privacy", "privacy"),
    "restore": ("backup", "restore_command"),
    "search": ("search", "search"),
    "serve": ("serve", "serve"),
    "text": ("text", "text"),
    "topic": ("topics", "topic"),
    "upgrade": ("check", "upgrade"),
    "work": ("work", "work"),
}


def run() -> None:
    """Start Django, then hand over to the group of commands that was asked for."""
    os.umask(0o077)  # data, keys and reports are for nobody else on this machine
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.base")
    from knotenpunkt.foundation.core.catalogues import compile_stale_catalogues

    compile_stale_catalogues()
    try:
        django.setup()
        refuse_unsafe(settings.HOSTS, settings.SECRET_KEY, settings.DEBUG)
    except UnusableSetting as problem:
        click.echo(str(problem), err=True)
        sys.exit(2)
    _tell_unknown_settings()
    console()(prog_name="knotenpunkt")


def _tell_unknown_settings() -> None:
    """A mistyped name would otherwise have no effect and no trace."""
    for sentence in settings.UNKNOWN_SETTINGS:
        click.echo(sentence, err=True)


class Commands(click.Group):
    """Imports a command when it is asked for: importing all of them takes longer than most work."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Their names, in alphabetical order."""
        return sorted(PLACES)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        """The command of that name, or None."""
        if name not in PLACES:
            return None
        room, command = PLACES[name]
        found: click.Command = getattr(import_module(f"{ROOM}.{room}"), command)
        return found


def console() -> click.Group:
    """The commands need Django to be set up before they are imported."""
    return Commands("knotenpunkt", help="Runs an installation of knotenpunkt.")
