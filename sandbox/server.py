"""The server: `/<name>/…` is answered by the stand-in of that name, broken as its switch says."""

import time
import traceback
from collections.abc import Sequence
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from sandbox.faults import Fault
from sandbox.frame import Answer, Request, StandIn, Surroundings, json_answer, page_answer
from sandbox.pages import index, own_page, turned
from sandbox.shelf import Shelf

LARGEST = 10 * 1024 * 1024


class Sandbox(ThreadingHTTPServer):
    """The server. `port=0` takes any free port; `base` tells where it listens."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(
        self, kinds: Sequence[type[StandIn]], *, port: int = 0, data: Path | None = None, **given: Any
    ):
        super().__init__(("127.0.0.1", port), Handler)
        self.base = f"http://127.0.0.1:{self.server_address[1]}"
        self.shelves = {kind.name: Shelf(data / f"{kind.name}.sqlite3" if data else None) for kind in kinds}
        self.stand_ins = {
            kind.name: kind(Surroundings(base=self.base, shelf=self.shelves[kind.name], **given))
            for kind in kinds
        }

    def server_close(self) -> None:
        super().server_close()
        for shelf in self.shelves.values():
            shelf.close()


class Handler(BaseHTTPRequestHandler):
    """Finds the stand-in and its route, applies the fault, writes the answer."""

    protocol_version = "HTTP/1.1"
    server: Sandbox

    def do_GET(self) -> None:
        self._serve()

    def do_POST(self) -> None:
        self._serve()

    def _serve(self) -> None:
        url = urlsplit(self.path)
        name, _, path = url.path.strip("/").partition("/")
        length = min(int(self.headers.get("Content-Length") or 0), LARGEST)
        query = dict(parse_qsl(url.query, keep_blank_values=True))
        headers = {key.lower(): value for key, value in self.headers.items()}
        request = Request(self.command, path, query, headers, self.rfile.read(length))
        stand_in = self.server.stand_ins.get(name)
        if stand_in is None:
            self._write(page_answer(index(self.server.stand_ins.values()), 404 if name else 200))
            return
        self._answer(stand_in, request)

    def _answer(self, stand_in: StandIn, request: Request) -> None:
        parts = [part for part in request.path.split("/") if part]
        if not parts and request.method == "GET":
            self._write(page_answer(own_page(stand_in)))
            return
        if parts == ["switch"] and request.method == "POST":
            self._write(turned(stand_in, request))
            return
        found = stand_in.find(request.method, parts)
        if found is None:
            self._write(json_answer({"error": "not found"}, 404))
            return
        function, taken, breaks = found
        fault = stand_in.switch.take() if breaks else Fault.NONE
        if fault is Fault.DOWN:
            stand_in.diary.appendleft(f"{request.method} {self.path} → {fault.label}")
            self.close_connection = True
            return
        try:
            answer = function(replace(request, parts=taken))
        except (ValueError, KeyError, TypeError) as error:
            traceback.print_exc()
            answer = json_answer({"error": f"bad request: {error!r}"}, 400)
        if breaks:
            stand_in.diary.appendleft(f"{request.method} {self.path} → {answer.status} {fault.label}")
        self._write_broken(stand_in, answer, fault)

    def _write_broken(self, stand_in: StandIn, answer: Answer, fault: Fault) -> None:
        """The work is done by now: a caller that hears nothing must not conclude that nothing happened."""
        if fault is Fault.SLOW:
            time.sleep(stand_in.switch.seconds)
        if fault is Fault.WRONG:
            answer = stand_in.spoiled(answer)
        if fault in (Fault.DUPLICATED, Fault.REORDERED):
            answer = stand_in.twisted(answer, fault)
        self._write(answer, half=fault is Fault.HALF)

    def _write(self, answer: Answer, *, half: bool = False) -> None:
        try:
            self.send_response(answer.status)
            for name, value in answer.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(answer.body)))
            self.end_headers()
            self.wfile.write(answer.body[: len(answer.body) // 2] if half else answer.body)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True  # the caller did not wait
        if half:
            self.close_connection = True

    def log_message(self, *args: Any) -> None:
        """Each stand-in keeps its own diary."""
