"""Systems of other bodies and the tokens they call with."""

import base64
import json
from itertools import count
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.test import Client as Browser

from tests.factories.hours import trainer
from tests.factories.people import make_organisation, staff_actor
from zhiping.continuing_education.operations import add_batch_key
from zhiping.exchange.models import Client
from zhiping.exchange.operations import grant_token, register_client
from zhiping.exchange.states import SCOPES_OF_KIND
from zhiping.kernel.actor import Actor, Role
from zhiping.organisations.models import Organisation
from zhiping.organisations.states import OrganisationKind

_serial = count(1)


def administrator() -> Actor:
    return staff_actor(make_organisation(kind=OrganisationKind.PLATFORM), Role.SYSTEM_ADMIN)


def make_client(organisation: Organisation, now, scopes=None) -> tuple[Client, str]:
    """A registered system with all scopes its kind of body may have; and its secret."""
    wanted = SCOPES_OF_KIND[organisation.kind] if scopes is None else scopes
    return register_client(
        organisation=organisation, name=f"系统{next(_serial)}", scopes=wanted, actor=administrator(), now=now
    )


def token_for(organisation: Organisation, now, scopes=None) -> str:
    client, secret = make_client(organisation, now, scopes)
    granted = grant_token(identifier=client.identifier, secret=secret, scopes=None, now=now)
    assert granted is not None
    return granted[0]


class Machine:
    """A caller with a token."""

    def __init__(self, token: str) -> None:
        self.browser = Browser(enforce_csrf_checks=True)
        self.token = token

    def get(self, path: str, **query: Any):
        return self.browser.get(path, query, HTTP_AUTHORIZATION=f"Bearer {self.token}")

    def post(self, path: str, content: Any, **headers: str):
        body = content if isinstance(content, bytes) else json.dumps(content)
        given = {"Authorization": f"Bearer {self.token}", **headers}
        return self.browser.post(path, body, content_type="application/json", headers=given)


class Signer:
    """A training body's signing program with its key registered."""

    def __init__(self, body: Organisation, now) -> None:
        self._key = Ed25519PrivateKey.generate()
        public = self._key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
        text = base64.b64encode(public).decode()
        add_batch_key(name="教务系统", public_key=text, actor=trainer(body), now=now)

    def sign(self, payload: bytes) -> str:
        return base64.b64encode(self._key.sign(payload)).decode()
