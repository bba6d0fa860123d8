"""Printed forms of a draft. The caller has loaded the application within the actor's scope."""

from zhiping.applications.canonical import canonical_text, sha256_of
from zhiping.applications.models import Application, PreparedForm, Section


def draft_hash(application: Application) -> str:
    """What stands in the sections now; one query."""
    rows = Section.objects.filter(application=application).order_by("key")
    told = {row.key: [row.version, row.data] for row in rows}
    return sha256_of(canonical_text({"title": application.title_id, "sections": told}))


def prepared_form(application: Application, key: str) -> PreparedForm | None:
    """The form as the draft stands now, if it was asked for."""
    rows = PreparedForm.objects.filter(application=application, key=key)
    return rows.filter(content_hash=draft_hash(application)).first()


def printed_forms(application: Application) -> dict[str, PreparedForm]:
    """The newest printed paper of each form, for desks; one query."""
    found: dict[str, PreparedForm] = {}
    for form in PreparedForm.objects.filter(application=application).exclude(file="").order_by("pk"):
        found[form.key] = form
    return found
