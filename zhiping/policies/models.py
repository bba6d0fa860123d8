"""Versions of policy packs."""

from django.conf import settings
from django.db import models

from zhiping.lifecycle.models import Stateful
from zhiping.policies.states import PackState


class PackVersion(Stateful):
    """One text of a pack, whole: parents and fragments are already merged in, so that it stands alone for ever."""

    state = models.CharField(max_length=40, choices=PackState.choices, default=PackState.DRAFT, db_index=True)
    slug = models.CharField(max_length=80, verbose_name="规则包")
    number = models.PositiveIntegerField(verbose_name="版本号")
    name = models.CharField(max_length=200, verbose_name="名称")
    text = models.TextField(verbose_name="规则全文")
    checksum = models.CharField(max_length=64)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    owner = models.ForeignKey(
        "organisations.Organisation",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="所属评委会办公室",
    )
    created_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["slug", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["slug", "number"], name="one_pack_version_per_number"),
            models.UniqueConstraint(
                fields=["slug"],
                condition=models.Q(state=PackState.PUBLISHED),
                name="one_published_version_per_pack",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.slug} 第 {self.number} 版"
