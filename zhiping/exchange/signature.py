"""How an event is signed for its receiver: HMAC-SHA256 over number, moment and body. Pure."""

import base64
import hashlib
import hmac


def signature_of(secret: str, number: str, moment: int, body: bytes) -> str:
    """`v1,` and the Base64 HMAC over "number.moment.body"; the moment lets a receiver refuse what is old.

    >>> signature_of("s", "e1", 1, b"{}")
    'v1,l/R3d+Em35ifzlH8oeal0GhiS0FWk/ajezgJILV388E='
    """
    signed = f"{number}.{moment}.".encode() + body
    return "v1," + base64.b64encode(hmac.new(secret.encode(), signed, hashlib.sha256).digest()).decode()
