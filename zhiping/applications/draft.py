"""A draft as one value: its sections as saved, and the archive versions pinned in them. Pure: no query."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from zhiping.achievements.models import ArchiveItem, ItemVersion
from zhiping.achievements.schema import categories, groups
from zhiping.applications.models import Application
from zhiping.applications.states import SectionKey
from zhiping.integrity.models import IntegrityRecord
from zhiping.policy_engine.pack import Pack
from zhiping.posts.queries import Standing

CAREER = frozenset(member for group in groups() if group.key == "career" for member in group.members)


@dataclass(frozen=True, slots=True)
class Draft:
    """An application with its rules and everything that has been put into it."""

    application: Application
    pack: Pack
    sections: Mapping[str, Mapping[str, Any]]
    versions: Mapping[str, int] = field(default_factory=dict)
    saved: Mapping[str, datetime] = field(default_factory=dict)
    records: tuple[IntegrityRecord, ...] = ()
    standing: Standing | None = None  # before the ledger of a public institution

    def section(self, key: str) -> Mapping[str, Any]:
        return self.sections.get(key) or {}

    @property
    def form(self) -> Mapping[str, Any]:
        return self.section(SectionKey.FORM)

    @property
    def referral(self) -> Mapping[str, Any]:
        return self.section(SectionKey.REFERRAL)

    @property
    def photo(self) -> Mapping[str, Any]:
        return self.section(SectionKey.PHOTO).get("file") or {}

    @property
    def integrity(self) -> Mapping[str, Any]:
        return self.section(SectionKey.INTEGRITY)

    @property
    def items(self) -> list[Mapping[str, Any]]:
        """Archive records carried along: career always, achievements as picked."""
        return list(self.section(SectionKey.ACHIEVEMENTS).get("items") or ())

    @property
    def picked(self) -> list[Mapping[str, Any]]:
        return [item for item in self.items if item["category"] not in CAREER]

    @property
    def attachments(self) -> Mapping[str, list[Mapping[str, Any]]]:
        return self.section(SectionKey.ATTACHMENTS).get("slots") or {}

    @property
    def chosen(self) -> list[Mapping[str, Any]]:
        """Rows of the score page: which item is claimed under which row, with the row's own answers."""
        return list(self.section(SectionKey.SCORE).get("claims") or ())

    @property
    def title(self) -> dict[str, Any]:
        return self.pack.title(self.application.title.key)

    @property
    def pathway(self) -> dict[str, Any] | None:
        """The chosen pathway as the pack writes it."""
        wanted = self.form.get("pathway")
        return next((each.raw for each in self.pack.pathways_for(self.title) if each.id == wanted), None)

    @property
    def wants_score(self) -> bool:
        """Whether this way asks for the scoring sheet (R-102, R-269)."""
        if self.pack.scoring is None:
            return False
        return self.pathway is not None and self.pathway.get("scoring_sheet") == "required"

    @property
    def wants_referral(self) -> bool:
        """Whether this way asks for referees or for reasons of an exception (R-097)."""
        return bool(self.pathway and self.pathway.get("forms"))


def frozen_item(version: ItemVersion, links: list[Any]) -> dict[str, Any]:
    """An approved version as it is kept in the draft; versions never change, so this stays true."""
    return {
        "item": version.item_id,
        "version": version.pk,
        "number": version.number,
        "category": version.item.category,
        "category_label": categories()[version.item.category].label,
        "label": version.label,
        "source": version.source,
        "data": version.data,
        "shown": shown_data(version.item.category, version.data),
        "evidence": [{**frozen_file(link.file), "part": link.part} for link in links],
    }


def shown_data(category: str, data: Mapping[str, Any]) -> str:
    """A record in the words that people see, field by field."""
    told = []
    for name, asked in categories()[category].fields.items():
        if name in data:
            value = data[name]
            words = ("是" if value else "否") if isinstance(value, bool) else asked.choices.get(value, value)
            told.append(f"{asked.label}：{words}")
    return "；".join(told)


def frozen_file(stored: Any) -> dict[str, Any]:
    """What identifies a stored file for ever."""
    return {
        "file": stored.pk,
        "sha256": stored.sha256,
        "name": stored.name,
        "media_type": str(stored.media_type),
        "size": stored.size,
        "pages": stored.pages,
        "width": stored.width,
        "height": stored.height,
    }


def thawed(item: Mapping[str, Any]) -> ItemVersion:
    """The kept version as the archive's own shape, for its calculations; never saved."""
    return ItemVersion(
        pk=item["version"],
        item=ArchiveItem(pk=item["item"], category=item["category"]),
        number=item["number"],
        label=item["label"],
        source=item.get("source", ""),
        data=item["data"],
    )
