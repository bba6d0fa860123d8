"""Carries notices to the platform: again and again until it is answered 2xx, and badly if the switch says so."""

import http.client
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from sandbox.faults import Fault, Switch

PAUSES = (1, 2, 4, 8, 16, 30, 60, 60, 60, 60)  # seconds between attempts; then it gives up, as real ones do
HELD_SECONDS = 3.0  # how long a notice waits for a later one to overtake it


@dataclass(frozen=True)
class Letter:
    """Signed anew for each attempt: `make()` gives headers and body; `spoil` makes the body wrong."""

    url: str
    make: Callable[[], tuple[dict[str, str], bytes]]
    spoil: Callable[[bytes], bytes]


class Courier:
    """One thread per letter; `diary` tells the last hundred attempts."""

    def __init__(self, switch: Switch) -> None:
        self.switch, self.diary = switch, deque[str](maxlen=100)
        self._held: list[Letter] = []
        self._lock = threading.Lock()

    def send(self, letter: Letter) -> None:
        threading.Thread(target=self._carry, args=(letter,), daemon=True).start()

    def _carry(self, letter: Letter) -> None:
        for pause in PAUSES:
            fault = self.switch.take()
            if fault is Fault.REORDERED:
                return self._overtake(letter)
            if self._attempt(letter, fault):
                if fault is Fault.DUPLICATED:
                    self._attempt(letter, Fault.NONE)
                return None
            time.sleep(pause)
        return None

    def _overtake(self, letter: Letter) -> None:
        """Hold the letter; whoever waits out the time sends all that are held, the latest first."""
        with self._lock:
            self._held.append(letter)
        time.sleep(HELD_SECONDS)
        with self._lock:
            held, self._held = self._held, []
        for each in reversed(held):
            if not self._attempt(each, Fault.NONE):
                self.send(each)

    def _attempt(self, letter: Letter, fault: Fault) -> bool:
        if fault is Fault.DOWN:
            self.diary.appendleft(f"没有发出（停机） {letter.url}")
            return False
        if fault is Fault.SLOW:
            time.sleep(self.switch.seconds)
        headers, body = letter.make()
        if fault is Fault.WRONG:
            body = letter.spoil(body)
        try:
            status = _post(letter.url, headers, body, half=fault is Fault.HALF)
        except (OSError, http.client.HTTPException) as error:
            self.diary.appendleft(f"没有送到（{type(error).__name__}） {letter.url}")
            return False
        self.diary.appendleft(f"对方应答 {status} {letter.url}")
        return 200 <= status < 300


def _post(url: str, headers: dict[str, str], body: bytes, *, half: bool) -> int:
    parts = urlsplit(url)
    there = http.client.HTTPConnection(parts.hostname or "", parts.port or 80, timeout=10)
    try:
        there.putrequest("POST", parts.path or "/")
        for name, value in {"Content-Type": "application/json", **headers}.items():
            there.putheader(name, value)
        there.putheader("Content-Length", str(len(body)))
        there.endheaders()
        there.send(body[: len(body) // 2] if half else body)
        if half:
            return 0  # gone in the middle of the sentence
        return there.getresponse().status
    finally:
        there.close()
