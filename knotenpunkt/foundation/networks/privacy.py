"""Personal data in the description of a network."""

from __future__ import annotations

from knotenpunkt.foundation.core.personal_data import Holding

HOLDINGS = (
    Holding(
        what="the contact person of a network: name, function, telephone, e-mail address; name and"
        " address that its mails come from",
        why="families and partners need somebody to ask; shown on every public page",
        legal_basis="Art. 6 (1) e GDPR with § 3 KKG: a task of the network",
        term="until the operator names somebody else (knotenpunkt network change)",
        where=(
            "networks.Network.contact_name",
            "networks.Network.contact_function",
            "networks.Network.contact_phone",
            "networks.Network.contact_email",
            "networks.Network.contact_hours",
            "networks.Network.mail_name",
            "networks.Network.mail_address",
        ),
    ),
)
