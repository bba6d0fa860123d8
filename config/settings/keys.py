"""Keys of a local installation: made at first start, kept beside the database, readable by the owner only."""

import os
import secrets
from pathlib import Path


def local_key(folder: Path, name: str) -> str:
    """The key called `name` in `folder`; made on first use. Two processes starting together get the same one."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.key"
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text()
    key = secrets.token_urlsafe(48)
    with os.fdopen(handle, "w") as file:
        file.write(key)
    return key
