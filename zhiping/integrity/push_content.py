"""What the credit platforms are told of a record, in their format. The facts themselves stay here. Pure."""

from typing import Any

from zhiping.integrity.models import IntegrityRecord


def content_of(record: IntegrityRecord) -> dict[str, Any]:
    """Subject with the number that names it, act, basis, document, days, body."""
    return {
        "subject": _subject(record),
        "what": record.kind,
        "basis": record.basis,
        "document": record.document_number,
        "from": record.starts_on.isoformat(),
        "to": record.ends_on.isoformat(),
        "body": record.recorded_for.name,
    }


def _subject(record: IntegrityRecord) -> dict[str, str]:
    person, body = record.person, record.organisation
    if person is not None:
        return {"kind": "person", "name": person.name, "code": person.document_number}
    return {
        "kind": "organisation",
        "name": record.subject_name,
        "code": body.credit_code or "" if body else "",
    }
