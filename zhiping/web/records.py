"""A version of an archive item or a profile as people read it: labels, words, evidence by part."""

from dataclasses import dataclass

from zhiping.achievements.models import ItemVersion, ProfileVersion
from zhiping.achievements.record import shown_value
from zhiping.achievements.schema import categories, profile_fields
from zhiping.files.models import StoredFile
from zhiping.privacy.masks import mask_phone


@dataclass(frozen=True, slots=True)
class Sheet:
    """A version to be shown; `rows` are (label, words), `files` are (label of the part, file)."""

    version: ItemVersion
    rows: list[tuple[str, str]]
    files: list[tuple[str, StoredFile]]


def sheet_of(version: ItemVersion) -> Sheet:
    """Needs `item` and `evidence_links__file` loaded."""
    kind = categories()[version.item.category]
    rows = [(field.label, shown_value(field, version.data.get(name))) for name, field in kind.fields.items()]
    files = []
    for link in version.evidence_links.all():
        part = kind.part(link.part)
        files.append((part.label if part else "材料", link.file))
    return Sheet(version, rows, files)


def profile_rows(
    version: ProfileVersion, sensitive: dict[str, str], *, masked: bool
) -> list[tuple[str, str]]:
    """The answers of a profile; for others than its person contact data are masked."""
    rows = []
    for name, field in profile_fields().items():
        value = sensitive.get(name) if field.sensitive else version.data.get(name)
        words = shown_value(field, value)
        if masked and field.sensitive and words:
            words = mask_phone(words) if name == "phone" else words[:2] + "****"
        rows.append((field.label, words))
    return rows
