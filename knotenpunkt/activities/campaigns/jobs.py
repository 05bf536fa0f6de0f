"""What the queue and the clock do for campaigns."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from knotenpunkt.activities.campaigns.actions.telling_shares import TELL, tell_some
from knotenpunkt.activities.campaigns.queries.shares_to_tell import count_to_tell
from knotenpunkt.foundation.accounts.rights import Right
from knotenpunkt.tools.jobs.registry import Running, work


@work(TELL, own_transactions=True, title=_("Telling shares"), followed_by=Right.RUN_CAMPAIGNS)
def tell_shares(job: Running, *, campaign: str) -> None:
    """Queue the mails batch by batch: whom a batch wrote to counts as told with it."""
    campaign_id, told = UUID(campaign), 0
    while True:
        with job.one_transaction():
            some = tell_some(actor=job.actor, campaign_id=campaign_id)
            left = count_to_tell(job.actor, campaign_id)
        told += some
        job.progress(told, told + left)
        if not some:
            return
