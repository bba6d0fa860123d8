"""The signature of the payment protocol, as the payment platform computes it."""

import hashlib
import hmac

REQUEST, ANSWER, NOTICE = "request", "answer", "notice"


def signature(key: str, what: tuple[str, str], timestamp: str, nonce: str, body: bytes) -> str:
    """HMAC over the lines of the protocol; `what` is (request, "METHOD /path"), (answer, "") or (notice, "").

    >>> signature("k", (NOTICE, ""), "1", "n", b"") == signature("k", (ANSWER, ""), "1", "n", b"")
    False
    """
    text = "\n".join((*what, timestamp, nonce, hashlib.sha256(body).hexdigest()))
    return hmac.new(key.encode(), text.encode(), hashlib.sha256).hexdigest()
