"""The verification form."""

from django import forms

from zhiping.web.forms import PlatformForm

MOST_BYTES = 10 * 1024 * 1024


class VerifyForm(PlatformForm):
    number = forms.CharField(label="证书编号", max_length=24, help_text="证书上的 17 位编号。")
    name = forms.CharField(label="姓名", max_length=60)


class FileForm(PlatformForm):
    file = forms.FileField(
        label="证书 PDF 文件", help_text="请选下载的原件；打印、扫描或另存的文件不能核验。"
    )

    def clean_file(self):
        upload = self.cleaned_data["file"]
        if upload.size > MOST_BYTES:
            raise forms.ValidationError("文件超过 10 MB，不是平台签发的证书。请选择下载的原件。")
        return upload
