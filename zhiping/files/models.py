"""The register of uploads."""

from django.db import models
from django.db.models import Q

from zhiping.files.states import MediaType
from zhiping.identity.models import Person


class StoredFile(models.Model):
    """One person's upload. The bytes lie under the hash; the name is only what the person called them."""

    owner = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="files")
    sha256 = models.CharField(max_length=64, db_index=True)
    media_type = models.CharField(max_length=20, choices=MediaType.choices)
    size = models.PositiveIntegerField(verbose_name="大小（字节）")
    name = models.CharField(max_length=120, verbose_name="文件名")
    pages = models.PositiveSmallIntegerField(null=True, verbose_name="页数")
    width = models.PositiveIntegerField(null=True, verbose_name="宽（像素）")
    height = models.PositiveIntegerField(null=True, verbose_name="高（像素）")
    uploaded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["owner", "sha256"], name="one_file_per_owner_and_content"),
            models.CheckConstraint(
                condition=Q(media_type=MediaType.PDF, pages__gte=1)
                | Q(media_type=MediaType.MP4)
                | Q(media_type__in=[MediaType.JPEG, MediaType.PNG], width__gte=1, height__gte=1),
                name="file_was_measured",
            ),
        ]

    def __str__(self) -> str:
        return self.name
