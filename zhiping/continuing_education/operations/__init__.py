"""What people and bodies do with hours: offer courses, register, audit, enter, correct."""

from zhiping.continuing_education.operations.auditing import decide_records, revoke_record
from zhiping.continuing_education.operations.batches import HourRow, correct_record, enter_batch
from zhiping.continuing_education.operations.carrying import carry_card, mark_extracted
from zhiping.continuing_education.operations.courses import (
    close_course,
    decide_course,
    save_course,
    submit_course,
)
from zhiping.continuing_education.operations.ledger import bring_into_step
from zhiping.continuing_education.operations.own import register_own_hours, withdraw_own_hours

__all__ = [
    "HourRow",
    "bring_into_step",
    "carry_card",
    "close_course",
    "correct_record",
    "decide_course",
    "decide_records",
    "enter_batch",
    "mark_extracted",
    "register_own_hours",
    "revoke_record",
    "save_course",
    "submit_course",
    "withdraw_own_hours",
]
