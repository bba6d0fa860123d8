"""Background entry points: the manuals of a release are printed once, outside any request (R-033)."""

import os
import tempfile
from datetime import datetime

from zhiping.documents.manual import PrintedManual, blocks_of
from zhiping.documents.printing import render
from zhiping.help_centre.printed import printed_path, printed_title, slugs, source_of
from zhiping.jobs.queue import enqueue, periodic, task
from zhiping.kernel import clock


@periodic("help_centre.print_manuals")
def print_manuals(now: datetime) -> None:
    """Queue what is not printed yet; the hour in the key brings back what was lost."""
    for slug in slugs():
        path = printed_path(slug)
        if not path.exists():
            enqueue("help_centre.print", key=f"print-{path.stem}-{now:%Y%m%d%H}", slug=slug)


@task("help_centre.print")
def print_manual(slug: str) -> None:
    """Write the file beside its place and move it there, so that nobody ever reads half of it."""
    path = printed_path(slug)
    if path.exists():
        return
    data = PrintedManual(title=printed_title(slug), blocks=blocks_of(source_of(slug)))
    content = render(PrintedManual.template, data, created=clock.now())
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
    os.replace(name, path)
