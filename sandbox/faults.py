"""Ways in which an outside system lets its callers down, and the switch that each stand-in has for them."""

import json
import threading
from enum import StrEnum
from typing import Any


class Fault(StrEnum):
    """The label is what the page to break it shows."""

    NONE = "none", "正常"
    DOWN = "down", "停机：什么也不做，直接断开"
    SLOW = "slow", "很慢：办完了，但过很久才应答"
    WRONG = "wrong", "答错：应答内容不对"
    DUPLICATED = "duplicated", "重复：列表里的每一条、每个通知都来两次"
    REORDERED = "reordered", "乱序：列表倒过来，通知后发的先到"
    HALF = "half", "只写一半：应答中途断开"

    label: str

    def __new__(cls, value: str, label: str) -> "Fault":
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member


class Switch:
    """What is broken now, and for how many more calls (None: until it is mended)."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.fault, self.left, self.seconds = Fault.NONE, None, 30.0

    def turn(self, fault: str, times: int | None = None, seconds: float = 30.0) -> None:
        """Break the stand-in in this way from the next call on."""
        with self._lock:
            self.fault, self.left, self.seconds = Fault(fault), times, seconds

    def take(self) -> Fault:
        """The fault that this call meets."""
        with self._lock:
            found = self.fault
            if self.left is not None and found is not Fault.NONE:
                self.left -= 1
                if self.left <= 0:
                    self.fault, self.left = Fault.NONE, None
            return found


def twisted(body: bytes, fault: Fault) -> bytes:
    """A JSON answer whose lists have every entry twice, or come backwards; other bodies stay as they are.

    >>> twisted(b'{"rows": [1, 2], "day": 3}', Fault.REORDERED)
    b'{"rows": [2, 1], "day": 3}'
    >>> twisted(b'{"rows": [1, 2]}', Fault.DUPLICATED)
    b'{"rows": [1, 1, 2, 2]}'
    """
    try:
        value = json.loads(body)
    except ValueError:
        return body
    return json.dumps(_twist(value, fault), ensure_ascii=False).encode()


def _twist(value: Any, fault: Fault) -> Any:
    if isinstance(value, dict):
        return {key: _twist(each, fault) for key, each in value.items()}
    if not isinstance(value, list):
        return value
    return value[::-1] if fault is Fault.REORDERED else [each for each in value for _ in range(2)]
