"""One signature over the whole file, or a reason why not (issue 2 §9, reliability X12, E2)."""

import asyncio
import io
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner

from tests.factories import documents as samples
from zhiping.documents.demo_authority import make_demo_authority
from zhiping.documents.printing import render
from zhiping.documents.signing import AlreadySignedError, LocalSigner, parse_certificate, sign
from zhiping.documents.verification import SENTENCES, Finding, verify

AT = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def authority(tmp_path_factory):
    return make_demo_authority(tmp_path_factory.mktemp("authority"), now=AT)


@pytest.fixture(scope="module")
def roots(authority):
    return [authority.root.read_bytes()]


@pytest.fixture(scope="module")
def signer(authority):
    return LocalSigner.from_files(
        key=authority.key, certificate=authority.certificate, chain=[authority.root]
    )


@pytest.fixture(scope="module")
def unsigned():
    form = replace(samples.review_form(), work_since=(), statement="")
    return render(form.template, form, created=samples.CREATED)


@pytest.fixture(scope="module")
def signed(unsigned, signer):
    return sign(unsigned, signer, reason="电子证书签发", at=AT)


def test_a_signed_file_is_genuine_and_tells_who_and_when(signed, roots):
    answer = verify(signed, roots)

    assert answer.is_genuine
    assert (answer.signer, answer.signed_at) == ("电子证书签发（仅供演示）", AT)
    assert len(answer.sha256) == 64


def test_the_printed_file_stands_unchanged_at_the_front(signed, unsigned):
    assert signed.startswith(unsigned)


@pytest.mark.parametrize("part", [0.001, 0.1, 0.3, 0.5, 0.7])
def test_a_tampered_byte_is_found(signed, unsigned, roots, part):
    """A changed byte is either found changed or leaves a file that cannot be read."""
    forged = bytearray(signed)
    forged[int(len(unsigned) * part)] ^= 0x01

    assert verify(bytes(forged), roots).finding in {Finding.CHANGED, Finding.UNREADABLE}


def test_a_tampered_page_is_named_as_changed(signed, unsigned, roots):
    forged = bytearray(signed)
    forged[len(unsigned) // 2] ^= 0x01

    assert verify(bytes(forged), roots).finding is Finding.CHANGED


def test_no_flipped_bit_in_the_covered_part_is_genuine(signed, unsigned, roots):
    """E2: 60 places spread over the file; a forged file never raises."""
    for number in range(60):
        forged = bytearray(signed)
        forged[len(unsigned) * number // 60] ^= 1 << (number % 8)

        assert not verify(bytes(forged), roots).is_genuine


def test_two_signatures_are_found(signed, signer, roots, monkeypatch):
    """Also the newer of the two, which covers the whole file."""
    lenient = PdfSignatureMetadata(field_name="Second", md_algorithm="sha256")
    monkeypatch.setattr(PdfSigner, "_enforce_certification_constraints", lambda *_: None)
    twice = PdfSigner(lenient, signer=signer._mechanism).sign_pdf(
        IncrementalPdfFileWriter(io.BytesIO(signed)), bytes_reserved=16384
    )

    assert verify(twice.getvalue(), roots).finding is Finding.SEVERAL


def test_an_appended_update_is_found(signed, roots):
    writer = IncrementalPdfFileWriter(io.BytesIO(signed))
    writer.root["/Lang"] = generic.pdf_string("en")
    writer.update_root()
    updated = io.BytesIO()
    writer.write(updated)

    assert verify(updated.getvalue(), roots).finding is Finding.APPENDED


@pytest.mark.parametrize("tail", [b"\n", b"%comment\n", bytes(32)])
def test_bytes_after_the_end_are_found(signed, roots, tail):
    """Readers and pyHanko itself call such a file valid; only the coverage tells."""
    assert verify(signed + tail, roots).finding is Finding.APPENDED


def test_a_foreign_root_is_not_trusted(signed, tmp_path):
    foreign = make_demo_authority(tmp_path, now=AT)

    assert verify(signed, [foreign.root.read_bytes()]).finding is Finding.UNTRUSTED
    assert verify(signed, []).finding is Finding.UNTRUSTED


def test_a_signature_made_outside_the_validity_of_its_certificate_is_not_trusted(unsigned, signer, roots):
    late = sign(unsigned, signer, reason="签发", at=AT + timedelta(days=40 * 366))

    assert verify(late, roots).finding is Finding.UNTRUSTED


def test_a_file_without_signature_and_a_broken_file_have_their_own_reasons(unsigned, signed, roots):
    assert verify(unsigned, roots).finding is Finding.UNSIGNED
    assert verify(b"", roots).finding is Finding.UNREADABLE
    assert verify(signed[: len(signed) // 2], roots).finding is Finding.UNREADABLE
    assert verify(b"\x89PNG\r\n", roots).finding is Finding.UNREADABLE


def test_each_finding_has_its_own_sentence():
    assert set(SENTENCES) == set(Finding)
    assert len(set(SENTENCES.values())) == len(Finding)


def test_only_a_genuine_file_names_a_signer(signed, tmp_path):
    foreign = make_demo_authority(tmp_path, now=AT)

    answer = verify(signed, [foreign.root.read_bytes()])

    assert (answer.signer, answer.signed_at, answer.sentence) == ("", None, SENTENCES[Finding.UNTRUSTED])


def test_a_second_signature_is_refused(signed, signer):
    with pytest.raises(AlreadySignedError):
        sign(signed, signer, reason="再签", at=AT)


def test_the_time_of_signing_must_have_a_zone(unsigned, signer):
    with pytest.raises(ValueError, match="time zone"):
        sign(unsigned, signer, reason="签发", at=datetime(2026, 1, 1))


def test_signing_and_checking_work_beside_a_running_event_loop(unsigned, signer, roots):
    """A browser test runs one in the same thread."""

    async def sign_and_verify():
        return verify(sign(unsigned, signer, reason="签发", at=AT), roots)

    assert asyncio.run(sign_and_verify()).is_genuine


def test_only_the_chosen_digest_is_signed(signer):
    with pytest.raises(ValueError, match="unexpected digest"):
        asyncio.run(signer._mechanism.async_sign_raw(b"", "sha1"))


def test_a_der_certificate_is_read_like_a_pem_one(signed, authority):
    der = parse_certificate(authority.root.read_bytes()).dump()

    assert verify(signed, [der]).is_genuine


def test_making_the_demo_authority_again_keeps_it(tmp_path):
    first = make_demo_authority(tmp_path, now=AT)
    key = first.key.read_bytes()

    second = make_demo_authority(tmp_path, now=AT + timedelta(days=1))

    assert second.key.read_bytes() == key
    assert first.key.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    "key",
    [
        rsa.generate_private_key(public_exponent=65537, key_size=1024),
        ec.generate_private_key(ec.SECP384R1()),
        ed25519.Ed25519PrivateKey.generate(),
    ],
    ids=["RSA-1024", "P-384", "Ed25519"],
)
def test_weak_or_unusual_keys_are_refused(authority, key):
    with pytest.raises(ValueError, match="signing key"):
        LocalSigner(key=pem_of(key), certificate=authority.certificate.read_bytes())


def test_an_rsa_key_signs_too(unsigned, tmp_path):
    key, certificate = samples.rsa_certificate(AT)

    signed = sign(unsigned, LocalSigner(key=pem_of(key), certificate=certificate), reason="签发", at=AT)

    assert verify(signed, [certificate]).is_genuine
    assert parse_certificate(certificate).subject.native["common_name"] == "RSA 签发"


def pem_of(key) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
