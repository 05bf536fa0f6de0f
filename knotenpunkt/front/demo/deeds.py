"""What families and members of a demo network did lately, so that its desk is alive at once.

Each line of `data/<network>/deeds-*.jsonl` is one deed in the order in which it happened: `deed`
names it, `who` is the address of the member who does it. All call the actions that pages call.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path

from django.utils import timezone

from knotenpunkt.activities.inbox.actions import CallDraft, ask_for_call, leave_hint
from knotenpunkt.activities.inbox.models import Concern
from knotenpunkt.activities.inbox.rules import answer_until
from knotenpunkt.activities.notes.actions import NoteDraft, write_note
from knotenpunkt.foundation.accounts.actors import ANYONE, Actor, Person
from knotenpunkt.foundation.accounts.models import Membership
from knotenpunkt.foundation.accounts.rights import Role
from knotenpunkt.foundation.networks.models import Network
from knotenpunkt.front.demo.networks import DemoNetwork
from knotenpunkt.front.demo.records import DATA, Records, Row, rows_of
from knotenpunkt.front.staff import invite
from knotenpunkt.registers.offers.actions import save_offer, withdraw_offer
from knotenpunkt.registers.offers.editing.actions.pictures import add_picture
from knotenpunkt.registers.offers.importing.desk import DESK as OFFERS_DESK
from knotenpunkt.registers.offers.imports.undoing.undo import undo_import
from knotenpunkt.registers.offers.models import Offer
from knotenpunkt.tools.files.pictures import renderings
from knotenpunkt.tools.imports.desk.steps import import_list, receive_list
from knotenpunkt.tools.imports.models import Upload
from knotenpunkt.tools.lists.actions import save_view

LONGEST_WAIT_DAYS = 9


def _unwatched(_done: int, _total: int) -> None:
    """For those who do not watch."""


class Deeds:
    """Does what the lines say, among the records of one network."""

    def __init__(self, demo: DemoNetwork, network: Network, records: Records) -> None:
        self.demo, self.network, self.records = demo, network, records
        self.rows = list(rows_of(demo, "deeds"))

    def of_families(self) -> None:
        """Families ask to be called, readers leave hints."""
        self._do({"call": self._call, "hint": self._hint})

    def of_members(self) -> None:
        """Everything that needs somebody who is signed in."""
        self._do(
            {
                "import": self._import,
                "draft": self._draft,
                "change": self._change,
                "withdraw": self._withdraw,
                "picture": self._picture,
                "note": self._note,
                "view": self._view,
                "invite": self._invite,
            }
        )

    def _do(self, kinds: Mapping[str, Callable[[Row], None]]) -> None:
        for row in self.rows:
            if row["deed"] in kinds:
                kinds[row["deed"]](row)

    def _who(self, row: Row) -> Actor:
        member = Membership.objects.select_related("user").get(user__email=row["who"])
        return Person(member.user, Role(member.role))

    def _offer(self, row: Row) -> Offer:
        return self.records.offers[row["offer"]]

    def _call(self, row: Row) -> None:
        draft = CallDraft(
            phone=f"+49{row['phone'][1:].replace(' ', '')}",
            name=row["name"],
            text=row["text"],
            daytimes=row["daytimes"],
            language=row["language"],
        )
        offer = self._offer(row) if row["offer"] else None
        concern = ask_for_call(actor=ANYONE, network=self.network, draft=draft, offer=offer)
        self._let_it_wait(concern, row["waits"])

    def _hint(self, row: Row) -> None:
        concern = leave_hint(
            actor=ANYONE, network=self.network, offer=self._offer(row), text=row["text"]
        )
        self._let_it_wait(concern, row["waits"])

    def _let_it_wait(self, concern: Concern, long: bool) -> None:
        """A demo is made in one moment; one family has waited as long as is promised."""
        if not long:
            return
        concern.received_at = self._long_ago(concern.received_at)
        concern.due_at = self._due(concern.received_at)
        concern.save(update_fields=["received_at", "due_at"])

    def _long_ago(self, now: datetime) -> datetime:
        """Who asked at this moment must be called next of all, and not too late yet."""
        days = (now - timedelta(days=n) for n in range(LONGEST_WAIT_DAYS, -1, -1))
        return next(day for day in days if self._due(day) > now)

    def _due(self, received: datetime) -> datetime:
        return answer_until(received, self.network.answer_days, self.network.land)

    def _import(self, row: Row) -> None:
        """A list that came by mail; an undone one was the wrong file."""
        actor, file = self._who(row), self._file(row["file"])
        upload = receive_list(
            OFFERS_DESK,
            actor=actor,
            name=file.name,
            content_type="text/csv",
            content=file.read_bytes(),
        )
        import_list(
            OFFERS_DESK,
            actor=actor,
            network=self.network,
            upload_id=upload.pk,
            language="de",
            progress=_unwatched,
            draft=False,
            withdraw_missing=False,
        )
        if row["undone"]:
            run_id = Upload.objects.values_list("run_id", flat=True).get(pk=upload.pk)
            undo_import(actor=actor, network=self.network, run_id=run_id)

    def _draft(self, row: Row) -> None:
        self.records.offer(row, self._who(row))

    def _change(self, row: Row) -> None:
        offer = Offer.objects.get(pk=self._offer(row).pk)
        save_offer(actor=self._who(row), offer=offer, **row["values"])

    def _withdraw(self, row: Row) -> None:
        withdraw_offer(actor=self._who(row), offer=self._offer(row))

    def _picture(self, row: Row) -> None:
        content = self._file(row["file"]).read_bytes()
        large, small = renderings(BytesIO(content), len(content))
        add_picture(
            actor=self._who(row),
            offer=self._offer(row),
            large=large,
            small=small,
            alt=row["alt"],
            source=row["source"],
            licence=row["licence"],
            people="nobody",
            may_show=True,
        )

    def _note(self, row: Row) -> None:
        draft = NoteDraft(
            who=row["with"],
            text=row["text"],
            remind_on=timezone.localdate() + timedelta(days=row["remind_in_days"]),
        )
        write_note(actor=self._who(row), draft=draft)

    def _view(self, row: Row) -> None:
        save_view(
            actor=self._who(row),
            listing="offers",
            name=row["name"],
            address=row["address"],
            is_shared=True,
        )

    def _invite(self, row: Row) -> None:
        """Nobody is written to: the link of a demo would lead invented people nowhere."""
        invite(actor=self._who(row), email=row["email"], name=row["name"], role=Role(row["role"]))

    def _file(self, name: str) -> Path:
        return DATA / self.demo.slug / name
