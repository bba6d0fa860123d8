"""The stand-ins' time: the machine's, moved with the demo's clock so that both sides live on the same day."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

BEIJING = ZoneInfo("Asia/Shanghai")


class Clock:
    """`file` holds the seconds by which the demo's clock is ahead; without it the machine's time counts."""

    def __init__(self, file: Path | None = None) -> None:
        self.file = file

    def now(self) -> datetime:
        """This moment in Beijing, to the second."""
        moment = datetime.now(UTC)
        if self.file is not None and self.file.exists():
            moment += timedelta(seconds=float(self.file.read_text()))
        return moment.astimezone(BEIJING).replace(microsecond=0)
