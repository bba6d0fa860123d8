"""`python -m sandbox --port 8050`: every stand-in in one process, until it is told to stop."""

import argparse
import signal
import sys
from pathlib import Path

from sandbox.clock import Clock
from sandbox.server import Sandbox
from sandbox.stand_ins import STAND_INS


def main() -> int:
    parser = argparse.ArgumentParser(description="启动外部系统的替身。")
    parser.add_argument("--port", type=int, default=8050)
    parser.add_argument("--data", type=Path, default=None, help="替身自己的数据放在哪里；不写就只在内存里")
    parser.add_argument("--keys", type=Path, default=None, help="平台放共用密钥的文件夹")
    parser.add_argument("--clock", type=Path, default=None, help="演示时钟的文件")
    parser.add_argument("--platform", default="http://127.0.0.1:8000", help="平台的地址")
    options = parser.parse_args()
    sandbox = Sandbox(
        STAND_INS,
        port=options.port,
        data=options.data,
        keys=options.keys,
        clock=Clock(options.clock),
        platform=options.platform.rstrip("/"),
    )
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        sandbox.serve_forever(poll_interval=0.2)
    except KeyboardInterrupt:
        return 0
    finally:
        sandbox.server_close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
