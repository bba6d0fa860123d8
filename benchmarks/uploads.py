"""Files as people hand them in: a scanned page of about 200 KB, never twice the same."""

import io
import os

from PIL import Image

SIDE = 520
BOUNDARY = "bench-boundary"


def scanned_pdf(at: int) -> bytes:
    """One page with one picture, as a scanner makes it."""
    out = io.BytesIO()
    page = Image.frombytes("L", (SIDE, SIDE), os.urandom(SIDE * SIDE))
    page.save(out, "PDF", quality=88, title=f"岗位信息表 {at}")
    return out.getvalue()


def multipart(fields: dict[str, str], content: bytes, name: str = "post_form.pdf") -> tuple[bytes, str]:
    """Body and type of a form with one file."""
    parts = [
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n'.encode()
        for key, value in fields.items()
    ]
    head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n'
    parts += [f"{head}Content-Type: application/pdf\r\n\r\n".encode(), content, b"\r\n"]
    return b"".join([*parts, f"--{BOUNDARY}--\r\n".encode()]), f"multipart/form-data; boundary={BOUNDARY}"
