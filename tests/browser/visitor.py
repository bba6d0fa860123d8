"""The visitor of tests/journeys with a real Chromium: clicks, types, draws, and looks at every page it comes to."""

import re
import time
from typing import Any
from urllib.parse import urljoin, urlsplit

from playwright.sync_api import Browser, ElementHandle

from tests.journeys.visitor import Upload

PHONE, DESK = {"width": 360, "height": 800}, {"width": 1280, "height": 900}
SEEN: set[tuple[str, int]] = set()  # addresses (without numbers) whose width has been looked at
TEXT = "() => { const b = document.body.cloneNode(true); b.querySelectorAll('script').forEach(s => s.remove()); return b.textContent }"
BUTTON = """([words, area]) => [...(area ? document.getElementById(area) : document).querySelectorAll('button')]
  .find(b => b.textContent.replace(/\\s/g, '') === words)"""
LINK = """([words, row]) => {
  const flat = e => e.textContent.replace(/\\s/g, '');
  const areas = row ? [...document.querySelectorAll('tr, li, section.field')].filter(e => flat(e).includes(row)) : [document];
  return areas.length ? [...areas[0].querySelectorAll('a')].find(a => flat(a).includes(words)) : null }"""
UNFOLD = (
    "e => { for (let p = e.closest('details'); p; p = p.parentElement.closest('details')) p.open = true }"
)
FIELDS = """(form, name) => [...form.elements].filter(e => name.endsWith('*') ? e.name.startsWith(name.slice(0, -1)) : e.name === name)"""


class BrowserVisitor:
    """See HttpVisitor for what each verb means."""

    def __init__(self, browser: Browser, address: str, size: dict[str, int]) -> None:
        self.address, self.size, self.errors = address, size, []
        self.context = browser.new_context(
            viewport=size,
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            has_touch=size == PHONE,
            base_url=address,
        )
        self.page = self.context.new_page()
        self.page.set_default_timeout(20_000)
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.errors.append(f"{self.path}: {error}"))

    @property
    def path(self) -> str:
        return urlsplit(self.page.url).path

    @property
    def text(self) -> str:
        return re.sub(r"\s", "", self.page.evaluate(TEXT))

    def open(self, path: str) -> None:
        self._arrive(self.page.goto(path))

    def reload(self) -> None:
        self._arrive(self.page.reload())

    def follow(self, words: str, *, row: str = "") -> None:
        link = self.page.evaluate_handle(LINK, [words, row]).as_element()
        assert link is not None, f"no link {words!r} on {self.path}: {self.text[300:1600]}"
        link.evaluate(UNFOLD)
        with self.page.expect_navigation() as arrival:
            link.click()
        self._arrive(arrival.value)

    def values(self, name: str) -> list[str]:
        return [
            value
            for value in self._all(f"input[name='{name}']:not([disabled])", "value")
            if value is not None
        ]

    def names(self, start: str) -> list[str]:
        return self._all(f"main [name^='{start}']:not([disabled])", "name")

    def options(self, name: str) -> list[str]:
        return [each for each in self._all(f"select[name='{name}'] option", "value") if each]

    def choice(self, name: str, words: str) -> str:
        script = """([name, words]) => { const flat = e => e.textContent.replace(/\\s/g, '');
          const options = [...document.querySelectorAll(`[name='${name}'] option, input[name='${name}']`)];
          return options.find(o => flat(o.tagName === 'OPTION' ? o : o.closest('label')).includes(words)).value }"""
        return self.page.evaluate(script, [name, words])

    def slots(self, words: str) -> list[str]:
        script = "words => [...document.querySelectorAll('section[id]')].filter(s => s.textContent.includes(words)).map(s => s.id)"
        return self.page.evaluate(script, words)

    def field_number(self, label: str) -> str:
        script = "label => [...document.querySelectorAll('[data-item]')].find(e => e.textContent.includes(label)).id"
        return self.page.evaluate(script, label).removeprefix("fd-")

    def sign_in(self, action: str) -> None:
        with self.page.expect_navigation() as arrival:
            self.page.locator(f"form[action='{action}'] button").click()
        self._arrive(arrival.value)

    def offers(self, words: str) -> bool:
        return self.page.evaluate_handle(BUTTON, [words, ""]).as_element() is not None

    def press(self, words: str, *, form: str = "", expect: int = 200, **fields: Any) -> None:
        button = self._button(words, form)
        owner = button.evaluate_handle("b => b.form")
        for name, value in fields.items():
            found = owner.evaluate_handle(FIELDS, name).get_properties().values()
            elements = [each.as_element() for each in found if each.as_element()]
            assert elements, f"no field {name} on {self.path}"
            self._fill(elements, value)
        with self.page.expect_navigation() as arrival:
            button.click()
            self._confirm()
        self._arrive(arrival.value, expect)

    def draw(self, words: str) -> None:
        """Three strokes with the finger."""
        pad = self.page.locator("[data-sign] canvas").first
        pad.scroll_into_view_if_needed()
        box = pad.bounding_box()
        for stroke in ((0.1, 0.2, 0.5, 0.8), (0.5, 0.1, 0.4, 0.9), (0.6, 0.5, 0.95, 0.4)):
            self.page.mouse.move(box["x"] + box["width"] * stroke[0], box["y"] + box["height"] * stroke[1])
            self.page.mouse.down()
            self.page.mouse.move(
                box["x"] + box["width"] * stroke[2], box["y"] + box["height"] * stroke[3], steps=8
            )
            self.page.mouse.up()
        assert "已写3笔" in self.text
        self.press(words)

    def choose_photo(self, words: str, photo: Upload) -> None:
        """Whatever picture is chosen, the crop tool makes one that keeps the rules."""
        payload = {"name": photo.name, "mimeType": photo.media_type, "buffer": photo.content}
        self.page.locator("[data-photo] input[type=file]").set_input_files(payload)
        self.page.locator("[data-photo] .checks li").first.wait_for()
        self.press(words)

    def download(self, words: str) -> bytes:
        link = self.page.evaluate_handle(LINK, [words, ""]).as_element()
        return self.fetch(urljoin(self.page.url, link.get_attribute("href")))

    def fetch(self, path: str) -> bytes:
        answer = self.context.request.get(path)
        assert answer.status == 200, (path, answer.status)
        return answer.body()

    def press_for_file(self, words: str) -> bytes:
        with self.page.expect_download() as download:
            self._button(words, "").click()
        return download.value.path().read_bytes()

    def wait_for(self, words: str) -> None:
        until = time.monotonic() + 30
        while words not in self.text:
            assert time.monotonic() < until, f"{words!r} does not come on {self.path}: {self.text[300:1600]}"
            time.sleep(0.5)
            self.reload()

    def _button(self, words: str, area: str) -> ElementHandle:
        button = self.page.evaluate_handle(BUTTON, [words, area]).as_element()
        assert button is not None, f"no button {words!r} on {self.path}: {self.text[300:1600]}"
        button.evaluate(UNFOLD)
        return button

    def _fill(self, elements: list[ElementHandle], value: Any) -> None:
        kind = elements[0].evaluate("e => e.type")
        if kind in ("checkbox", "radio"):
            wanted = value if isinstance(value, list) else [value]
            for each in elements:
                if each.is_checked() != (each.get_attribute("value") in wanted) and not (
                    kind == "radio" and each.is_checked()
                ):
                    each.evaluate("e => e.click()")
        elif kind == "file":
            payload = {"name": value.name, "mimeType": value.media_type, "buffer": value.content}
            elements[0].set_input_files(payload)
        elif kind.startswith("select"):
            elements[0].select_option(value)
        else:
            elements[0].evaluate(UNFOLD)
            elements[0].fill(value)

    def _confirm(self) -> None:
        """Where a button asks once more, say yes."""
        dialog = self.page.query_selector("dialog[open] .btn-p")
        if dialog is not None:
            dialog.click()

    def _all(self, selector: str, attribute: str) -> list[str]:
        return self.page.eval_on_selector_all(selector, f"all => all.map(e => e.getAttribute('{attribute}'))")

    def _arrive(self, answer: Any, expect: int = 200) -> None:
        status = answer.status if answer is not None else 200
        assert status == expect, f"{status} at {self.path}: {self.text[300:1600]}"
        kind = re.sub(r"\d+", "n", self.path)
        for size in (self.size, DESK if self.size == PHONE else PHONE):
            if (kind, size["width"]) in SEEN:
                continue
            SEEN.add((kind, size["width"]))
            self.page.set_viewport_size(size)
            width = self.page.evaluate("document.documentElement.scrollWidth")
            if width > size["width"]:
                self.errors.append(f"{self.path} is {width} px wide in {size['width']}")
        self.page.set_viewport_size(self.size)

    def _hear(self, message: Any) -> None:
        is_answer = "Failed to load resource" in message.text and "404" in message.text
        if message.type in ("error", "warning") and not is_answer:
            self.errors.append(f"{self.path}: {message.text}")
