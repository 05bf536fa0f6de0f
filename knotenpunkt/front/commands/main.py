"""Where the console command begins."""

from __future__ import annotations

import os
import sys

import click
import django
from django.conf import settings

from config.installation import refuse_unsafe
from config.options import UnusableSetting


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


def console() -> click.Group:
    """The commands need Django to be set up before they are imported."""
    from knotenpunkt.front.commands.accounts import account
    from knotenpunkt.front.commands.areas import areas
    from knotenpunkt.front.commands.backup import backup, restore_command
    from knotenpunkt.front.commands.check import check, upgrade
    from knotenpunkt.front.commands.database import database
    from knotenpunkt.front.commands.demo import demo
    from knotenpunkt.front.commands.keys import key
    from knotenpunkt.front.commands.mail import mail
    from knotenpunkt.front.commands.networks import network
    from knotenpunkt.front.commands.offers import offers
    from knotenpunkt.front.commands.pages import page
    from knotenpunkt.front.commands.privacy import privacy
    from knotenpunkt.front.commands.serve import serve
    from knotenpunkt.front.commands.topics import topic
    from knotenpunkt.front.commands.work import work

    group = click.Group("knotenpunkt", help="Runs an installation of knotenpunkt.")
    everyday = (network, account, page, offers, topic, areas, privacy, demo)
    operating = (check, upgrade, backup, restore_command, key, database, serve, work, mail)
    for command in (*everyday, *operating):
        group.add_command(command)
    return group
