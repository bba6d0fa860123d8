"""真实性保证书 with the handwritten signature (R-362). The plan gives its name and its words."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar


@dataclass(frozen=True)
class IntegrityStatement:
    """What was promised, by whom, signed when and on what; ``text_version`` pins the words that were shown."""

    template: ClassVar[str] = "integrity_statement"

    title: str
    text: str
    text_version: str
    signer: str
    masked_id: str
    employer: str
    plan: str
    signature: bytes
    signed_at: datetime
    device: str
