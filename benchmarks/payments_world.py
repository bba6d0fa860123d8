"""One part of the figures of payments, told as JSON: make | count | matrix."""

import json
import os
import sys
import threading
import time
from datetime import timedelta
from urllib.parse import urlencode
from urllib.request import urlopen
from wsgiref.simple_server import WSGIRequestHandler, make_server

from sandbox.faults import Fault
from sandbox.server import Sandbox
from sandbox.stand_ins import STAND_INS

PATIENCE = 1.0  # seconds a job waits here, so that the matrix is played in a minute


def main(part: str) -> None:
    print(json.dumps({"make": make, "count": count, "matrix": matrix}[part]()))  # noqa: T201


def make() -> list[dict]:
    """Open bills of one office."""
    import django

    django.setup()
    from benchmarks.payments import BILLS
    from tests.factories.fees import REVIEW, make_bill
    from tests.factories.people import make_organisation
    from zhiping.fees.operations.paying import collector_of
    from zhiping.kernel import clock
    from zhiping.organisations.states import OrganisationKind

    office = make_organisation("收费办公室", kind=OrganisationKind.COMMITTEE_OFFICE)
    made = [make_bill(clock.now(), lines=(REVIEW,), office=office) for _ in range(BILLS)]
    return [{"order": each.order, "amount": each.fen, "collector": collector_of(office.pk)} for each in made]


def count() -> dict[str, int]:
    import django

    django.setup()
    from zhiping.fees.models import Bill, Payment

    return {"payments": Payment.objects.count(), "paid": Bill.objects.filter(state="paid").count()}


class Quiet(WSGIRequestHandler):
    def log_message(self, *args: object) -> None:
        """The figures are the output."""


def matrix() -> list[dict]:
    """The platform on a thread, the stand-in beside it, and this thread is the worker and the person."""
    server = make_server("127.0.0.1", 0, None, handler_class=Quiet)
    os.environ["ZHIPING_PUBLIC_URL"] = f"http://127.0.0.1:{server.server_port}"
    sandbox = Sandbox(STAND_INS)
    os.environ["ZHIPING_SANDBOX_URL"] = sandbox.base
    import django

    django.setup()
    from django.conf import settings
    from django.core.wsgi import get_wsgi_application

    from zhiping.gateways.payment import HttpPaymentGateway

    settings.PAYMENT_KEY = sandbox.stand_ins["payment"].around.key("payment")
    HttpPaymentGateway.__init__.__defaults__ = (PATIENCE,)
    server.set_app(get_wsgi_application())
    for each in (server, sandbox):
        threading.Thread(target=each.serve_forever, daemon=True).start()
    return [played(fault, sandbox.stand_ins["payment"]) for fault in Fault if fault is not Fault.NONE]


def played(fault: Fault, payment) -> dict:
    """A bill is made while the platform is broken, then paid while it is broken again; at last it is whole."""
    from tests.factories.fees import REVIEW, make_bill
    from zhiping.fees.models import Bill, Payment
    from zhiping.kernel import clock

    payment.switch.turn(fault, seconds=PATIENCE * 2)
    bill = make_bill(clock.now(), lines=(REVIEW,))
    work()
    milliseconds, saw = seen(bill)
    payment.switch.turn(Fault.NONE)
    work()
    bill = Bill.objects.get(pk=bill.pk)
    payment.switch.turn(fault, seconds=PATIENCE * 2)
    urlopen(bill.pay_url, urlencode({"pay": "1"}).encode()).read()  # noqa: S310
    time.sleep(PATIENCE)
    payment.switch.turn(Fault.NONE)
    until = time.monotonic() + 15
    while Bill.objects.get(pk=bill.pk).state == "open" and time.monotonic() < until:
        time.sleep(0.2)
    if Bill.objects.get(pk=bill.pk).state == "open":  # every notice was lost: the worker asks
        Bill.objects.filter(pk=bill.pk).update(asked_at=None, placed_at=clock.now() - timedelta(hours=2))
        work()
    booked = Payment.objects.filter(bill=bill).count()
    taken = sum(each["order"] == bill.order for each in payment.around.shelf.all("transaction"))
    return {
        "system": payment.title,
        "fault": fault.label,
        "page_ms": milliseconds,
        "saw": saw,
        "after": Bill.objects.get(pk=bill.pk).get_state_display(),
        "lost": max(taken - booked, 0),
        "doubled": max(booked - taken, 0),
    }


def work() -> None:
    """One tick of the worker; the breaker's half minute is over."""
    from django.core.cache import cache

    from zhiping.fees.tasks import follow_orders
    from zhiping.jobs.models import Job
    from zhiping.jobs.queue import run_due
    from zhiping.kernel import clock

    cache.clear()
    Job.objects.all().delete()  # what is queued once a minute is queued now
    follow_orders(clock.now())
    while run_due():
        pass


def seen(bill) -> tuple[float, str]:
    """How long the payer's page took and what it told."""
    import re

    from django.test import Client

    from tests.factories.people import make_user

    client = Client()
    client.force_login(make_user(bill.payer), backend="allauth.account.auth_backends.AuthenticationBackend")
    client.get("/healthz")
    began = time.perf_counter()
    html = client.get(f"/applicant/fees/{bill.pk}/").content.decode()
    milliseconds = (time.perf_counter() - began) * 1000
    told = re.search(r'<div class="note note-\w+"><h2>(.*?)</h2>(.*?)</div>', html, re.S)
    return milliseconds, f"{told[1]}：{told[2]}" if told else "缴费二维码和期限，一切照常"


if __name__ == "__main__":
    main(sys.argv[1])
