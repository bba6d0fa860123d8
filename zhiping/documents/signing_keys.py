"""The installation's signing key and the roots it trusts, from the folder that settings name.

Demo and development make their own authority on first use; production brings `signing.key.pem`, `signing.pem` and
`root.pem` (docs/howto/run-in-production.md).
"""

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings

from zhiping.documents.demo_authority import make_demo_authority
from zhiping.kernel import clock

if TYPE_CHECKING:
    from zhiping.documents.signing import Signer


@cache
def signer() -> "Signer":
    """The key that signs certificates, parsed once per process."""
    # Loaded when needed: 17 MB less for a process that never signs.
    from zhiping.documents.signing import LocalSigner

    folder = Path(settings.SIGNING_KEY_DIR)
    if settings.DEMO or settings.DEBUG:
        made = make_demo_authority(folder, now=clock.now())
        return LocalSigner.from_files(key=made.key, certificate=made.certificate, chain=[made.root])
    return LocalSigner.from_files(
        key=folder / "signing.key.pem", certificate=folder / "signing.pem", chain=[folder / "root.pem"]
    )


def trust_roots() -> list[bytes]:
    """Certificates under which a certificate's signature must stand."""
    folder = Path(settings.SIGNING_KEY_DIR)
    if settings.DEMO or settings.DEBUG:
        return [make_demo_authority(folder, now=clock.now()).root.read_bytes()]
    return [(folder / "root.pem").read_bytes()]
