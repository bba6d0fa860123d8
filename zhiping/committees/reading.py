"""What an expert reads of a case: the last submission as frozen, in words. No number, phone or address in it. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from zhiping.achievements.schema import categories, groups


@dataclass(frozen=True, slots=True)
class Document:
    """One evidence file."""

    key: int
    label: str


@dataclass(frozen=True, slots=True)
class Item:
    """One record with its values in words and its evidence."""

    label: str
    values: list[tuple[str, str]]
    documents: list[Document]


@dataclass(frozen=True, slots=True)
class Part:
    """Records of one category."""

    label: str
    items: list[Item]


def parts_of(content: Mapping[str, Any]) -> list[Part]:
    """The frozen records by category, in the order of the archive."""
    found: list[Part] = []
    for key in (member for group in groups() for member in group.members):
        rows = [each for each in content.get("items", ()) if each["category"] == key]
        if rows:
            found.append(Part(categories()[key].label, [_item(key, each) for each in rows]))
    return found


def attachments_of(content: Mapping[str, Any]) -> list[Document]:
    """Uploaded attachments under the names of their slots."""
    names = content.get("slot_names") or {}
    slots = content.get("attachments") or {}
    return [Document(each["file"], names.get(slot, slot)) for slot, files in slots.items() for each in files]


def _item(category: str, said: Mapping[str, Any]) -> Item:
    fields = categories()[category].fields
    values = [
        (question.label, _words(question, said["data"][name]))
        for name, question in fields.items()
        if said["data"].get(name) not in (None, "")
    ]
    parts = {part.key: part.label for part in categories()[category].evidence}
    documents = [
        Document(each["file"], parts.get(each.get("part", ""), "证明材料"))
        for each in said.get("evidence", ())
    ]
    return Item(said["label"], values, documents)


def _words(question: Any, value: Any) -> str:
    if question.type == "choice":
        return question.choices.get(value, str(value))
    if isinstance(value, bool):
        return "是" if value else "否"
    return f"{value}{question.unit}" if question.unit else str(value)
