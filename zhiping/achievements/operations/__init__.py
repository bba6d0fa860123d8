"""What people do with the archive and the profile."""

from zhiping.achievements.operations.confirming import leave_found, take_found
from zhiping.achievements.operations.copies import check_copies
from zhiping.achievements.operations.deciding import decide_item, decide_items, decide_profile
from zhiping.achievements.operations.extracting import drop_extracted, keep_extracted, mark_carried
from zhiping.achievements.operations.fetching import ask_sources, note_answer
from zhiping.achievements.operations.items import (
    BadRecord,
    discard_item,
    restore_item,
    save_item,
    submit_item,
    withdraw_item,
)
from zhiping.achievements.operations.profiles import save_profile, submit_profile, withdraw_profile

__all__ = [
    "BadRecord",
    "ask_sources",
    "check_copies",
    "decide_item",
    "decide_items",
    "decide_profile",
    "discard_item",
    "drop_extracted",
    "keep_extracted",
    "leave_found",
    "mark_carried",
    "note_answer",
    "restore_item",
    "save_item",
    "save_profile",
    "submit_item",
    "submit_profile",
    "take_found",
    "withdraw_item",
    "withdraw_profile",
]
