"""People and accounts."""

from django.contrib.auth.models import AbstractUser
from django.db import models

from zhiping.identity.states import IdentityDocument, Sex
from zhiping.privacy.fields import EncryptedTextField


class Person(models.Model):
    """One human being."""

    name = models.CharField(max_length=60, db_index=True, verbose_name="姓名")
    former_name = models.CharField(max_length=60, blank=True, verbose_name="曾用名")
    sex = models.CharField(max_length=10, choices=Sex.choices, blank=True, verbose_name="性别")
    born_on = models.DateField(null=True, blank=True, verbose_name="出生日期")
    document_kind = models.CharField(
        max_length=20,
        choices=IdentityDocument.choices,
        default=IdentityDocument.RESIDENT,
        verbose_name="证件类型",
    )
    document_number = EncryptedTextField(verbose_name="证件号码")
    document_index = models.CharField(max_length=64, unique=True)
    phone = EncryptedTextField(blank=True, verbose_name="手机号")
    phone_index = models.CharField(max_length=64, blank=True, db_index=True)
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class User(AbstractUser):
    """An account. Staff of bodies and applicants alike are persons; only the system administrator may be none."""

    person = models.OneToOneField(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="user"
    )

    def __str__(self) -> str:
        return self.username

    @property
    def shown_name(self) -> str:
        return self.person.name if self.person else self.username

    @property
    def is_fresh(self) -> bool:
        """Nobody has set a password yet: there is nothing that a new link could take away."""
        return not self.has_usable_password()


class AccessRenewal(models.Model):
    """That an account's password and second factor shall end: asked by one administrator, confirmed by another."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="renewals")
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user"], condition=models.Q(confirmed_at=None), name="one_open_renewal_per_account"
            ),
            models.CheckConstraint(
                condition=models.Q(confirmed_by=None) | ~models.Q(confirmed_by=models.F("asked_by")),
                name="renewal_has_two_administrators",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.asked_at:%Y-%m-%d}"
