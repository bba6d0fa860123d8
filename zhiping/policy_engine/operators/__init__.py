"""The closed list of conditions. Each computes, checks what is written, and puts itself into Chinese."""

from typing import Any

from .amounts import compile_every, compile_sum
from .choices import compile_at_least, compile_by
from .nodes import compile_all, compile_always, compile_any, compile_not, compile_use
from .records import compile_no, compile_some
from .single import compile_fact, compile_ratio, compile_years_since
from .tenure import compile_years
from .tests import TEST_KEYS
from .waiting import compile_material, compile_not_supplied, compile_said, compile_score, compile_window

OPERATORS = {
    "all": compile_all,
    "any": compile_any,
    "not": compile_not,
    "at_least": compile_at_least,
    "fact": compile_fact,
    "some": compile_some,
    "no": compile_no,
    "years": compile_years,
    "years_since": compile_years_since,
    "sum": compile_sum,
    "every": compile_every,
    "ratio": compile_ratio,
    "attested": compile_said,
    "decision": compile_said,
    "not_supplied": compile_not_supplied,
    "material": compile_material,
    "window": compile_window,
    "score": compile_score,
    "use": compile_use,
    "always": compile_always,
}
ARGUMENTS = frozenset(
    (
        "where",
        "count",
        "distinct",
        "proof",
        "decision_where",
        "from",
        "to",
        "after",
        "until",
        "field",
        "average_over",
        "by",
        "values",
        "totals",
        "question",
        "cases",
    )
)
CONDITION_KEYS = frozenset(OPERATORS) | TEST_KEYS | ARGUMENTS


def operator_of(raw: Any) -> Any:
    """The operator that a mapping uses and its compile function, or (None, None)."""
    if "by" in raw and "cases" in raw:
        return "by", compile_by
    for name, make in OPERATORS.items():
        if name in raw:
            return name, make
    return None, None
