"""Batches signed by the body's own system, and the keys they are checked with."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from zhiping.continuing_education import operations
from zhiping.continuing_education.operations.signed import MOST_BYTES
from zhiping.continuing_education.queries import keys_visible_to
from zhiping.kernel import clock
from zhiping.kernel.errors import Refused
from zhiping.web.forms import PlatformForm
from zhiping.web.pages import Audience, page


class SignedForm(PlatformForm):
    """A batch and its signature."""

    payload = forms.FileField(label="批次文件", help_text="JSON 文件，内容不能改动：改一个字节签名就对不上。")
    signature = forms.CharField(
        label="签名", max_length=200, help_text="对批次文件全部字节的 Ed25519 签名，Base64。"
    )


class KeyForm(PlatformForm):
    """A public key."""

    name = forms.CharField(label="用途", max_length=60, help_text="例如“教务系统”。")
    public_key = forms.CharField(label="公钥", max_length=60, help_text="Ed25519 公钥，Base64，44 个字符。")


@page(audience=Audience.TRAINING, methods=("GET", "POST"))
def signed(request: HttpRequest) -> HttpResponse:
    """Hand in a signed batch."""
    form = SignedForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        with form.showing_refusals():
            upload = form.cleaned_data["payload"]
            if upload.size > MOST_BYTES:
                raise Refused(f"批次文件超过 {MOST_BYTES // 1_000_000} MB，请分成几批。", field="payload")
            batch = operations.receive_signed_batch(
                provider_id=request.actor.organisation_id,
                payload=upload.read(),
                signature=form.cleaned_data["signature"],
                actor=request.actor,
                now=clock.now(),
            )
            messages.success(request, f"签名有效，{batch.size} 条已入账。")
            return redirect("training:batches:batch", batch.pk)
    return _page(request, form, KeyForm(None))


@page(audience=Audience.TRAINING, methods=("POST",))
def add_key(request: HttpRequest) -> HttpResponse:
    """Register a public key."""
    form = KeyForm(request.POST)
    if form.is_valid():
        with form.showing_refusals():
            operations.add_batch_key(**form.cleaned_data, actor=request.actor, now=clock.now())
            messages.success(request, "公钥已登记。")
            return redirect("training:batches:signed")
    return _page(request, SignedForm(None), form)


@page(audience=Audience.TRAINING, methods=("POST",))
def revoke_key(request: HttpRequest, key: int) -> HttpResponse:
    """Stop trusting a key."""
    row = get_object_or_404(keys_visible_to(request.actor), pk=key)
    operations.revoke_batch_key(key=row, actor=request.actor, now=clock.now())
    messages.success(request, "已停用。以前用它签名入账的学时不受影响。")
    return redirect("training:batches:signed")


def _page(request: HttpRequest, form: SignedForm, key_form: KeyForm) -> HttpResponse:
    keys = list(keys_visible_to(request.actor).order_by("-added_at", "pk"))
    wrong = form.errors or key_form.errors
    context = {"form": form, "key_form": key_form, "keys": keys}
    return render(request, "training/batches/signed.html", context, status=422 if wrong else 200)
