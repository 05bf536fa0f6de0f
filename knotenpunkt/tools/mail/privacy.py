"""Personal data in mails."""

from __future__ import annotations

from knotenpunkt.foundation.core.personal_data import Holding

HOLDINGS = (
    Holding(
        what="address, subject and text of a mail on its way",
        why="so that it can be sent, and sent again when the mail server is away",
        legal_basis="Art. 6 (1) e GDPR; with the ground of what the mail is about",
        term="until the mail server took it; one that could not be sent 30 days at most",
        where=("jobs.Job.arguments",),
    ),
)
