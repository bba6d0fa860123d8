"""The receipt of a submission as PDF (申报回执)."""

import json
from datetime import datetime

from django.conf import settings

from zhiping.applications.models import Application, Snapshot
from zhiping.documents.printing import render
from zhiping.documents.qr import Qr
from zhiping.documents.receipt import SubmissionReceipt, SubmittedMaterial

KILO = 1024


def as_pdf(application: Application, snapshot: Snapshot) -> bytes:
    """What was handed in, when, with the hash that ties the paper to the version."""
    content = json.loads(snapshot.content)
    files = [
        (content["slot_names"].get(slot, slot), each)
        for slot, group in sorted(content["attachments"].items())
        for each in group
    ]
    files += [(item["label"], each) for item in content["items"] for each in item["evidence"]]
    receipt = SubmissionReceipt(
        heading="职称申报回执",
        receipt_number=f"{content['number']}-{content['attempt']}",
        name=content["person"]["name"],
        masked_id=content["person"]["document"],
        employer=content["employer"]["name"],
        plan=content["plan"]["name"],
        committee=application.plan.office.name,
        title_applied=content["title"]["name"],
        specialty=application.specialty,
        application_mode=application.pathway_name,
        submitted_at=datetime.fromisoformat(content["submitted_at"]),
        version=f"第 {content['attempt']} 次提交",
        snapshot_hash=snapshot.sha256,
        qr=Qr(f"{settings.PUBLIC_URL}/applicant/applications/{application.pk}/"),
        materials=tuple(
            SubmittedMaterial(name, each["name"], f"{each['size'] / KILO:.0f} KB", each["sha256"])
            for name, each in files
        ),
    )
    return render(SubmissionReceipt.template, receipt, created=snapshot.created_at)
