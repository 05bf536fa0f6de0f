"""Rights by name, bundled into roles. A typo fails when the module is imported."""

from __future__ import annotations

from enum import StrEnum

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class Right(StrEnum):
    """What an actor may do in a network."""

    OPEN_DESK = "desk.open"
    READ_INTERNAL = "registers.read_internal"
    EDIT_REGISTERS = "registers.edit"
    PUBLISH = "registers.publish"
    IMPORT = "registers.import"
    EDIT_OWN_ENTRIES = "registers.edit_own"
    READ_AUDIT = "audit.read"
    ANSWER_FAMILIES = "inbox.answer"
    WRITE_NOTES = "notes.write"
    INVITE_PEOPLE = "accounts.invite"
    SEE_JOBS = "jobs.see"
    CHANGE_NETWORK = "network.change"
    RUN_CAMPAIGNS = "campaigns.run"
    WRITE_TO_MANY = "mailings.send"


class Role(TextChoices):
    """The four roles of a network."""

    COORDINATOR = "coordinator", pgettext_lazy("role", "Coordination")
    EDITOR = "editor", pgettext_lazy("role", "Editing")
    READER = "reader", pgettext_lazy("role", "Reading")
    PROVIDER = "provider", pgettext_lazy("role", "Provider")


READER = frozenset({Right.OPEN_DESK, Right.READ_INTERNAL})
EDITOR = READER | {
    Right.EDIT_REGISTERS,
    Right.PUBLISH,
    Right.IMPORT,
    Right.ANSWER_FAMILIES,
    Right.WRITE_NOTES,
    Right.RUN_CAMPAIGNS,
    Right.WRITE_TO_MANY,
}
COORDINATOR = EDITOR | {
    Right.READ_AUDIT,
    Right.CHANGE_NETWORK,
    Right.INVITE_PEOPLE,
    Right.SEE_JOBS,
}

RIGHTS: dict[Role, frozenset[Right]] = {
    Role.READER: READER,
    Role.EDITOR: EDITOR,
    Role.COORDINATOR: COORDINATOR,
    Role.PROVIDER: frozenset({Right.OPEN_DESK, Right.EDIT_OWN_ENTRIES}),
}
