"""Check packs whole: the file itself, its cases, and that every clause is proven by a passing and a failing case."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from .cases import CaseReport, run_cases
from .coverage import uncovered
from .pack import lint, load_pack
from .problems import PackError, Problem


@dataclass
class PackCheck:
    """The result for one pack."""

    folder: str
    problems: list[Any] = field(default_factory=list)
    clauses: int = 0
    cases: int = 0
    requirements: set[Any] = field(default_factory=set)

    def as_dict(self) -> dict[str, Any]:
        return {
            "pack": self.folder,
            "ok": not self.problems,
            "clauses": self.clauses,
            "cases": self.cases,
            "requirements": sorted(self.requirements),
            "problems": [each.as_dict() for each in self.problems],
        }


def pack_folders(root: Any) -> Any:
    """Every pack folder under `root`."""
    return sorted(path.parent for path in Path(root).glob("*/pack.yaml"))


def check_packs(folders: Any) -> Any:
    """Check several packs; clauses of shared fragments need a case in one of the packs that use them."""
    checks = []
    proven: dict[str, set[str]] = {}
    shared: dict[str, Any] = {}
    for folder in map(Path, folders):
        done = PackCheck(folder.resolve().name, lint(folder))
        checks.append(done)
        try:
            pack = load_pack(folder)
        except PackError:
            continue
        report = _run(folder, pack, done)
        done.clauses, done.requirements = len(pack.clauses), report.requirements
        for name in pack.shared_clauses:
            proven.setdefault(name, set()).update(report.seen.get(name, ()))
            shared.setdefault(name, (done, pack, folder))
        if not pack.is_abstract:
            _note(done, folder, uncovered(pack, report))
    for name, (done, pack, folder) in shared.items():
        _note(done, folder, uncovered(pack, CaseReport(seen={name: proven[name]}), names=[name]))
    return checks


def _run(folder: Path, pack: Any, done: Any) -> Any:
    file = folder / "cases.yaml"
    if not file.is_file():
        if not pack.is_abstract and pack.own_clauses:
            done.problems.append(
                Problem(f"{folder.name}/cases.yaml", 0, "没有用例文件", "按手册第 10 节写 cases.yaml")
            )
        return CaseReport()
    report = run_cases(pack, file.read_text(encoding="utf-8"), f"{folder.name}/cases.yaml")
    done.problems += report.problems
    done.cases = report.ran
    return report


def _note(done: Any, folder: Path, lacking: Any) -> None:
    done.problems += [
        Problem(f"{folder.name}/cases.yaml", 0, said, "在某个用例的 clauses 里写出它的结果")
        for _, said in lacking
    ]
