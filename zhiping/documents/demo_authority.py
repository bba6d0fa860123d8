"""Makes a certification authority for demonstration and development; real use brings its own key."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

DAYS_BEFORE = 366 * 10  # the demo world also holds years that are past
DAYS_AFTER = 366 * 20


@dataclass(frozen=True)
class DemoAuthority:
    """Where the three PEM files lie."""

    root: Path
    certificate: Path
    key: Path


def make_demo_authority(directory: Path, *, now: datetime) -> DemoAuthority:
    """Write a root certificate, a signing certificate and its key, unless all three are there already.

    The root's own key is never written: nobody can issue under this root again.
    """
    directory.mkdir(parents=True, exist_ok=True)
    authority = DemoAuthority(
        root=directory / "demo-root.pem",
        certificate=directory / "demo-signing.pem",
        key=directory / "demo-signing.key.pem",
    )
    if all(path.exists() for path in (authority.root, authority.certificate, authority.key)):
        return authority
    root_key, signing_key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    root_name, signing_name = _name("演示根证书（仅供演示）"), _name("电子证书签发（仅供演示）")
    root = _builder(root_name, root_name, root_key, now, is_authority=True).sign(root_key, hashes.SHA256())
    leaf = _builder(signing_name, root_name, signing_key, now, is_authority=False)
    issuer_key_id = x509.AuthorityKeyIdentifier.from_issuer_public_key(root_key.public_key())
    certificate = leaf.add_extension(issuer_key_id, critical=False).sign(root_key, hashes.SHA256())
    authority.key.touch(mode=0o600)
    authority.key.write_bytes(
        signing_key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    authority.root.write_bytes(root.public_bytes(serialization.Encoding.PEM))
    authority.certificate.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    return authority


def _name(common_name: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "CN"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "职评演示环境"),
            x509.NameAttribute(NameOID.COMMON_NAME, common_name),
        ]
    )


def _builder(
    subject: x509.Name,
    issuer: x509.Name,
    key: ec.EllipticCurvePrivateKey,
    now: datetime,
    *,
    is_authority: bool,
) -> x509.CertificateBuilder:
    usage = x509.KeyUsage(
        digital_signature=not is_authority,
        content_commitment=not is_authority,
        key_cert_sign=is_authority,
        crl_sign=is_authority,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=DAYS_BEFORE))
        .not_valid_after(now + timedelta(days=DAYS_AFTER))
        .add_extension(x509.BasicConstraints(ca=is_authority, path_length=None), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )
