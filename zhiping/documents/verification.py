"""Checks a signed PDF: exactly one signature, over the whole file, by a certificate under a trusted root.

A valid signature is not enough. Readers accept files to which something was appended after signing, and
the room around the signature itself is not covered by it; whoever verifies a certificate must therefore
also compare ``Verification.sha256`` with the register.
"""

import hashlib
import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from zhiping.documents.signing import outside_event_loop, parse_certificate


class Finding(StrEnum):
    """What the check of a file found."""

    GENUINE = "genuine"
    UNREADABLE = "unreadable"
    UNSIGNED = "unsigned"
    SEVERAL = "several"
    APPENDED = "appended"
    CHANGED = "changed"
    UNTRUSTED = "untrusted"


SENTENCES = {
    Finding.GENUINE: "数字签名有效，且覆盖文件全部内容。",
    Finding.UNREADABLE: "文件不是完整的 PDF，无法读取；请使用下载的原件。",
    Finding.UNSIGNED: "文件没有数字签名；请使用下载的原件，扫描件或打印后再转换的文件不能核验。",
    Finding.SEVERAL: "文件带有多个数字签名，不是签发的原件。",
    Finding.APPENDED: "文件在签名之后又追加了内容，不是签发的原件。",
    Finding.CHANGED: "文件内容在签名之后被改动，签名无效。",
    Finding.UNTRUSTED: "签名证书不是由受信任的签发机构颁发，或者签名时不在有效期内。",
}


@dataclass(frozen=True)
class Verification:
    """The answer for one file; ``signer`` and ``signed_at`` are told only of a genuine signature."""

    finding: Finding
    sha256: str
    signer: str = ""
    signed_at: datetime | None = None

    @property
    def is_genuine(self) -> bool:
        return self.finding is Finding.GENUINE

    @property
    def sentence(self) -> str:
        return SENTENCES[self.finding]


def verify(pdf: bytes, trust_roots: Iterable[bytes]) -> Verification:
    """Check the file against root certificates (PEM or DER), each as of the time the signature states.

    Any file may come: one that cannot be taken apart is unreadable, never an exception.
    """
    sha256 = hashlib.sha256(pdf).hexdigest()
    try:
        signatures = PdfFileReader(io.BytesIO(pdf)).embedded_signatures
        if len(signatures) != 1:
            return Verification(Finding.SEVERAL if signatures else Finding.UNSIGNED, sha256)
        signature = signatures[0]
        finding = _finding(signature, len(pdf), trust_roots)
        if finding is not Finding.GENUINE:
            return Verification(finding, sha256)
        signer = str(signature.signer_cert.subject.native["common_name"])
        return Verification(finding, sha256, signer, signature.self_reported_timestamp)
    except Exception:  # a forged file can break the parser in any way
        return Verification(Finding.UNREADABLE, sha256)


def _finding(signature: EmbeddedPdfSignature, size: int, trust_roots: Iterable[bytes]) -> Finding:
    start, _, second, length = (int(number) for number in signature.byte_range)
    covers_file = signature.evaluate_signature_coverage() is SignatureCoverageLevel.ENTIRE_FILE
    if start != 0 or second + length != size or not covers_file:
        return Finding.APPENDED
    context = ValidationContext(
        trust_roots=[parse_certificate(root) for root in trust_roots],
        moment=signature.self_reported_timestamp,
        allow_fetching=False,
    )
    status = outside_event_loop(lambda: validate_pdf_signature(signature, context, skip_diff=True))
    if not (status.intact and status.valid):
        return Finding.CHANGED
    return Finding.GENUINE if status.trusted else Finding.UNTRUSTED
