"""What `labour` and those who watch it agree on."""

from __future__ import annotations

EFFECT = "test.effect"
BATCHES = 4
# Where a worker can be killed.
POINTS = (
    "before the claim",
    "after the claim",
    "in the work",
    "after the effect",
    "before the commit",
    "after the commit",
)
# The fleet: `labour` queues in the first of its networks.
FLEET_NETWORKS = ("mitte", "nord", "ost", "west")
FLEET_JOBS = 60
# The postmen: how many mails, and how often one of them is killed.
MAILS = 1100
MAIL_KILLS = 12
# The mailers: how many start the same circular at once, and how many get it.
MAILERS = 5
RECIPIENTS = 300
