"""Single-use ballot codes: made once for print, kept as slow digests only. Pure but for randomness.

A code has 12 characters of 30 (about 59 bits), without look-alikes; its digest is scrypt under the round's salt, so
that not even a full copy of the database leads back to a code. The proof of a ballot is keyed by the code itself:
whoever changes a stored choice cannot make the proof again without the paper.
"""

import hashlib
import hmac
import secrets

ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ234567"[:30]
LENGTH = 12
GROUP = 4


def new_codes(number: int) -> list[str]:
    """`number` different codes as printed: XXXX-XXXX-XXXX."""
    codes: set[str] = set()
    while len(codes) < number:
        codes.add("".join(secrets.choice(ALPHABET) for _ in range(LENGTH)))
    shuffled = list(codes)
    secrets.SystemRandom().shuffle(shuffled)
    return ["-".join(code[at : at + GROUP] for at in range(0, LENGTH, GROUP)) for code in shuffled]


def normalised(typed: str) -> str:
    """What was typed, without spaces, hyphens and case."""
    return "".join(character for character in typed.upper() if character.isalnum())


def digest(code: str, salt: str) -> str:
    """scrypt of the code under the round's salt, 64 hex digits (about 25 ms)."""
    sealed = hashlib.scrypt(normalised(code).encode(), salt=salt.encode(), n=2**14, r=8, p=1, dklen=32)
    return sealed.hex()


def proof(code: str, salt: str, case: int, choice: str) -> str:
    """HMAC-SHA-256 keyed by the code over round, case and choice; re-made from the paper at a recount."""
    message = f"{salt}|{case}|{choice}".encode()
    return hmac.new(normalised(code).encode(), message, hashlib.sha256).hexdigest()


def check_mark(code: str) -> str:
    """The four characters by which a voter finds their own ballot on the board in the room."""
    return hashlib.sha256(f"board|{normalised(code)}".encode()).hexdigest()[:6].upper()
