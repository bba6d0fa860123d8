"""Strict YAML 1.2: plain data that remembers its lines; no aliases, tags, merges or duplicate keys."""

import datetime as dt
import re
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, ScalarNode

from .problems import PackError, Problem

LARGEST_TEXT = 2_000_000
DEEPEST = 40


class Map(dict):
    """A mapping with the file and line it was written on, and of each of its keys."""

    __slots__ = ("file", "files", "line", "lines")

    def __init__(self, *args: Any, file: Any = "", line: Any = 0, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.file, self.line = file, line
        self.lines: dict[Any, int] = {}
        self.files: dict[Any, str] = {}


class Seq(list):
    """A list with the file and line it was written on, and of each of its items."""

    __slots__ = ("file", "files", "line", "lines")

    def __init__(self, *args: Any, file: Any = "", line: Any = 0) -> None:
        super().__init__(*args)
        self.file, self.line = file, line
        self.lines: dict[Any, int] = {}
        self.files: dict[Any, str] = {}


def parse(text: Any, file: Any = "pack.yaml") -> Any:
    """Read one YAML document into Map, Seq and plain scalars; raise PackError with the line otherwise."""
    if len(text) > LARGEST_TEXT:
        raise PackError([Problem(file, 0, f"文件超过 {LARGEST_TEXT} 个字符", "拆成几个文件，用 use 引用")])
    yaml = YAML(typ="safe", pure=True)
    yaml.version = (1, 2)
    try:
        node = yaml.compose(text)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        said = "禁止锚点与别名以外的写法有误" if "alias" in str(error.problem) else "不是合法的 YAML"
        raise PackError(
            [
                Problem(
                    file,
                    mark.line + 1 if mark else 0,
                    f"{said}：{error.problem}",
                    "检查缩进、冒号后的空格与引号",
                )
            ]
        ) from error
    except (YAMLError, ValueError) as error:
        raise PackError([Problem(file, 0, f"无法读取：{error}", "文件须为 UTF-8 编码的 YAML 1.2")]) from error
    if node is None:
        raise PackError([Problem(file, 0, "文件是空的", "写入内容后再试")])
    reader = _Reader(file)
    value = reader.value(node, 0)
    if reader.problems:
        raise PackError(reader.problems)
    return value


def copied(value: Any) -> Any:
    """The same data in new mappings and lists, lines and files kept: a parsed file can be read once and laid over often."""
    if isinstance(value, Map):
        made: Any = Map({key: copied(each) for key, each in value.items()}, file=value.file, line=value.line)
    elif isinstance(value, Seq):
        made = Seq([copied(each) for each in value], file=value.file, line=value.line)
    else:
        return value
    made.lines.update(value.lines)
    made.files.update(value.files)
    return made


class _Reader:
    def __init__(self, file: Any) -> None:
        self.file = file
        self.problems: list[Problem] = []
        self.seen: set[int] = set()

    def refuse(self, node: Any, message: Any, remedy: Any) -> None:
        self.problems.append(Problem(self.file, node.start_mark.line + 1, message, remedy))

    def value(self, node: Any, depth: int) -> Any:
        if depth > DEEPEST:
            self.refuse(node, f"嵌套超过 {DEEPEST} 层", "用 definitions 给条件起名，再用 use 引用")
            return None
        if id(node) in self.seen or node.anchor:
            self.refuse(node, "不允许锚点（&）和别名（*）", "共享的内容写进 definitions 或 _shared 片段")
            return None
        self.seen.add(id(node))
        if isinstance(node, ScalarNode):
            return self.scalar(node)
        if isinstance(node, MappingNode):
            return self.mapping(node, depth)
        found = Seq(file=self.file, line=node.start_mark.line + 1)
        for item in node.value:
            found.lines[len(found)] = item.start_mark.line + 1
            found.append(self.value(item, depth + 1))
        return found

    def mapping(self, node: Any, depth: int) -> Any:
        found = Map(file=self.file, line=node.start_mark.line + 1)
        for key_node, value_node in node.value:
            line = key_node.start_mark.line + 1
            if not isinstance(key_node, ScalarNode) or key_node.value == "<<":
                self.refuse(key_node, "键必须是一个词，也不能用 <<", "逐项写出")
                continue
            key = self.scalar(key_node)
            if key in found:
                self.refuse(key_node, f"键“{key}”重复，前一处在第 {found.lines[key]} 行", "删去其中一处")
                continue
            found.lines[key] = line
            found[key] = self.value(value_node, depth + 1)
        return found

    def scalar(self, node: Any) -> Any:
        kind, text = str(node.tag).rsplit(":", 1)[-1], node.value
        if kind in ("str", "null", "bool"):
            return {"str": text, "null": None, "bool": text.lower() == "true"}[kind]
        try:
            if kind == "int" and re.fullmatch(r"[-+]?[0-9]+", text):
                return int(text)
            if kind == "float" and re.fullmatch(r"[-+]?[0-9]*\.?[0-9]+([eE][-+]?[0-9]+)?", text):
                return float(text)
            if kind == "timestamp":
                return _moment(text)
        except ValueError as error:
            self.refuse(node, f"“{text}”不是有效的日期或数：{error}", "日期写作 2021-12-31")
            return None
        self.refuse(node, f"不允许的写法“{text}”（{kind}）", "文字加引号；数用十进制；不用标签")
        return None


def _moment(text: Any) -> Any:
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        return dt.date.fromisoformat(text)
    return dt.datetime.fromisoformat(text.replace("Z", "+00:00").replace("t", "T"))
