"""What `bin/demo --check` asks: is the server well, does every role get its first page, do the stand-ins answer?"""

import http.cookiejar
import re
import sys
import time
import urllib.parse
import urllib.request
from collections.abc import Iterator


class Visitor:
    """A browser's essentials: cookies, redirects and the form token."""

    def __init__(self, base: str) -> None:
        self.base = base
        jar = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self.opener = urllib.request.build_opener(jar)

    def get(self, path: str) -> tuple[int, str, str]:
        """Status, final address and text of a page."""
        with self.opener.open(self.base + path, timeout=20) as answer:
            return answer.status, answer.url, answer.read().decode()

    def post(self, path: str, **fields: str) -> tuple[int, str, str]:
        data = urllib.parse.urlencode(fields).encode()
        request = urllib.request.Request(self.base + path, data, headers={"Referer": self.base + path})
        with self.opener.open(request, timeout=20) as answer:
            return answer.status, answer.url, answer.read().decode()


def login_forms(page: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Address and hidden fields of each one-click login."""
    for form in re.findall(r"<form[^>]*action=\"(/demo/login/[^\"]+)\"[^>]*>(.*?)</form>", page, re.S):
        yield form[0], dict(re.findall(r"name=\"([^\"]+)\"[^>]*value=\"([^\"]*)\"", form[1]))


def main() -> int:
    base = sys.argv[1]
    status, _, text = Visitor(base).get("/healthz")
    print(f"{status} /healthz {text}")
    seen: set[str] = set()
    _, _, page = Visitor(base).get("/demo/")
    for role, forms in roles(page):
        address, _ = forms[0]
        visitor = Visitor(base)
        fresh = dict(login_forms(visitor.get("/demo/")[2]))[address]
        status, url, text = visitor.post(address, **fresh)
        title = re.search(r"<title>(.*?)</title>", text, re.S)
        print(f"{status} {role} {url.removeprefix(base)} {title[1].strip() if title else ''}")
        if status != 200:
            return 1
        seen.add(role)
    print(f"{len(seen)} 个角色各取到一页。")
    for path in stand_ins(sys.argv[2]):
        status, _, _ = Visitor(sys.argv[2]).get(path)
        print(f"{status} 外部系统替身 {path}")
    return 0 if len(seen) >= 10 else 1


def stand_ins(sandbox: str) -> list[str]:
    """The list of stand-ins and the page of each; asked for ten seconds, because they start beside the server."""
    for _ in range(100):
        try:
            _, _, page = Visitor(sandbox).get("/")
            return ["/", *re.findall(r'<td><a href="(/[^"]+)"', page)]
        except OSError:
            time.sleep(0.1)
    sys.exit("外部系统替身 10 秒内没有应答。")


def roles(page: str) -> Iterator[tuple[str, list[tuple[str, dict[str, str]]]]]:
    """Each heading of the login page with the forms under it."""
    for part in re.split(r"<h2", page)[1:]:
        heading = re.sub(r"<[^>]+>", "", "<h2" + part.split("</h2>")[0])
        forms = list(login_forms(part))
        if forms:
            yield heading.strip(), forms


if __name__ == "__main__":
    sys.exit(main())
