"""The draft: sections, picked achievements, attachments, the signed promise."""

from django.db import models

from zhiping.applications.models.case import Application
from zhiping.applications.states import SectionKey, SigningMethod
from zhiping.files.models import StoredFile


class Section(models.Model):
    """One page of the draft as last saved. `version` tells two tabs apart.

    `data` is the only place where picked versions and attached files stand; submission freezes it in the snapshot.
    Versions that left the draft and uploads are never deleted, so what it names stays there.
    """

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="sections")
    key = models.CharField(max_length=20, choices=SectionKey.choices)
    data = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["application", "key"], name="one_section_per_key")]

    def __str__(self) -> str:
        return f"{self.get_key_display()} 第 {self.version} 版"


class SigningRequest(models.Model):
    """A QR code shown on a desktop: its token (hash only) opens the signing page once, for ten minutes."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="signing_requests")
    token_hash = models.CharField(max_length=64, unique=True)
    session_hash = models.CharField(max_length=64)  # of the desktop session that showed the code
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    signed_at = models.DateTimeField(null=True)
    image = models.ForeignKey(StoredFile, null=True, on_delete=models.PROTECT, related_name="+")
    device = models.CharField(max_length=200, blank=True)
    used_at = models.DateTimeField(null=True)  # when that same session took the signature over

    def __str__(self) -> str:
        return f"signing request {self.pk}"


class Signature(models.Model):
    """The promise as signed: which text, by whose hand, when, on what."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="signatures")
    image = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    method = models.CharField(max_length=10, choices=SigningMethod.choices)
    statement = models.TextField(verbose_name="承诺书文本")
    device = models.CharField(max_length=200, blank=True)
    signed_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)  # replaced by signing again

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["application"],
                condition=models.Q(withdrawn_at=None),
                name="one_signature_in_force",
            )
        ]

    def __str__(self) -> str:
        return f"signature {self.pk}"


class PreparedForm(models.Model):
    """A form of the notice filled in with what is known, to be signed and handed back as a material.

    `content_hash` is that of the draft it was made from: the same draft gives the same paper.
    """

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="prepared_forms")
    key = models.CharField(max_length=20)  # which form, and for the nth referee
    content_hash = models.CharField(max_length=64)
    file = models.FileField(upload_to="prepared_forms/%Y", blank=True)
    asked_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["application", "key", "content_hash"], name="form_prepared_once_per_draft"
            )
        ]
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.key} {self.application_id}"
