"""What comes in and goes out: tables, signing keys, cards; and what people aim at."""

from django.db import models

from zhiping.continuing_education.models.records import HourBatch
from zhiping.identity.models import Person
from zhiping.organisations.models import Organisation


class Aim(models.Model):
    """What a person means to apply for, by which rules and when; the shortfall is told them a year ahead."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="hour_aim")
    pack_slug = models.CharField(max_length=80)
    title = models.CharField(max_length=60, verbose_name="拟申报的职称")
    year = models.PositiveSmallIntegerField(verbose_name="拟申报年度")
    set_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.year} {self.title}"


class HourSheet(models.Model):
    """An uploaded table of hours, kept until it is entered whole or replaced by a better one."""

    provider = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="hour_sheets")
    token = models.CharField(max_length=32, unique=True)  # of the form that sent it: kept once
    name = models.CharField(max_length=120, verbose_name="文件名")
    file = models.FileField(upload_to="hour-sheets/", max_length=200)
    sha256 = models.CharField(max_length=64)
    rows = models.PositiveIntegerField(verbose_name="行数")
    wrong = models.PositiveIntegerField(verbose_name="有错的行数")
    sent_at = models.DateTimeField()
    sent_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    batch = models.OneToOneField(HourBatch, null=True, on_delete=models.PROTECT, related_name="sheet")
    failure = models.TextField(blank=True, verbose_name="没有入账的原因")

    class Meta:
        ordering = ["-sent_at", "-pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def key(self) -> str:
        """The batch key: the same file of the same body is the same batch."""
        return f"sheet-{self.sha256[:32]}"


class ProviderKey(models.Model):
    """A public key (Ed25519) with which a training body signs its batches."""

    provider = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="batch_keys")
    name = models.CharField(max_length=60, verbose_name="用途")
    public_key = models.CharField(max_length=44, verbose_name="公钥")
    added_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["provider", "public_key"], name="batch_key_once")]

    def __str__(self) -> str:
        return self.name


class HourCard(models.Model):
    """年度学时卡 of one version of a ledger year: what it says never changes; the code verifies it."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="hour_cards")
    year = models.PositiveSmallIntegerField(verbose_name="年度")
    number = models.PositiveIntegerField(verbose_name="台账第几版")
    code = models.CharField(max_length=32, unique=True)
    content = models.JSONField()  # sums and lines as printed
    file = models.FileField(upload_to="hour-cards/", max_length=200, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "year", "number"], name="one_card_per_ledger_version")
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.year} 第 {self.number} 版"

    @property
    def card_number(self) -> str:
        return f"{self.year}-{self.person_id:06d}-{self.number}"
