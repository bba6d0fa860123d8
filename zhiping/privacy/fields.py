"""A text field whose column holds AES-256-GCM, and the blind index by which such a value is found."""

import base64
import hashlib
import hmac
import os
from functools import lru_cache
from typing import Any

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.db import models

NONCE_BYTES = 12


@lru_cache(maxsize=8)
def _key(secret: str, purpose: str) -> bytes:
    return hashlib.scrypt(secret.encode(), salt=f"zhiping:{purpose}".encode(), n=2**14, r=8, p=1, dklen=32)


def encrypt(text: str) -> str:
    """Base64 of nonce and ciphertext; the same text gives a different value each time."""
    nonce = os.urandom(NONCE_BYTES)
    sealed = AESGCM(_key(settings.PRIVACY_KEY, "encrypt")).encrypt(nonce, text.encode(), None)
    return base64.b64encode(nonce + sealed).decode()


def decrypt(value: str) -> str:
    """The text of `encrypt`; raises cryptography's InvalidTag if the column was altered."""
    raw = base64.b64decode(value)
    key = _key(settings.PRIVACY_KEY, "encrypt")
    return AESGCM(key).decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], None).decode()


def blind_index(text: str) -> str:
    """Keyed digest (64 hex digits) by which an encrypted value is looked up and kept unique."""
    normal = text.strip().upper()
    return hmac.new(_key(settings.PRIVACY_KEY, "index"), normal.encode(), hashlib.sha256).hexdigest()


class EncryptedTextField(models.TextField):
    """Text in Python, ciphertext in the column. Empty stays empty, so that forms and constraints can see it."""

    def get_prep_value(self, value: Any) -> Any:
        text = super().get_prep_value(value)
        return encrypt(text) if text else text

    def from_db_value(self, value: Any, *_: Any) -> Any:
        return decrypt(value) if value else value
