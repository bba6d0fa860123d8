"""Work of the queue: the post form as PDF and Excel, signed once it is sealed; questions to the province's system."""

from django.core.files.base import ContentFile

from zhiping.gateways.http import Unreachable, Wrong
from zhiping.gateways.institutions import institutions_gateway
from zhiping.jobs.queue import task
from zhiping.kernel import clock
from zhiping.posts.models import PostCheck, PostForm, Statement
from zhiping.posts.operations.checking import TRIES, note_answer, note_failure
from zhiping.posts.states import CheckState


@task("posts.print_form")
def print_form(*, form_id: int) -> None:
    """Print the form as it stands: unsigned when filled, with every signature and the seal once sealed.

    The same state gives the same content; a repeated job replaces the file by its equal.
    """
    from zhiping.posts import printing  # late: only the worker needs the printer

    related = ("ledger__institution", "ledger__authority", "ledger__pooling_authority")
    form = PostForm.objects.select_related(*related).get(pk=form_id)
    made = printing.print_form(form)
    name = f"{form.code}-{form.state}"
    form.pdf.save(f"{name}.pdf", ContentFile(made.pdf), save=False)
    form.xlsx.save(f"{name}.xlsx", ContentFile(made.xlsx), save=False)
    form.sha256, form.pages = made.sha256, made.pages
    form.save(update_fields=["pdf", "xlsx", "sha256", "pages"])


@task("posts.check")
def check_posts(*, check_id: int, attempt: int) -> None:
    """Ask the province's system once; an answer that is late, broken or not to be believed counts as none."""
    check = PostCheck.objects.select_related("ledger__institution").get(pk=check_id)
    if check.state not in (CheckState.WAITING, CheckState.FAILED):
        return
    gateway, now = institutions_gateway(), clock.now()
    if gateway is None:
        note_failure(check=check, why="平台还没有接入省系统", attempt=TRIES, now=now)
        return
    try:
        figures = gateway.figures(check.ledger.institution.name)
    except Unreachable:
        note_failure(check=check, why="省系统没有回答，稍后自动再问", attempt=attempt, now=now)
    except Wrong:
        note_failure(check=check, why="省系统的回答不完整，稍后自动再问", attempt=attempt, now=now)
    else:
        note_answer(check=check, figures=figures, now=now)


@task("posts.print_statement")
def print_statement(*, statement_id: int) -> None:
    """Print the 非在编说明 once."""
    from zhiping.posts import printing  # late: only the worker needs the printer

    statement = Statement.objects.select_related("institution", "person").get(pk=statement_id)
    if statement.pdf:
        return
    content = ContentFile(printing.print_statement(statement))
    statement.pdf.save(f"statement-{statement.pk}.pdf", content, save=False)
    statement.save(update_fields=["pdf"])
