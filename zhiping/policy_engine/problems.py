"""What is wrong with a pack or a file of facts, where, and what to do about it."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, order=True)
class Problem:
    """One mistake: `message` says what is wrong, `remedy` what to write instead."""

    file: str
    line: int
    message: str
    remedy: str = ""

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        return f"{place}: {self.message}" + (f"——{self.remedy}" if self.remedy else "")

    def as_dict(self) -> dict[str, Any]:
        return {"file": self.file, "line": self.line, "message": self.message, "remedy": self.remedy}


class PackError(ValueError):
    """A pack, a fragment, a file of cases, facts or claims that cannot be used; carries every problem found."""

    def __init__(self, problems: Any) -> None:
        self.problems = sorted(set(problems))
        super().__init__("\n".join(str(problem) for problem in self.problems))


class Complaints(list):
    """Problems collected on the way, so that an author sees all of them at once."""

    def add(self, where: Any, message: Any, remedy: Any = "", key: Any = None) -> None:
        """Note a problem at a mapping or list `where` (or at the line of one of its keys)."""
        lines = getattr(where, "lines", {})
        line = lines.get(key, getattr(where, "line", 0))
        files = getattr(where, "files", {})
        self.append(Problem(files.get(key, getattr(where, "file", "")), line, message, remedy))

    def raise_if_any(self) -> None:
        if self:
            raise PackError(self)
