"""Places of an application to which a reason of a return can be bound, and what changed in them. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher
from typing import Any

from zhiping.applications.states import PlaceKind, SectionKey
from zhiping.kernel.clock import BEIJING

FORM_LABELS = {
    "pathway": "申报方式",
    "specialty": "申报专业",
    "specialty_years": "从事本专业年限",
    "administrative_post": "行政职务",
    "committee": "受理评审委员会",
    "self_report": "本人述职",
    "declared": "补充情况",
}
REFERRAL_LABELS = {"reason": "推荐理由", "referees": "推荐专家"}


@dataclass(frozen=True, slots=True)
class Place:
    """One spot: its section, what kind it is, its key within the section, its name and its value as text."""

    section: str
    kind: str
    key: str
    label: str
    value: str
    files: tuple[Mapping[str, Any], ...] = ()

    @property
    def id(self) -> str:
        return f"{self.section}:{self.key}"


def places_of(content: Mapping[str, Any]) -> list[Place]:
    """Every place of a snapshot's content in reading order."""
    return [*_photo(content), *_form(content), *_items(content), *_score(content), *_attachments(content)]


def papers_of(content: Mapping[str, Any]) -> dict[int, str]:
    """Scans that prove something, by key of the file, with the place they belong to: what can be a copy (R-281)."""
    return {
        each["file"]: place.label
        for place in [*_items(content), *_attachments(content)]
        for each in place.files
    }


def always_places() -> dict[str, Place]:
    """Places that may be named although nothing stands there: something is missing altogether."""
    found = [
        Place(SectionKey.ACHIEVEMENTS, PlaceKind.ITEM, "items", "业绩（缺少或多出）", ""),
        Place(SectionKey.SCORE, PlaceKind.FIELD, "claims", "量化自评分", ""),
    ]
    return {place.id: place for place in found}


def _photo(content: Mapping[str, Any]) -> Iterator[Place]:
    photo, promise = content.get("photo") or {}, content.get("integrity") or {}
    if photo:
        told = f"{photo.get('width')}×{photo.get('height')} 像素"
        yield Place(SectionKey.PHOTO, PlaceKind.FILE, "photo", "证件照", told, (photo,))
    if promise:
        image = promise.get("image")
        yield Place(
            SectionKey.INTEGRITY,
            PlaceKind.FILE,
            "signature",
            "个人承诺签名",
            f"签于 {_moment(promise['signed_at'])}" if promise.get("signed_at") else "",
            (image,) if image else (),
        )


def _moment(written: str) -> str:
    return f"{datetime.fromisoformat(written).astimezone(BEIJING):%Y-%m-%d %H:%M}"


def _form(content: Mapping[str, Any]) -> Iterator[Place]:
    form, referral = content.get("form") or {}, content.get("referral") or {}
    shown = content.get("form_shown") or {}
    for key, label in FORM_LABELS.items():
        if form.get(key) not in (None, "", {}):
            yield Place(SectionKey.FORM, PlaceKind.FIELD, key, label, str(shown.get(key, form[key])))
    for key, label in REFERRAL_LABELS.items():
        if referral.get(key):
            value = shown.get(f"referral.{key}", referral[key])
            yield Place(SectionKey.REFERRAL, PlaceKind.FIELD, key, label, str(value))


def _items(content: Mapping[str, Any]) -> Iterator[Place]:
    for item in content.get("items") or ():
        yield Place(
            SectionKey.ACHIEVEMENTS,
            PlaceKind.ITEM,
            f"item-{item['item']}",
            f"{item.get('category_label', item['category'])}：{item['label']}",
            item.get("shown", ""),
            tuple(item.get("evidence") or ()),
        )


def _score(content: Mapping[str, Any]) -> Iterator[Place]:
    sheet = content.get("score")
    if sheet:
        yield Place(
            SectionKey.SCORE,
            PlaceKind.FIELD,
            "claims",
            "量化自评分",
            f"{sheet['total']:g} / {sheet['maximum']:g} 分",
        )


def _attachments(content: Mapping[str, Any]) -> Iterator[Place]:
    names = content.get("slot_names") or {}
    for slot, files in sorted((content.get("attachments") or {}).items()):
        if files:
            told = "、".join(f"{each['name']}（{each.get('pages') or 1} 页）" for each in files)
            yield Place(
                SectionKey.ATTACHMENTS, PlaceKind.FILE, slot, names.get(slot, slot), told, tuple(files)
            )


@dataclass(frozen=True, slots=True)
class Change:
    """A place that differs between two submissions; `pieces` tell what was kept, taken out, put in."""

    place: Place
    before: str
    pieces: tuple[tuple[str, str], ...]

    @property
    def kind(self) -> str:
        """added, removed or changed."""
        if not self.before:
            return "added"
        return "changed" if any(kind != "gone" for kind, _ in self.pieces) else "removed"


def changes_between(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[Change]:
    """Every place that is new, gone or different, in the order of the new content, then what is gone."""
    before = {place.id: place for place in places_of(old)}
    found = []
    for place in places_of(new):
        earlier = before.pop(place.id, None)
        if earlier is None:
            found.append(Change(place, "", (("new", place.value),)))
        elif (earlier.value, _hashes(earlier)) != (place.value, _hashes(place)):
            found.append(Change(place, earlier.value or "（空）", tuple(text_difference(earlier, place))))
    return [*found, *(Change(place, place.value, (("gone", place.value),)) for place in before.values())]


def text_difference(old: Place, new: Place) -> Iterator[tuple[str, str]]:
    """Pieces (kind, text): same, gone, new. Equal words over other files are told as such."""
    if old.value == new.value:
        yield "same", new.value
        yield "new", "（文件已更换）"
        return
    matcher = SequenceMatcher(None, old.value, new.value, autojunk=False)
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal":
            yield "same", old.value[a:b]
            continue
        if b > a:
            yield "gone", old.value[a:b]
        if d > c:
            yield "new", new.value[c:d]


def _hashes(place: Place) -> tuple[str, ...]:
    return tuple(str(each.get("sha256", "")) for each in place.files)
