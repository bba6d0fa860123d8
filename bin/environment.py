"""What bin/demo, bin/test and bin/zhiping share: the virtual environment and the packages of the system.

Runs on the bare system Python (standard library only).
"""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"


def say(text: str) -> None:
    print(text, flush=True)


def require_python() -> None:
    if sys.version_info < (3, 11):
        sys.exit(f"需要 Python 3.11 或更新的版本，现在是 {sys.version.split()[0]}。")


def ensure_venv(lock: str) -> None:
    """Make .venv and install requirements/<lock>.lock with hashes; at once done if the lock has not changed."""
    require_python()
    if not PYTHON.exists():
        say("正在创建虚拟环境 .venv …")
        make_venv()
    path = ROOT / "requirements" / f"{lock}.lock"
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    stamp = VENV / f"installed-{lock}"
    if stamp.exists() and stamp.read_text() == digest:
        return
    say("正在安装依赖（首次约半分钟）…")
    command = [PYTHON, "-m", "pip", "install", "--require-hashes", "--disable-pip-version-check", "-r", path]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"依赖安装失败：\n{done.stdout[-2000:]}\n{done.stderr[-2000:]}")
    stamp.write_text(digest)


def make_venv() -> None:
    """python -m venv; Debian ships ensurepip in a package of its own, which is installed when that is missing."""
    done = subprocess.run([sys.executable, "-m", "venv", VENV], capture_output=True, text=True, check=False)
    if done.returncode and install_packages("python3-venv"):
        shutil.rmtree(VENV, ignore_errors=True)
        done = subprocess.run(
            [sys.executable, "-m", "venv", VENV], capture_output=True, text=True, check=False
        )
    if done.returncode:
        sys.exit(f"无法创建虚拟环境，请先安装 python3-venv。\n{done.stdout}{done.stderr}")


def install_packages(*names: str) -> bool:
    """Install packages of the distribution; gives whether it worked (needs root or password-less sudo)."""
    if not shutil.which("apt-get"):
        return False
    prefix = [] if os.geteuid() == 0 else ["sudo", "-n"]
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    say(f"正在安装系统软件包：{' '.join(names)} …")
    steps = (["update", "-qq"], ["install", "-y", "-qq", "--no-install-recommends", *names])
    for step in steps:
        done = subprocess.run([*prefix, "apt-get", *step], env=environment, capture_output=True, check=False)
    return done.returncode == 0


def django_environment(**extra: str) -> dict[str, str]:
    """The environment of a management command: demo settings unless the caller chose others."""
    environment = {**os.environ, "PYTHONWARNINGS": "ignore"}
    environment.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.demo")
    return {**environment, **extra}
