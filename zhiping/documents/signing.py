"""Signs PDF files (PAdES). An authority with its own seal service plugs in another ``Signer``."""

import asyncio
import io
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol, TypeVar

from asn1crypto import pem, x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import fields, signers
from pyhanko_certvalidator.registry import SimpleCertificateStore

SIGNATURE_FIELD = "ZhipingSignature"
BYTES_RESERVED = 16384  # a fixed room for signature and chain; estimating it would sign twice
SMALLEST_RSA_KEY = 2048
T = TypeVar("T")


class Signer(Protocol):
    """Whoever can put one signature over a whole PDF file."""

    def sign(self, pdf: bytes, *, reason: str, at: datetime) -> bytes: ...


class AlreadySignedError(ValueError):
    """A second signature would leave the first one not covering the whole file."""


def sign(pdf: bytes, signer: Signer, *, reason: str, at: datetime) -> bytes:
    """Return the file with one signature that covers all of it and forbids any later change."""
    if at.tzinfo is None:
        raise ValueError("the time of signing needs a time zone")
    if PdfFileReader(io.BytesIO(pdf)).embedded_signatures:
        raise AlreadySignedError("文件已有数字签名，不能再次签名；请对未签名的原件签名。")
    return signer.sign(pdf, reason=reason, at=at)


class LocalSigner:
    """Signs with a key of this installation: RSA of at least 2048 bits, or P-256."""

    def __init__(self, *, key: bytes, certificate: bytes, chain: Sequence[bytes] = ()) -> None:
        """Take the private key, its certificate and the certificates above it, all as PEM."""
        self._mechanism = _ParsedKeySigner(
            key=_accepted_key(key),
            certificate=parse_certificate(certificate),
            chain=[parse_certificate(item) for item in chain],
        )

    @classmethod
    def from_files(cls, *, key: Path, certificate: Path, chain: Sequence[Path] = ()) -> "LocalSigner":
        return cls(
            key=key.read_bytes(),
            certificate=certificate.read_bytes(),
            chain=[path.read_bytes() for path in chain],
        )

    def sign(self, pdf: bytes, *, reason: str, at: datetime) -> bytes:
        metadata = signers.PdfSignatureMetadata(
            field_name=SIGNATURE_FIELD,
            reason=reason,
            md_algorithm="sha256",
            subfilter=fields.SigSeedSubFilter.PADES,
            certify=True,
            docmdp_permissions=fields.MDPPerm.NO_CHANGES,
        )
        pdf_signer = _DatedPdfSigner(metadata, signer=self._mechanism)
        pdf_signer.at = at
        writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
        signed = outside_event_loop(lambda: pdf_signer.sign_pdf(writer, bytes_reserved=BYTES_RESERVED))
        return bytes(signed.getvalue())


def outside_event_loop(work: Callable[[], T]) -> T:
    """Do the work where pyHanko may start its own event loop: in a thread of its own if one runs here already."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return work()
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(work).result()


def parse_certificate(encoded: bytes) -> x509.Certificate:
    """Read a certificate from PEM or DER."""
    if pem.detect(encoded):
        _, _, encoded = pem.unarmor(encoded)
    return x509.Certificate.load(encoded)


class _DatedPdfSigner(signers.PdfSigner):
    """Takes the time of signing from the caller instead of the machine's clock."""

    at: datetime

    def init_signing_session(self, *args: Any, **kwargs: Any) -> Any:
        session = super().init_signing_session(*args, **kwargs)
        session.system_time = self.at
        return session


class _ParsedKeySigner(signers.Signer):
    """Keeps the parsed key: pyHanko's own signer parses it anew for every file."""

    def __init__(
        self,
        *,
        key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey,
        certificate: x509.Certificate,
        chain: Sequence[x509.Certificate],
    ) -> None:
        registry = SimpleCertificateStore.from_certs([certificate, *chain])
        super().__init__(signing_cert=certificate, cert_registry=registry)
        self._key = key

    async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:
        if digest_algorithm != "sha256":
            raise ValueError(f"unexpected digest {digest_algorithm}")
        if isinstance(self._key, rsa.RSAPrivateKey):
            return self._key.sign(data, padding.PKCS1v15(), hashes.SHA256())
        return self._key.sign(data, ec.ECDSA(hashes.SHA256()))


def _accepted_key(encoded: bytes) -> rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey:
    key = serialization.load_pem_private_key(encoded, password=None)
    if isinstance(key, rsa.RSAPrivateKey) and key.key_size >= SMALLEST_RSA_KEY:
        return key
    if isinstance(key, ec.EllipticCurvePrivateKey) and isinstance(key.curve, ec.SECP256R1):
        return key
    raise ValueError("the signing key must be RSA of at least 2048 bits or P-256")
