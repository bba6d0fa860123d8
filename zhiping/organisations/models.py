"""Regions, bodies, memberships."""

from django.conf import settings
from django.db import models

from zhiping.files.models import StoredFile
from zhiping.identity.models import Person
from zhiping.kernel.actor import Role
from zhiping.lifecycle.models import Stateful
from zhiping.organisations.states import ClerkRequestState, OrganisationKind, OrganisationState, RegionLevel


class Region(models.Model):
    """An administrative division (GB/T 2260 code, six digits)."""

    code = models.CharField(max_length=6, primary_key=True)
    name = models.CharField(max_length=40)
    level = models.CharField(max_length=10, choices=RegionLevel.choices)
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="children")

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name


class Organisation(Stateful):
    """A body: employer, agency, acceptance point, authority, committee office …"""

    state = models.CharField(
        max_length=40,
        choices=OrganisationState.choices,
        default=OrganisationState.REGISTERED,
        db_index=True,
    )
    name = models.CharField(max_length=120, unique=True, verbose_name="单位名称")
    kind = models.CharField(max_length=30, choices=OrganisationKind.choices, verbose_name="单位性质")
    credit_code = models.CharField(max_length=18, null=True, unique=True, verbose_name="统一社会信用代码")
    region = models.ForeignKey(Region, on_delete=models.PROTECT, verbose_name="所在地")
    parent = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="children",
        verbose_name="主管部门",
    )
    address = models.CharField(max_length=200, blank=True, verbose_name="地址")
    legal_person = models.CharField(max_length=60, blank=True, verbose_name="法定代表人")

    class Meta:
        indexes = [models.Index(fields=["kind", "region"], name="organisation_by_place")]

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """An account's right to act in one role for one body."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=30, choices=[(role.value, role.label) for role in Role])
    is_active = models.BooleanField(default=True)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "organisation", "role"], name="one_membership_per_role")
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()} · {self.organisation_id}"


class AuthorisationLetter(models.Model):
    """One uploaded 授权委托证明 (R-363). Never changed but by its decision; a new upload is a new row."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="letters")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    handler = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", verbose_name="经办人")
    valid_until = models.DateField(verbose_name="授权期限至")
    submitted_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    approved = models.BooleanField(null=True)
    reason = models.TextField(blank=True, verbose_name="退回原因")

    class Meta:
        ordering = ["-submitted_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(approved=None, decided_at=None)
                | models.Q(approved=True, decided_at__isnull=False)
                | models.Q(approved=False, decided_at__isnull=False) & ~models.Q(reason=""),
                name="returned_letter_has_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.submitted_at:%Y-%m-%d}"


class ClerkRequest(Stateful):
    """A person asked, or was asked, to act for an employer; the other side answers."""

    state = models.CharField(max_length=40, choices=ClerkRequestState.choices, db_index=True)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="clerk_requests")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="clerk_requests"
    )
    role = models.CharField(max_length=30, choices=[(role.value, role.label) for role in Role])
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "organisation"],
                condition=models.Q(state__in=[ClerkRequestState.INVITED, ClerkRequestState.ASKED]),
                name="one_open_clerk_request",
            )
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.organisation_id} {self.state}"
