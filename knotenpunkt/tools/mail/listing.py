"""The pages of mails in words: tabs, rows, facts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.core import spoken
from knotenpunkt.foundation.core.paging import Paging, paging
from knotenpunkt.foundation.core.tables import Cell, Head, Row
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.foundation.networks.senders import sender_address, sender_name
from knotenpunkt.tools.mail import queries
from knotenpunkt.tools.mail.models import Cause, Mailing, MailKind, Message, State, Suppression
from knotenpunkt.tools.mail.sealed import Addressee
from knotenpunkt.tools.mail.source import beginning

ON_A_PAGE = 25
# Words of states for design/components/_status.html.
LOOKS = {
    State.QUEUED: "waiting",
    State.SENDING: "active",
    State.SENT: "published",
    State.BOUNCED: "missing",
    State.ANSWERED: "published",
    State.FAILED: "rejected",
    State.UNCLEAR: "stale",
    State.SUPPRESSED: "withdrawn",
    State.STOPPED: "withdrawn",
}


@dataclass(frozen=True, slots=True)
class TabLink:
    """A tab of the page."""

    label: str
    url: str
    count: str | None
    current: bool


@dataclass(frozen=True, slots=True)
class Tab:
    """A group of states."""

    word: str
    label: object
    states: tuple[State, ...]


ALL = Tab("alle", pgettext_lazy("mails", "All"), tuple(State))
STATES = (
    ALL,
    Tab("wartet", gettext_lazy("Waiting"), (State.QUEUED, State.SENDING, State.STOPPED)),
    Tab("gesendet", gettext_lazy("Sent"), (State.SENT, State.ANSWERED)),
    Tab("zurueck", gettext_lazy("Came back"), (State.BOUNCED,)),
    Tab("nicht-gesendet", gettext_lazy("Not sent"), (State.FAILED, State.UNCLEAR)),
    Tab("ausgelassen", gettext_lazy("Left out"), (State.SUPPRESSED,)),
)


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants to see: the state, words, the kind, and the page."""

    tab: Tab
    words: str = ""
    kind: str = ""
    page: str = ""

    @property
    def is_narrowed(self) -> bool:
        """Whether anything but a tab was chosen."""
        return bool(self.words or self.kind)

    def address(self, **changes: str) -> str:
        """The query string with these changes."""
        told = {"stand": self.tab.word, "q": self.words, "art": self.kind} | changes
        return f"?{urlencode({word: value for word, value in told.items() if value})}"


def wish(given: Mapping[str, str]) -> Wish:
    """What stands in the address; what cannot be read is left out."""
    word, kind = given.get("stand", ""), given.get("art", "")
    return Wish(
        tab=next((tab for tab in STATES if tab.word == word), ALL),
        words=given.get("q", "").replace("\0", "").strip()[:200],
        kind=kind if kind in MailKind.values else "",
        page=given.get("seite", ""),
    )


@dataclass(frozen=True, slots=True)
class Listed:
    """A list of one of the pages."""

    columns: Sequence[Head]
    rows: Sequence[Row]
    paging: Paging
    tabs: Sequence[TabLink] = ()


def sections(current: str) -> list[TabLink]:
    """The three pages that belong together."""
    pages = (
        ("mail:list", _("E-mails")),
        ("mail:mailings", _("To many")),
        ("mail:suppressed", _("Get no mail")),
    )
    return [TabLink(label, reverse(name), None, name == current) for name, label in pages]


def mail_list(actor: Actor, wanted: Wish) -> Listed:
    """The mails of the network."""
    return _listed(queries.mails(actor), queries.counted(actor), wanted)


def mails_of(actor: Actor, mailing: Mailing, wanted: Wish, counts: Counter[str]) -> Listed:
    """The mails of one mailing."""
    return _listed(queries.mails(actor).filter(mailing=mailing), counts, wanted)


def _listed(rows: QuerySet[Message], counts: Counter[str], wanted: Wish) -> Listed:
    kept = Q(state__in=wanted.tab.states) if wanted.tab is not ALL else Q()
    if wanted.words:
        kept &= queries.matching(wanted.words)
    if wanted.kind:
        kept &= Q(kind=wanted.kind)
    columns = [Head(_("To whom")), Head(_("What")), Head(_("State")), Head(_("When"), numeric=True)]
    shown, pages = _paged(rows.filter(kept), wanted.page, lambda at: wanted.address(seite=str(at)))
    return Listed(
        columns=columns,
        rows=[_row(message) for message in shown],
        paging=pages,
        tabs=[_tab(tab, wanted, counts) for tab in STATES],
    )


def _paged(
    rows: QuerySet[Any], number: str, address: Callable[[int], str]
) -> tuple[list[Any], Paging]:
    page = Paginator(rows, ON_A_PAGE).get_page(number)
    return list(page), paging(page, address)


def _tab(tab: Tab, wanted: Wish, counts: Counter[str]) -> TabLink:
    count = spoken.number(sum(counts[state] for state in tab.states))
    return TabLink(str(tab.label), wanted.address(stand=tab.word), count, tab is wanted.tab)


def _row(message: Message) -> Row:
    to = queries.addressee(message)
    return Row(
        [
            Cell(who(to), note=to.to if to.name else "", url=_url(message)),
            Cell(message.title, _("What"), note=_kind(message)),
            Cell(state_of(message), _("State"), note=message.reason, state=look(message)),
            Cell(spoken.moment(when(message)), _("When"), numeric=True),
        ]
    )


def _kind(message: Message) -> str:
    return "" if message.kind == MailKind.SERVICE else str(MailKind(message.kind).label)


def _url(message: Message) -> str:
    return reverse("mail:message", kwargs={"message_id": message.pk})


def who(to: Addressee) -> str:
    """A name, else an address; after its term nobody any more."""
    return to.name or to.to or _("(no longer kept)")


def state_of(message: Message) -> str:
    """Where it stands, in a word."""
    return str(State(message.state).label)


def look(message: Message) -> str:
    """The shape beside that word."""
    return LOOKS[State(message.state)]


def when(message: Message) -> Any:
    """The moment that matters: when it was sent, else since when it is so."""
    return message.sent_at or message.changed_at


def facts(message: Message, to: Addressee) -> list[dict[str, str]]:
    """What stands beside a mail."""
    told = [
        ("user", _("To"), to.name or to.to or _("(no longer kept)"), to.to if to.name else ""),
        ("mail", _("Kind"), str(MailKind(message.kind).label), ""),
        ("clock", _("Written"), spoken.moment(message.created_at), ""),
    ]
    if message.sent_at:
        told.append(("check-circle", _("Sent"), spoken.moment(message.sent_at), ""))
    if message.attempts > 1:
        told.append(("refresh", _("Attempts"), spoken.number(message.attempts), ""))
    if message.state == State.QUEUED and message.attempts:
        told.append(("clock", _("Next attempt"), spoken.moment(message.due_at), ""))
    return [
        {"icon": icon, "label": label, "value": value, "note": note}
        for icon, label, value, note in told
    ]


def mailing_list(actor: Actor, number: str) -> Listed:
    """What was written to many."""
    shown, pages = _paged(queries.mailings(actor), number, lambda at: f"?seite={at}")
    counts = queries.counted_by_mailing(shown)
    names = queries.names_of(one.actor_id for one in shown)
    heads = (_("What"), _("To how many"), _("Sent"), _("Came back"), _("Not sent"))
    return Listed(
        columns=[Head(label, numeric=place > 0) for place, label in enumerate(heads)],
        rows=[_mailing_row(one, counts[one.pk], names) for one in shown],
        paging=pages,
    )


def _mailing_row(mailing: Mailing, counts: Counter[str], names: dict[UUID, str]) -> Row:
    url = reverse("mail:mailing", kwargs={"mailing_id": mailing.pk})
    cells = [Cell(mailing.title, note=written_by(mailing, names), url=url)]
    cells += [
        Cell(spoken.number(number), label, numeric=True)
        for label, number in (
            (_("To how many"), sum(counts.values())),
            (_("Sent"), counts[State.SENT] + counts[State.ANSWERED]),
            (_("Came back"), counts[State.BOUNCED]),
            (_("Not sent"), counts[State.FAILED] + counts[State.UNCLEAR]),
        )
    ]
    return Row(cells)


def written_by(mailing: Mailing, names: dict[UUID, str]) -> str:
    """ "Petra Lindner, heute, 9.30 Uhr"."""
    name = names.get(mailing.actor_id, "") if mailing.actor_id else ""
    return ", ".join(filter(None, (name, spoken.moment(mailing.created_at))))


def figures(counts: Counter[str]) -> list[dict[str, str]]:
    """What became of a mailing, in numbers."""
    told = (
        (_("Recipients"), sum(counts.values()), ""),
        (_("Sent"), counts[State.SENT] + counts[State.ANSWERED], _answered(counts)),
        (_("Waiting"), counts[State.QUEUED] + counts[State.SENDING], ""),
        (pgettext("mails", "Stopped"), counts[State.STOPPED], ""),
        (_("Came back"), counts[State.BOUNCED], ""),
        (_("Not sent"), counts[State.FAILED] + counts[State.UNCLEAR], _unclear(counts)),
        (_("Left out"), counts[State.SUPPRESSED], ""),
    )
    return [
        {"label": label, "value": spoken.number(number), "note": note}
        for label, number, note in told
        if number or label == told[0][0]
    ]


def _answered(counts: Counter[str]) -> str:
    count = counts[State.ANSWERED]
    return _("%(n)s of them answered") % {"n": spoken.number(count)} if count else ""


def _unclear(counts: Counter[str]) -> str:
    count = counts[State.UNCLEAR]
    return _("%(n)s of them unclear") % {"n": spoken.number(count)} if count else ""


@dataclass(frozen=True, slots=True)
class Suppressed:
    """An address that gets no mail."""

    id: str
    address: str
    cause: str
    reason: str
    since: str


def suppressed_list(actor: Actor, words: str, number: str) -> tuple[list[Suppressed], Paging]:
    """The addresses that get no mail; with words, exactly that one."""
    rows = queries.suppressions(actor)
    if words:
        rows = rows & queries.suppressions_of(words)
    shown, pages = _paged(rows, number, lambda at: f"?{urlencode({'q': words, 'seite': at})}")
    return [suppressed_one(one) for one in shown], pages


def suppressed_one(one: Suppression) -> Suppressed:
    """An address in words."""
    return Suppressed(
        id=str(one.pk),
        address=queries.address_of(one),
        cause=str(Cause(one.cause).label),
        reason=one.reason,
        since=spoken.moment(one.created_at),
    )


@dataclass(frozen=True, slots=True)
class Received:
    """A mail in the mailbox of a demo."""

    url: str
    to: str
    subject: str
    beginning: str
    when: str


def received_list(
    actor: Actor, network: Network, words: str, number: str
) -> tuple[list[Received], Paging]:
    """The mailbox of a demo; with words, what was sent to exactly that address."""
    rows = queries.mailbox(actor, network)
    words = words.replace("\0", "").strip()[:254]
    if words:
        rows = rows.filter(queries.matching(words))
    shown, pages = _paged(rows, number, lambda at: f"?{urlencode({'q': words, 'seite': at})}")
    return [_received(one) for one in shown], pages


def _received(message: Message) -> Received:
    to, content = queries.addressee(message), queries.content(message)
    return Received(
        url=reverse("mail:received", kwargs={"message_id": message.pk}),
        to=who(to),
        subject=content.subject,
        beginning=Truncator(beginning(content.text)).chars(110),
        when=spoken.moment(when(message)),
    )


def sender(network: Network) -> str:
    """Who a mail program names as the sender."""
    address = sender_address(network)
    return f"{sender_name(network)} <{address}>" if address else sender_name(network)
