"""What tells who applied, encrypted under a key of its own: the form, notes, names of files, files; and the hash of the telephone."""

from __future__ import annotations

import hmac
import json
from pathlib import Path

from cryptography.fernet import InvalidToken

from content.rules.applications import form_fields
from content.rules.applications.form_fields import ApplicationForm
from content.rules.applications.receipt import ApplicantKind
from content.rules.errors import GongkaiError
from content.store.disk import keys, sealing

KEY = "applications"


def seal(home: Path, text: str) -> str:
    """A text, encrypted under HOME/keys/applications."""
    return seal_bytes(home, text.encode()).decode("ascii")


def seal_bytes(home: Path, data: bytes) -> bytes:
    """Bytes, encrypted under the same key."""
    return sealing.fernet(home, KEY).encrypt(data)


def unseal(home: Path, sealed: str) -> str:
    """The text again; empty for nothing. Raises GongkaiError if the key is not the one it was sealed with."""
    return unseal_bytes(home, sealed.encode()).decode() if sealed else ""


def unseal_bytes(home: Path, sealed: bytes) -> bytes:
    """The bytes again. Raises GongkaiError."""
    try:
        return sealing.fernet(home, KEY).decrypt(sealed)
    except InvalidToken as error:
        raise GongkaiError(f"读不出申请人的信息：密钥文件 keys/{KEY} 不在了，或者换过了。请从备份里恢复它。") from error


def seal_form(home: Path, form: ApplicationForm) -> str:
    """A form, encrypted."""
    return seal(
        home, json.dumps({name: str(getattr(form, name)) for name in form.__dataclass_fields__}, ensure_ascii=False)
    )


def unseal_form(home: Path, sealed: str) -> ApplicationForm | None:
    """The form again; None once it is erased. Raises GongkaiError."""
    if not sealed:
        return None
    values = json.loads(unseal(home, sealed))
    return ApplicationForm(**{**values, "kind": ApplicantKind(values["kind"])})


def phone_hash(home: Path, phone: str) -> str:
    """What is kept of a telephone number so that one can ask by it; empty where there is none."""
    digits = form_fields.digits(phone)
    return keyed(home, digits) if digits else ""


def keyed(home: Path, text: str) -> str:
    """A hash that nobody without the key can make or test."""
    return hmac.digest(keys.secret(home / "keys" / KEY), text.encode(), "sha256").hex()
