"""Work of the queue: the post form as PDF and Excel, signed once it is sealed."""

from django.core.files.base import ContentFile

from zhiping.jobs.queue import task
from zhiping.posts.models import PostForm


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
