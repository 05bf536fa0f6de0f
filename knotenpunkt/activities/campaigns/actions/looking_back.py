"""How a join-in was: visitors and a picture, told afterwards."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from knotenpunkt.activities.campaigns.actions.join_in_pictures import Picture, drop, files_of, kept
from knotenpunkt.activities.campaigns.models import CampaignFile, FileUse, JoinIn
from knotenpunkt.foundation.accounts.actors import Actor
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.foundation.audit.actions import assign, record, store
from knotenpunkt.tools.files.queries import content_of


@transaction.atomic
def look_back(
    *,
    actor: Actor,
    join_in: JoinIn,
    visitors: int | None,
    picture: Picture | None = None,
    alt: str = "",
    credit: str = "",
) -> JoinIn:
    """How many came, and perhaps a picture, for the campaign's report."""
    actor.must(Right.RUN_CAMPAIGNS)
    former = files_of(join_in)
    told: dict[str, Any] = {"visitors": visitors, **_stored(picture)}
    if picture is not None or join_in.lookback_id:
        told |= {"lookback_alt": alt, "lookback_credit": credit}
    changes = assign(join_in, told)
    store(join_in, changes, "changed_at")
    drop(former - files_of(join_in))
    record(
        actor=actor, deed="campaigns.look_back_on_join_in", on=join_in, title=join_in.title,
        changes=changes,
    )  # fmt: skip
    return join_in


def _stored(picture: Picture | None) -> dict[str, Any]:
    if picture is None:
        return {}
    return {
        "lookback": kept(picture.large.content),
        "small_lookback": kept(picture.small.content),
    }


@transaction.atomic
def take_lookback(*, actor: Actor, join_in: JoinIn) -> CampaignFile | None:
    """Put the picture of how it was among those of the campaign; None without one."""
    actor.must(Right.RUN_CAMPAIGNS)
    if not join_in.lookback_id or not join_in.small_lookback_id:
        return None
    file = CampaignFile(
        campaign_id=join_in.campaign_id,
        use=FileUse.LOOKBACK,
        file=kept(content_of(join_in.lookback_id)),
        small=kept(content_of(join_in.small_lookback_id)),
        title=join_in.title,
        alt=join_in.lookback_alt,
        credit=join_in.lookback_credit,
        position=CampaignFile.objects.filter(campaign_id=join_in.campaign_id).count(),
    )
    file.save(force_insert=True)
    record(actor=actor, deed="campaigns.take_lookback", on=join_in, title=join_in.title)
    return file
