"""The code of an order behind the QR code of its packing slip: short, signed, says nothing.

    base64url( id of the order, 16 bytes | seal, 6 bytes )  → 30 signs

The seal is bound to the network. A code alone opens nothing: who marks something as handed over is
signed in, or holds the helpers' link of the station.
"""

from __future__ import annotations

import binascii
from base64 import urlsafe_b64decode, urlsafe_b64encode
from uuid import UUID

from django.utils.crypto import constant_time_compare

from knotenpunkt.foundation.core.sealing import blind_index, blind_indexes

ID, SEAL = 16, 6
LENGTH = 30
PURPOSE = "campaigns.slip"


def slip_code(order_id: UUID, network_id: UUID) -> str:
    """What stands in the address."""
    seal = bytes.fromhex(blind_index(_bound(order_id, network_id), purpose=PURPOSE))[:SEAL]
    return urlsafe_b64encode(order_id.bytes + seal).decode().rstrip("=")


def order_of_code(code: str, network_id: UUID) -> UUID | None:
    """Which order it is for; None when we did not write it for this network."""
    if len(code) != LENGTH or not code.isascii():
        return None
    try:
        raw = urlsafe_b64decode(code + "=" * (-LENGTH % 4))
    except (binascii.Error, ValueError):
        return None
    order_id, seal = UUID(bytes=raw[:ID]), raw[ID:]
    known = blind_indexes(_bound(order_id, network_id), purpose=PURPOSE)
    seals = [bytes.fromhex(one)[:SEAL] for one in known]
    return order_id if any(constant_time_compare(seal, one) for one in seals) else None


def _bound(order_id: UUID, network_id: UUID) -> str:
    return f"{network_id} {order_id}"
