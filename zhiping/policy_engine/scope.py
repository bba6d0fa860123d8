"""What a condition may refer to while a pack is compiled, and the complaints about what it refers to in vain."""

import difflib
import re
from typing import Any

from .clauses import compile_clause, is_clause
from .factbook import Fact, read_day
from .operators import OPERATORS, operator_of
from .operators.nodes import Constant
from .operators.tests import ORDER, compile_tests
from .operators.values import Cutoff
from .problems import Complaints
from .shape import KINDS
from .yamltext import Map

NUMBER = Fact("数", "number")


class Scope:
    """Names that exist in one pack."""

    number = NUMBER

    def __init__(self, data: Any, facts: Any, complaints: Complaints) -> None:
        self.complaints, self.facts, self.scales = complaints, facts, data.get("scales") or {}
        self.parameters = _maps(data.get("parameters"))
        self.documents = _maps(data.get("documents"))
        self.definitions = data.get("definitions") or {}
        self.materials = [each for each in data.get("materials") or () if isinstance(each, dict)]
        self.windows = [each for each in data.get("windows") or () if isinstance(each, dict)]
        self.title_names = {
            each.get(key)
            for each in data.get("titles") or ()
            if isinstance(each, dict)
            for key in ("id", "name")
        }
        self.pathway_ids = {each.get("id") for each in data.get("pathways") or () if isinstance(each, dict)}
        self.clauses: dict[str, Any] = {}
        self.compiled: dict[str, Any] = {}
        self.open_definitions: list[str] = []
        self.scoring_parameters: frozenset[str] = frozenset()

    def condition(self, raw: Any, where: Any, key: Any) -> Any:
        """Compile a bare condition or a full clause."""
        if not isinstance(raw, Map):
            self.complaints.add(where, f"“{key}”应是一个条件", "写作 {fact: …, is: …} 等", key=key)
            return Constant(True)
        if is_clause(raw):
            return compile_clause(raw, self, where, key)
        return self.operator(raw, ())

    def operator(self, raw: Any, besides: Any) -> Any:
        """Compile the one operator that stands in `raw` beside the keys `besides`."""
        name, make = operator_of(raw)
        if name is None:
            unknown = [key for key in raw if key not in besides]
            close = difflib.get_close_matches(str(unknown[0]), OPERATORS, n=1) if unknown else []
            self.complaints.add(
                raw,
                f"没有条件，或条件的写法不认识（{'、'.join(map(str, unknown))}）",
                (f"是不是 {close[0]}？" if close else "") + "可用：" + "、".join(OPERATORS),
            )
            return Constant(True)
        if not besides:
            return make(raw, name, self)
        inner = Map(
            {key: value for key, value in raw.items() if key not in besides}, file=raw.file, line=raw.line
        )
        inner.lines.update(raw.lines)
        inner.files.update(raw.files)
        return make(inner, name, self)

    def only(self, raw: Any, allowed: Any) -> None:
        """Complain about keys that this condition does not know."""
        for key in raw:
            if key not in allowed:
                close = difflib.get_close_matches(str(key), allowed, n=1)
                self.complaints.add(
                    raw,
                    f"不认识的键“{key}”",
                    (f"是不是 {close[0]}？" if close else "") + "此处可用：" + "、".join(allowed),
                    key=key,
                )

    def fact(self, name: Any, raw: Any, key: Any) -> Any:
        """A declared fact that is no list."""
        fact = self.facts.get(name) if isinstance(name, str) else None
        if fact is None:
            close = difflib.get_close_matches(str(name), self.facts, n=3)
            self.complaints.add(
                raw,
                f"没有声明事实“{name}”",
                ("是不是 " + "、".join(close) + "？" if close else "") + "在 facts 里声明",
                key=key,
            )
        elif fact.type == "list":
            self.complaints.add(
                raw, f"“{name}”是列表，不能当单个值比较", "用 some、no、years、sum、every", key=key
            )
            return None
        return fact

    def list_fact(self, name: Any, raw: Any, key: Any) -> Any:
        """A declared list."""
        fact = self.facts.get(name) if isinstance(name, str) else None
        if fact is None or fact.type != "list":
            lists = [each for each, one in self.facts.items() if one.type == "list"]
            self.complaints.add(raw, f"没有声明列表“{name}”", "现有列表：" + "、".join(lists), key=key)
            return None
        return fact

    def field(self, fact: Fact, name: Any, raw: Any, key: Any, *, kind: Any = None) -> Any:
        """A field of a list, of a kind (`number` covers integers)."""
        fields = {
            each: one
            for each, one in fact.fields.items()
            if kind is None or one.type == kind or (kind == "number" and one.type == "integer")
        }
        if name in fields:
            return True
        self.complaints.add(
            raw, f"“{fact.name}”没有这样的字段“{name}”", "可用：" + "、".join(fields), key=key
        )
        return False

    def fits(self, fact: Fact, value: Any) -> Any:
        """May a literal be compared with this fact?"""
        if fact.values:
            return value in fact.values
        if fact.type == "date":
            return read_day(value) is not None and not isinstance(value, str)
        return {"boolean": isinstance(value, bool), "text": isinstance(value, str)}.get(
            fact.type, isinstance(value, int | float) and not isinstance(value, bool)
        )

    def bounds(self, raw: Any) -> Any:
        """The gt/gte/lt/lte tests of a counted number."""
        tests = compile_tests(raw, NUMBER, self, allowed=ORDER)
        if not tests.tests:
            self.complaints.add(raw, "没有写要求的数", "加 gte: …（不少于）等")
        return tests

    def cutoff_value(self) -> Any:
        return Cutoff("cutoff", 0)

    def defined(self, name: Any, raw: Any, key: Any) -> Any:
        """A named condition, compiled once."""
        if name in self.compiled:
            return self.compiled[name]
        if not isinstance(name, str) or name not in self.definitions or name in self.open_definitions:
            said = "绕成了圈" if name in self.open_definitions else "不存在"
            self.complaints.add(
                raw, f"definitions 里的“{name}”{said}", "现有：" + "、".join(self.definitions), key=key
            )
            return Constant(True)
        self.open_definitions.append(name)
        self.compiled[name] = self.condition(self.definitions[name], self.definitions, name)
        self.open_definitions.pop()
        return self.compiled[name]

    def citation(self, cite: Any, raw: Any) -> Any:
        """{document, article} with the document's title and number looked up."""
        if isinstance(cite, str):
            cite = {"document": "main", "article": cite}
        if not isinstance(cite, dict):
            return {"document": None, "article": None, "words": ""}
        document = self.documents.get(cite.get("document"))
        if document is None:
            self.complaints.add(
                raw,
                f"cite 引用的文件“{cite.get('document')}”没有写在 documents 里",
                "现有：" + "、".join(self.documents),
                key="cite",
            )
            document = {}
        number = document.get("number") or document.get("title") or ""
        return {
            "document": cite.get("document"),
            "title": document.get("title"),
            "number": document.get("number"),
            "article": cite.get("article"),
            "words": f"{number} {cite.get('article') or ''}".strip(),
        }

    def document_words(self, document: Any) -> Any:
        number = document.get("number")
        return (f"《{document['title']}》" if document.get("title") else "") + (
            f"（{number}）" if number else ""
        )

    def register(self, clause: Any, raw: Any) -> None:
        """Every clause id is unique and well formed; a clause knows how its facts are declared."""
        clause.declared = self.facts
        name = raw.get("id")
        if not name:
            return
        if not isinstance(name, str) or not re.fullmatch(r"[a-z][a-z0-9_.\-]*", name):
            self.complaints.add(
                raw, f"条款 id“{name}”写法不对", "小写字母开头，只用字母、数字、_ . -", key="id"
            )
        elif name in self.clauses:
            self.complaints.add(raw, f"条款 id“{name}”重复", "换一个 id", key="id")
        else:
            self.clauses[name] = clause

    def check_meta(self, raw: Any) -> None:
        """Titles, pathways and kind that a clause mentions must exist."""
        for key, known in (
            ("titles", self.title_names),
            ("pathways", self.pathway_ids),
            ("except_pathways", self.pathway_ids),
        ):
            for name in raw.get(key) or ():
                if name not in known:
                    self.complaints.add(
                        raw,
                        f"“{key}”里的“{name}”不存在",
                        "现有：" + "、".join(sorted(map(str, known))),
                        key=key,
                    )
        if raw.get("kind") is not None and raw["kind"] not in KINDS:
            self.complaints.add(raw, f"kind“{raw['kind']}”不认识", "可用：" + "、".join(KINDS), key="kind")


def _maps(section: Any) -> Any:
    return {key: value for key, value in (section or {}).items() if isinstance(value, Map)}
