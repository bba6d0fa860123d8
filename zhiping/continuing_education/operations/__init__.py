"""What people and bodies do with hours: offer courses, register, audit, enter, correct."""

from zhiping.continuing_education.operations.aims import set_aim
from zhiping.continuing_education.operations.auditing import decide_records, revoke_record
from zhiping.continuing_education.operations.batches import HourRow, correct_record, enter_batch
from zhiping.continuing_education.operations.cards import keep_card_file, order_card
from zhiping.continuing_education.operations.carrying import carry_card, mark_extracted
from zhiping.continuing_education.operations.classes import (
    check_in,
    close_class,
    note_presence,
    open_class,
    take_seat,
)
from zhiping.continuing_education.operations.courses import (
    close_course,
    decide_course,
    save_course,
    submit_course,
)
from zhiping.continuing_education.operations.ledger import bring_into_step
from zhiping.continuing_education.operations.lessons import (
    add_lesson,
    answer_questions,
    drop_lesson,
    report_progress,
)
from zhiping.continuing_education.operations.own import register_own_hours, withdraw_own_hours
from zhiping.continuing_education.operations.sheets import confirm_sheet, enter_sheet, receive_sheet
from zhiping.continuing_education.operations.signed import (
    add_batch_key,
    receive_signed_batch,
    revoke_batch_key,
)

__all__ = [
    "HourRow",
    "add_batch_key",
    "add_lesson",
    "answer_questions",
    "bring_into_step",
    "carry_card",
    "check_in",
    "close_class",
    "close_course",
    "confirm_sheet",
    "correct_record",
    "decide_course",
    "decide_records",
    "drop_lesson",
    "enter_batch",
    "enter_sheet",
    "keep_card_file",
    "mark_extracted",
    "note_presence",
    "open_class",
    "order_card",
    "receive_sheet",
    "receive_signed_batch",
    "register_own_hours",
    "report_progress",
    "revoke_batch_key",
    "revoke_record",
    "save_course",
    "set_aim",
    "submit_course",
    "take_seat",
    "withdraw_own_hours",
]
