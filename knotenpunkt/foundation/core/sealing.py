"""Seals values that only few may read, such as the telephone number of a family.

Each value is encrypted with a key of its own (AES-256-GCM), and that key with the master key of the
installation. The master key lies in a file beside the database, never in it: who copies the
database alone reads nothing. The file holds versions, {"current": "1", "keys": {"1": base64}}; the
current one seals, every one that is still there opens. docs/decisions/0013-sealed-values.md says
why.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import secrets
from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.db.models import Model

FORMAT = b"\x01"
KEY_BYTES = 32
NONCE_BYTES = 12
TAG_BYTES = 16
WRAPPED_BYTES = KEY_BYTES + TAG_BYTES
FIRST_VERSION = "1"


class Unreadable(Exception):
    """A sealed value that cannot be opened; the text says what is missing or wrong."""


@dataclass(frozen=True, slots=True)
class MasterKeys:
    """The master keys of an installation by version; `current` seals."""

    current: str
    keys: Mapping[str, bytes] = field(repr=False)

    def key(self, version: str) -> bytes:
        """The key of that version; Unreadable when it is not there any more."""
        if version not in self.keys:
            raise Unreadable(
                f"The master key of version {version} is missing in {_file()}. Values sealed with "
                "it can only be read with that key: put it back from its own back-up."
            )
        return self.keys[version]


def seal(text: str, *, about: str) -> bytes:
    """Encrypt a text for one place, such as "inbox.Concern.phone:<uuid>".

    Result: format, length of the version, version, nonce and wrapped key, nonce and text.
    """
    masters = _master_keys(make=True)
    version = masters.current.encode()
    head = FORMAT + bytes([len(version)]) + version
    bound = head + about.encode()
    key, wrap_nonce, nonce = (os.urandom(n) for n in (KEY_BYTES, NONCE_BYTES, NONCE_BYTES))
    wrapped = AESGCM(masters.key(masters.current)).encrypt(wrap_nonce, key, bound)
    return head + wrap_nonce + wrapped + nonce + AESGCM(key).encrypt(nonce, text.encode(), bound)


def unseal(sealed: bytes, *, about: str) -> str:
    """The text again; Unreadable when the key is missing, or this was sealed for another place."""
    head, rest = _head(bytes(sealed))
    masters = _master_keys(make=False)
    wrap_nonce, rest = rest[:NONCE_BYTES], rest[NONCE_BYTES:]
    wrapped, rest = rest[:WRAPPED_BYTES], rest[WRAPPED_BYTES:]
    master = AESGCM(masters.key(_version(head)))
    bound = head + about.encode()
    try:
        key = master.decrypt(wrap_nonce, wrapped, bound)
        return AESGCM(key).decrypt(rest[:NONCE_BYTES], rest[NONCE_BYTES:], bound).decode()
    except (InvalidTag, ValueError) as problem:
        raise Unreadable(
            "This value was changed, moved here from another place, or sealed with another key."
        ) from problem


def version_of(sealed: bytes) -> str:
    """With which master key a value was sealed; Unreadable when it is none."""
    return _version(_head(bytes(sealed))[0])


def _head(sealed: bytes) -> tuple[bytes, bytes]:
    """(format and version, all that follows)."""
    length = 2 + (sealed[1] if len(sealed) > 1 else 0)
    shortest = length + NONCE_BYTES + WRAPPED_BYTES + NONCE_BYTES + TAG_BYTES
    if sealed[:1] != FORMAT or len(sealed) < shortest:
        raise Unreadable("This is not a sealed value.")
    return sealed[:length], sealed[length:]


def _version(head: bytes) -> str:
    try:
        return head[2:].decode()
    except UnicodeDecodeError as problem:
        raise Unreadable("This is not a sealed value.") from problem


def blind_index(text: str, *, purpose: str) -> str:
    """What equal texts share and nobody can turn back (64 signs); each purpose has its own key."""
    masters = _master_keys(make=True)
    return _blinded(text, masters.key(masters.current), purpose)


def blind_indexes(text: str, *, purpose: str) -> list[str]:
    """The same for every version of the key: what to look for among older rows."""
    masters = _master_keys(make=True)
    return [_blinded(text, key, purpose) for key in masters.keys.values()]


def _blinded(text: str, master: bytes, purpose: str) -> str:
    info = f"knotenpunkt.blind_index.{purpose}".encode()
    key = HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=info).derive(master)
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()


def seal_into(record: Model, column: str, text: str) -> None:
    """Put a text into a BinaryField of a record, bound to this row; an empty text stays empty."""
    setattr(record, column, seal(text, about=_place(record, column)) if text else b"")


def unsealed(record: Model, column: str) -> str:
    """The text of a BinaryField that `seal_into` filled; "" when there is none."""
    sealed = bytes(getattr(record, column) or b"")
    return unseal(sealed, about=_place(record, column)) if sealed else ""


def _place(record: Model, column: str) -> str:
    return f"{record._meta.label}.{column}:{record.pk}"


def add_master_key() -> str:
    """Make a new version and seal with it from now on; the old ones stay. Returns its name."""
    masters = _master_keys(make=True)
    version = str(max(int(one) for one in masters.keys) + 1)
    keys = {**masters.keys, version: secrets.token_bytes(KEY_BYTES)}
    keep_master_keys(MasterKeys(version, keys))
    return version


def _master_keys(*, make: bool) -> MasterKeys:
    """Read anew each time, so that a new version holds in all processes at once."""
    file = _file()
    if make and not file.exists():
        _first_key()
    return master_keys_in(file)


def master_keys_in(file: Path) -> MasterKeys:
    """The master keys of a file; Unreadable when there are none."""
    try:
        return _read(file.read_text(encoding="utf-8"))
    except OSError as problem:
        raise Unreadable(f"The master key cannot be read: {file}: {problem.strerror}") from problem
    except (ValueError, KeyError, TypeError, AttributeError) as problem:
        raise Unreadable(f"The master key is damaged: {file}") from problem


def own_master_keys() -> MasterKeys:
    """The master keys of this installation, made now when there are none."""
    return _master_keys(make=True)


def keep_master_keys(masters: MasterKeys) -> None:
    """Put these in the place of the installation's master keys, in one step."""
    _draft(_written(masters)).replace(_file())


@lru_cache(maxsize=4)
def _kept(file: Path, *_stamp: int) -> MasterKeys:
    return _read(file.read_text(encoding="utf-8"))


def _read(text: str) -> MasterKeys:
    content = json.loads(text)
    keys = {str(name): b64decode(key, validate=True) for name, key in content["keys"].items()}
    current = str(content["current"])
    if current not in keys or any(len(key) != KEY_BYTES for key in keys.values()):
        raise ValueError("no usable key")
    return MasterKeys(current, keys)


def _written(masters: MasterKeys) -> str:
    keys = {name: b64encode(key).decode() for name, key in masters.keys.items()}
    return json.dumps({"current": masters.current, "keys": keys}, indent=1) + "\n"


def _first_key() -> None:
    """Of two processes that start together the first one wins."""
    key = {FIRST_VERSION: secrets.token_bytes(KEY_BYTES)}
    draft = _draft(_written(MasterKeys(FIRST_VERSION, key)))
    try:
        os.link(draft, _file())
    except FileExistsError:
        pass
    finally:
        draft.unlink()


def _draft(content: str) -> Path:
    """The content beside the file, readable by its owner only and surely on disk."""
    file = _file()
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = file.with_name(f"{file.name}.{os.getpid()}.{secrets.token_hex(4)}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as target:
        target.write(content)
        target.flush()
        os.fsync(target.fileno())
    return draft


def _file() -> Path:
    return Path(settings.MASTER_KEY_FILE)
