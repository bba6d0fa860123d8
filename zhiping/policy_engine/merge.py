"""Bring a pack together from its fragments (`use`) and its parent (`extends`)."""

import datetime as dt
import functools
import json
from pathlib import Path
from typing import Any

from .operators import CONDITION_KEYS, operator_of
from .problems import Complaints, PackError, Problem
from .yamltext import Map, Seq, copied, parse


def read_whole(path: Any, *, seen: Any = ()) -> Any:
    """Read the pack file at `path` with everything it uses and extends, as one Map."""
    path = Path(path)
    if path in seen:
        raise PackError([Problem(path.name, 0, "extends 或 use 绕成了圈", "去掉其中一处引用")])
    data = _read(path)
    if not isinstance(data, Map):
        raise PackError([Problem(str(path), 1, "最外层应是“键: 值”", "按手册第 1 节写")])
    complaints = Complaints()
    root = path.parent.parent
    for name in data.get("use") or ():
        fragment = _referenced(root / str(name), data, "use", complaints)
        if fragment is not None:
            _lay_beside(data, _read(fragment), complaints)
    parent_name = data.get("extends")
    if parent_name is not None:
        parent = _referenced(root / str(parent_name) / "pack.yaml", data, "extends", complaints)
        complaints.raise_if_any()
        whole = read_whole(parent, seen=(*seen, path))
        for spot in data.get("remove") or ():
            _remove(whole, str(spot), data, complaints)
        whole.pop("abstract", None)
        _refuse_twins(data, complaints)
        data = _laid_over(whole, data)
    complaints.raise_if_any()
    for key in ("use", "remove"):
        data.pop(key, None)
    return data


def _read(path: Any) -> Any:
    """The file as data of its own; an unchanged file is parsed once."""
    try:
        return copied(parsed(path, path.stat().st_mtime_ns))
    except (OSError, UnicodeDecodeError) as error:
        place = f"{path.parent.name}/{path.name}"
        raise PackError([Problem(place, 0, f"读不到文件：{error}", "检查文件名与 UTF-8 编码")]) from error


@functools.lru_cache(maxsize=64)
def parsed(path: Any, _changed: Any) -> Any:
    """One file as parsed, shared: never change it."""
    return parse(path.read_text(encoding="utf-8"), f"{path.parent.name}/{path.name}")


def _referenced(path: Any, data: Any, key: Any, complaints: Complaints) -> Any:
    if path.is_file():
        return path
    complaints.add(data, f"{key} 引用的“{path.parent.name}/{path.name}”不存在", "检查文件夹名", key=key)
    return None


def _lay_beside(data: Any, fragment: Any, complaints: Complaints) -> None:
    """Add the sections of a fragment; what both have is an error, never a silent winner."""
    for key, section in fragment.items():
        if key not in data or data[key] is None:
            data[key] = section
            data.lines[key], data.files[key] = fragment.lines[key], fragment.file
        elif isinstance(section, Map) and isinstance(data[key], Map):
            for name, value in section.items():
                if name in data[key]:
                    complaints.add(
                        data[key],
                        f"“{key}.{name}”在 {fragment.file} 里已经有了",
                        "换一个名，或删去这里的",
                        key=name,
                    )
                    continue
                data[key][name] = value
                data[key].lines[name], data[key].files[name] = section.lines[name], section.file
        elif isinstance(section, Seq) and isinstance(data[key], Seq):
            for index, item in enumerate(section):
                data[key].lines[len(data[key])] = section.lines[index]
                data[key].files[len(data[key])] = section.file
                data[key].append(item)
        else:
            complaints.add(data, f"“{key}”与 {fragment.file} 里的写法不能合并", "只在一处写", key=key)


def _refuse_twins(value: Any, complaints: Complaints) -> None:
    """The same id twice in one list of an overlay would merge silently."""
    if isinstance(value, dict):
        for each in value.values():
            _refuse_twins(each, complaints)
    elif _has_ids(value):
        seen = set()
        for item in value:
            if item["id"] in seen:
                complaints.add(item, f"id“{item['id']}”重复", "换一个 id", key="id")
            seen.add(item["id"])
            _refuse_twins(item, complaints)


def _laid_over(base: Any, over: Any) -> Any:
    """The overlay's values over the parent's: mappings by key, lists of things with `id` by id, the rest replaced."""
    if isinstance(base, Map) and isinstance(over, Map):
        for key, value in over.items():
            base[key] = _laid_over(base[key], value) if key in base else value
            base.lines[key], base.files[key] = over.lines.get(key, 0), over.files.get(key, over.file)
        return base
    if _has_ids(base) and _has_ids(over):
        places = {item["id"]: index for index, item in enumerate(base)}
        for item in over:
            if item["id"] in places:
                index = places[item["id"]]
                base[index] = _replaced_condition(base[index], item)
            else:
                before = places.get(item.get("before"))
                base.insert(len(base) if before is None else before, item)
                places = {each["id"]: index for index, each in enumerate(base)}
        return base
    return over


def _replaced_condition(base: Any, item: Any) -> Any:
    """A changed clause keeps what it does not mention; a new condition replaces the old one whole."""
    if operator_of(item)[0]:
        for key in CONDITION_KEYS & base.keys():
            del base[key]
    for key in item:
        base[key] = (
            item[key] if key in CONDITION_KEYS or key not in base else _laid_over(base[key], item[key])
        )
        base.lines[key], base.files[key] = item.lines.get(key, 0), item.file
    return base


def _has_ids(value: Any) -> Any:
    return (
        isinstance(value, list)
        and bool(value)
        and all(isinstance(item, Map) and "id" in item for item in value)
    )


def _remove(whole: Any, spot: Any, data: Any, complaints: Complaints) -> None:
    section, _, name = spot.partition(".")
    held = whole.get(section)
    if not name and section in whole:
        del whole[section]
    elif isinstance(held, Map) and name in held:
        del held[name]
    elif isinstance(held, list) and any(isinstance(item, Map) and item.get("id") == name for item in held):
        held[:] = [item for item in held if item.get("id") != name]
    else:
        complaints.add(data, f"remove 里的“{spot}”在上级文件中不存在", "检查拼写", key="remove")


def canonical_text(value: Any) -> str:
    """The whole pack as one line of YAML (JSON with bare dates): the text that is published and hashed."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{canonical_text(k)}: {canonical_text(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(canonical_text, value)) + "]"
    if isinstance(value, dt.date):
        return value.isoformat()
    return json.dumps(value, ensure_ascii=False)
