"""The 移交清单 as it goes with the papers (PDF) and as bodies keep it (Excel)."""

from zhiping.certificates import queries, seals
from zhiping.certificates.models import Handover
from zhiping.documents.handover import HandedOverForm, table_of
from zhiping.documents.handover import Handover as Sheet
from zhiping.documents.printing import render
from zhiping.documents.sheets import write_sheet


def sheet_of(handover: Handover) -> Sheet:
    """Everything the list prints; no identity number and no telephone stands in it."""
    lines = list(queries.lines_of(handover))
    due = queries.seals_due_on(lines, handover.receiver_id)
    return Sheet(
        heading="纸质评审表移交清单",
        number=handover.number,
        sender=handover.sender.name,
        receiver=handover.receiver.name,
        made_by=handover.made_by.name if handover.made_by else "",
        made_at=handover.made_at,
        lines=tuple(
            HandedOverForm(
                application=line.form.application.number,
                name=line.form.application.person.name,
                employer=line.form.application.employer.name if line.form.application.employer else "",
                plan=line.form.application.plan.name,
                version=line.form.number,
                copies=line.copies,
                seals="、".join(seals.labels(due[line.form_id])),
            )
            for line in lines
        ),
    )


def as_pdf(handover: Handover, sheet: Sheet) -> bytes:
    return render(Sheet.template, sheet, created=handover.made_at)


def as_excel(sheet: Sheet) -> bytes:
    headers, rows = table_of(sheet)
    return write_sheet(headers, rows, name="移交清单")
