"""Somebody at a screen: opens pages, follows links, fills in what a form shows and presses a button by its words.

The stories are told through this small interface; here it is a form-reading HTTP client, in tests/browser a Chromium.
"""

import base64
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from lxml import html

from tests.factories.archive import png_bytes
from zhiping.jobs.queue import run_due


@dataclass(frozen=True, slots=True)
class Upload:
    """A file on the visitor's disk."""

    name: str
    content: bytes
    media_type: str = "application/pdf"


class HttpVisitor:
    """A browser without a screen: what it posts is what the page's own form holds, changed only by `fields`."""

    def __init__(self) -> None:
        self.client = Client()
        self.path, self.status, self.tree = "/", 0, None

    def open(self, path: str) -> None:
        self._land(self.client.get(path, follow=True), path)

    def reload(self) -> None:
        self.open(self.path)

    @property
    def text(self) -> str:
        """What stands in the page, without white space."""
        return "".join("".join(self.tree.find("body").itertext()).split())

    def follow(self, words: str, *, row: str = "") -> None:
        """Follow the first link with these words (in the row or list entry that names `row`)."""
        [link, *_] = [each for each in self._area(row).iter("a") if words in _words(each)] or [None]
        assert link is not None, f"no link {words!r} on {self.path}: {self.text[:400]}"
        self.open(_joined(self.path, link.get("href")))

    def values(self, name: str) -> list[str]:
        """Values that inputs of this name offer; a trailing * stands for the rest of the name."""
        inputs = self.tree.xpath("//main//input[not(@disabled)] | //main//option[@value!='']/..")
        return [each.get("value") for each in inputs if _named(each, name) and each.get("value") is not None]

    def names(self, start: str) -> list[str]:
        """Names of fields that begin so, in the order of the page."""
        fields = self.tree.xpath("//main//*[self::input or self::select or self::textarea][not(@disabled)]")
        return [each.get("name") for each in fields if (each.get("name") or "").startswith(start)]

    def options(self, name: str) -> list[str]:
        """What a select offers, without the empty choice."""
        return [
            each.get("value")
            for each in self.tree.xpath(f"//select[@name='{name}']/option")
            if each.get("value")
        ]

    def choice(self, name: str, words: str) -> str:
        """The value of the choice (radio, tick or option) whose label has these words."""
        for each in self.tree.xpath(f"//*[@name='{name}']/option | //input[@name='{name}']"):
            label = each if each.tag == "option" else next(each.iterancestors("label"))
            if words in _words(label):
                return each.get("value")
        raise AssertionError(f"no choice {words!r} of {name} on {self.path}: {self.text[:600]}")

    def slots(self, words: str) -> list[str]:
        """Ids of the sections of the page that say this."""
        return [each.get("id") for each in self.tree.xpath("//section[@id]") if words in _words(each)]

    def field_number(self, label: str) -> str:
        """The number of the field with this label on a desk's case page."""
        [found, *_] = [each for each in self.tree.xpath("//*[@data-item]") if label in _words(each)]
        return found.get("id").removeprefix("fd-")

    def sign_in(self, action: str) -> None:
        """One click on the demo login."""
        form = self.tree.xpath(f"//form[@action='{action}']")[0]
        self._land(self.client.post(action, dict(form.form_values()), follow=True), action)

    def offers(self, words: str) -> bool:
        """Whether the page has such a button."""
        return any(words == _words(each) for each in self.tree.iter("button"))

    def press(self, words: str, *, form: str = "", expect: int = 200, **fields: Any) -> None:
        """Fill in the button's form and press it; `form` names an element of the form's or its area's."""
        area = self.tree.get_element_by_id(form) if form else self.tree
        button = next((each for each in area.iter("button") if _words(each) == words), None)
        assert button is not None, f"no button {words!r} on {self.path}: {self.text[300:1600]}"
        owner = next(each for each in button.iterancestors("form"))
        values: dict[str, Any] = {}
        for key, value in owner.form_values():
            values.setdefault(key, []).append(value)
        if button.get("name"):
            values[button.get("name")] = [button.get("value")]
        for key, value in fields.items():
            assert any(_named(each, key) for each in owner.xpath(".//*[@name]")), (
                f"no field {key} on {self.path}"
            )
            values[key] = [_sent(each) for each in (value if isinstance(value, list) else [value])]
        target = _joined(self.path, button.get("formaction") or owner.get("action") or self.path)
        if owner.get("method") == "post":
            answer = self.client.post(target, values, follow=True)
        else:
            answer = self.client.get(target, values, follow=True)
        self._land(answer, target, expect)

    def draw(self, words: str) -> None:
        """Sign on the pad and press the button."""
        drawn = base64.b64encode(png_bytes((900, 360), "grey")).decode()
        self.press(words, signature=f"data:image/png;base64,{drawn}")

    def choose_photo(self, words: str, photo: Upload) -> None:
        self.press(words, photo=photo)

    def download(self, words: str) -> bytes:
        """What a link of the page leads to."""
        link = next(each for each in self.tree.iter("a") if words in _words(each))
        return self.fetch(_joined(self.path, link.get("href")))

    def fetch(self, path: str) -> bytes:
        answer = self.client.get(path)
        assert answer.status_code == 200, (path, answer.status_code)
        # A streamed answer read whole closes itself; closing it again would close the test's own connection.
        return b"".join(answer.streaming_content) if answer.streaming else answer.content

    def press_for_file(self, words: str) -> bytes:
        """Press a button that is answered by a file; the page stays."""
        form = next(each for each in self.tree.iter("button") if _words(each) == words).getparent()
        while form.tag != "form":
            form = form.getparent()
        return self.client.post(form.get("action"), dict(form.form_values())).content

    def wait_for(self, words: str) -> None:
        """Until the worker has done it."""
        while run_due(100):
            pass
        self.reload()
        assert words in self.text, f"{words!r} does not come on {self.path}: {self.text[:600]}"

    def _area(self, row: str) -> Any:
        if not row:
            return self.tree
        rows = self.tree.xpath("//tr | //li | //section[contains(@class, 'field')]")
        found = next((each for each in rows if row in _words(each)), None)
        assert found is not None, f"no row {row!r} on {self.path}: {self.text[:600]}"
        return found

    def _land(self, answer: Any, path: str, expect: int = 200) -> None:
        self.status = answer.status_code
        self.path = answer.redirect_chain[-1][0] if answer.redirect_chain else path
        if not answer.streaming and "html" in answer.headers["Content-Type"]:
            self.tree = html.fromstring(answer.content)
        assert self.status == expect, f"{self.status} at {self.path}: {self.text[300:1600]}"


def _words(element: Any) -> str:
    return "".join("".join(element.itertext()).split())


def _named(element: Any, name: str) -> bool:
    own = element.get("name") or ""
    return own.startswith(name[:-1]) if name.endswith("*") else own == name


def _sent(value: Any) -> Any:
    return (
        SimpleUploadedFile(value.name, value.content, value.media_type)
        if isinstance(value, Upload)
        else value
    )


def _joined(here: str, there: str) -> str:
    return urljoin(here, there or here)
