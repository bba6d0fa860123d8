"""Items of the archive, the profile, and their immutable versions."""

from django.db import models
from django.db.models import Q

from zhiping.achievements.states import OPEN, Answer, Outcome, PaperKind, VersionState
from zhiping.files.models import StoredFile
from zhiping.identity.models import Person
from zhiping.lifecycle.models import Stateful
from zhiping.organisations.models import Organisation
from zhiping.privacy.fields import EncryptedTextField


class ArchiveItem(models.Model):
    """One achievement. What it says stands in its versions."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="archive_items")
    category = models.CharField(max_length=30, verbose_name="类别")
    created_at = models.DateTimeField()
    deleted_at = models.DateTimeField(null=True, verbose_name="移入回收站时间")
    token = models.CharField(max_length=32, null=True, unique=True)  # of the form that made it: made once
    source_key = models.CharField(
        max_length=120, null=True
    )  # of an item that a register keeps; nobody types it
    carried_number = models.PositiveSmallIntegerField(null=True)  # the version that now counts in a register

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "source_key"], name="one_item_per_source"),
        ]
        indexes = [models.Index(fields=["person", "category"], name="archive_by_person")]

    def __str__(self) -> str:
        return f"{self.category} {self.pk}"


class Version(Stateful):
    """What items and profiles have in common: numbered content that is drafted, submitted and decided once."""

    state = models.CharField(
        max_length=40, choices=VersionState.choices, default=VersionState.DRAFT, db_index=True
    )
    number = models.PositiveSmallIntegerField(verbose_name="第几版")
    data = models.JSONField(default=dict)
    reason = models.TextField(blank=True, verbose_name="审核意见")
    saved_at = models.DateTimeField(verbose_name="保存时间")
    submitted_at = models.DateTimeField(null=True, verbose_name="送审时间")
    decided_at = models.DateTimeField(null=True, verbose_name="审核时间")
    decided_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True

    @property
    def stamp(self) -> str:
        """What a form was built from; a save with an old stamp is told so."""
        return f"{self.pk}.{self.version}"

    @property
    def is_draft(self) -> bool:
        return self.state == VersionState.DRAFT

    @property
    def is_submitted(self) -> bool:
        return self.state == VersionState.SUBMITTED

    @property
    def is_approved(self) -> bool:
        return self.state == VersionState.APPROVED


class ItemVersion(Version):
    """An item as it was at one time. `label` is its one-line name; `employer` audits or audited it."""

    item = models.ForeignKey(ArchiveItem, on_delete=models.CASCADE, related_name="versions")
    label = models.CharField(max_length=200, verbose_name="名称")
    employer = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")
    source = models.CharField(max_length=80, blank=True, verbose_name="自动提取自")
    evidence = models.ManyToManyField(StoredFile, through="Evidence", related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["item", "number"], name="item_version_number"),
            models.UniqueConstraint(
                fields=["item"], condition=Q(state__in=sorted(OPEN)), name="one_open_version_per_item"
            ),
            models.CheckConstraint(
                condition=Q(state=VersionState.DRAFT)
                | Q(employer__isnull=False, submitted_at__isnull=False)
                | ~Q(source=""),
                name="item_version_has_auditor",
            ),
        ]
        indexes = [models.Index(fields=["employer", "state"], name="item_versions_to_audit")]

    def __str__(self) -> str:
        return f"{self.label}（第 {self.number} 版）"

    @property
    def person_id(self) -> int:
        return self.item.person_id


class Evidence(models.Model):
    """A file that proves a version; `part` says which part of the proof it is (cover, amount page …)."""

    version = models.ForeignKey(ItemVersion, on_delete=models.CASCADE, related_name="evidence_links")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="evidence_links")
    part = models.CharField(max_length=30, verbose_name="材料")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["version", "file", "part"], name="file_once_per_part")]
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.part} {self.file_id}"


class CopyCheck(models.Model):
    """A scan compared with its original by a body: statement, who, for whom, when (R-004, R-281). Never changed.

    These are the four marks of a paper copy. Names are kept as they were on that day. `version` is the item in whose
    audit it was done; a material handed in with an application has none.
    """

    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="copy_checks")
    version = models.ForeignKey(ItemVersion, null=True, on_delete=models.PROTECT, related_name="copy_checks")
    kind = models.CharField(max_length=10, choices=PaperKind.choices, verbose_name="材料是")
    statement = models.CharField(max_length=20, blank=True, verbose_name="核对结论")
    checker = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    checker_name = models.CharField(max_length=60, verbose_name="验证人")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    organisation_name = models.CharField(max_length=200, verbose_name="核对单位")
    checked_at = models.DateTimeField(verbose_name="验证时间")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["file", "organisation"], name="file_checked_once_by_a_body"),
            models.CheckConstraint(
                condition=(Q(kind=PaperKind.COPY) & ~Q(statement=""))
                | (Q(kind=PaperKind.ORIGINAL) & Q(statement="")),
                name="a_checked_copy_has_its_statement",
            ),
        ]
        ordering = ["checked_at", "pk"]

    def __str__(self) -> str:
        return f"{self.statement or self.get_kind_display()} {self.file_id}"

    @property
    def is_copy(self) -> bool:
        return self.kind == PaperKind.COPY


class Profile(models.Model):
    """个人基本信息 of a person. `employer` is the current one: declared on submission, kept in step by operations."""

    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="profile")
    employer = models.ForeignKey(
        Organisation, null=True, on_delete=models.PROTECT, related_name="staff", verbose_name="现工作单位"
    )
    is_confirmed = models.BooleanField(default=False, verbose_name="单位已确认")

    def __str__(self) -> str:
        return f"profile {self.person_id}"


class ProfileVersion(Version):
    """The profile as it was at one time; contact data lies encrypted in `sensitive` (JSON text)."""

    profile = models.ForeignKey(Profile, on_delete=models.CASCADE, related_name="versions")
    employer = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")
    photo = models.ForeignKey(StoredFile, null=True, on_delete=models.PROTECT, related_name="+")
    sensitive = EncryptedTextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["profile", "number"], name="profile_version_number"),
            models.UniqueConstraint(
                fields=["profile"], condition=Q(state__in=sorted(OPEN)), name="one_open_version_per_profile"
            ),
            models.CheckConstraint(
                condition=Q(state=VersionState.DRAFT) | Q(employer__isnull=False, submitted_at__isnull=False),
                name="profile_version_has_auditor",
            ),
        ]
        indexes = [models.Index(fields=["employer", "state"], name="profile_versions_to_audit")]

    def __str__(self) -> str:
        return f"profile {self.profile_id}（第 {self.number} 版）"

    @property
    def person_id(self) -> int:
        return self.profile.person_id


class Fetch(models.Model):
    """What came of the last time a register was asked about a person; `again_at`: when it is asked again by itself."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="fetches")
    source = models.CharField(max_length=20)
    outcome = models.CharField(max_length=20, choices=Outcome.choices, default=Outcome.WAITING)
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    again_at = models.DateTimeField(null=True, db_index=True)
    tries = models.PositiveSmallIntegerField(default=0)
    missing = models.JSONField(default=list)
    unread = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "source"], name="one_fetch_per_source")]

    def __str__(self) -> str:
        return f"{self.source} {self.person_id}"

    @property
    def is_waiting(self) -> bool:
        return self.outcome == Outcome.WAITING


class FoundRecord(models.Model):
    """A record that a register knows of a person, until and after the person has said what to do with it.

    `added` is what the person answered beside it; `replaced` is the typed draft that gave way to it, kept for ever.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="found_records")
    source = models.CharField(max_length=20)
    key = models.CharField(max_length=100)
    data = models.JSONField()
    proof = models.CharField(max_length=80, blank=True)
    note = models.CharField(max_length=200, blank=True)
    found_at = models.DateTimeField()
    gone_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=10, choices=Answer.choices, default=Answer.OPEN)
    answered_at = models.DateTimeField(null=True)
    added = models.JSONField(default=dict)
    replaced = models.JSONField(null=True)
    item = models.OneToOneField(ArchiveItem, null=True, on_delete=models.PROTECT, related_name="found_record")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "source", "key"], name="record_found_once"),
            models.CheckConstraint(
                condition=~Q(answer=Answer.TAKEN) | Q(item__isnull=False), name="taken_record_has_item"
            ),
        ]
        ordering = ["source", "key"]

    def __str__(self) -> str:
        return f"{self.source} {self.key}"

    @property
    def is_open(self) -> bool:
        return self.answer == Answer.OPEN

    @property
    def is_taken(self) -> bool:
        return self.answer == Answer.TAKEN
