"""The policy engine: a notice as a program. Pure Python: no Django, no clock, no network.

Words: a *pack* is one notice as data (`policy_packs/`); a *clause* is one of its sentences with its citation and one
condition; a *gate* is a clause that binds every pathway; a *verdict* says for one pathway what was met, what was not
and what is not known, with the value used, its source and the smallest change. A *standard* is a scoring sheet as data.

Invariants: nothing is judged by a pack that does not check; unknown is never treated as met or not met; a condition
that stands in a document not supplied gives `undetermined`, never a guess; the day is an argument.
"""

from .demands import chain_for, fees_for, materials_for, windows_for
from .judge import judge
from .pack import Pack, lint, load_pack, load_pack_text
from .problems import PackError, Problem
from .sheet import ScoreSheet, score
from .verdicts import PathwayVerdict, Verdict
from .words import requirements_in_words

__all__ = [
    "Pack",
    "PackError",
    "PathwayVerdict",
    "Problem",
    "ScoreSheet",
    "Verdict",
    "chain_for",
    "fees_for",
    "judge",
    "lint",
    "load_pack",
    "load_pack_text",
    "materials_for",
    "requirements_in_words",
    "score",
    "windows_for",
]
