"""The server of a preview: the frame with its news of changes, and the page of each map in it."""

from __future__ import annotations

import json
import threading
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.resources import files
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import parse_qs, unquote, urlsplit

from shekara.errors import InputError, ShekaraError, StorageError
from shekara.preview.shown import Shown

HOST = "127.0.0.1"
QUIET_S = 10.0  # after which a line of news says that there are none
DEBOUNCE_MS, STEP_MS = 100, 25  # changes of one save are one change
# The frame runs its own script and nothing else; the map in it brings its own.
POLICY = "default-src 'none'; style-src 'unsafe-inline'; script-src 'self'; connect-src 'self'; "
POLICY += "frame-src 'self'; base-uri 'none'; form-action 'none'"
KINDS = {".html": "text/html", ".js": "text/javascript"}


class Preview:
    """A preview that runs until it is stopped; used as a context.

    Parameters
    ----------
    folder
        Of the atlas.
    port
        Of the server; 0 takes a free one.

    Raises
    ------
    InputError
        There is no atlas in the folder. Faults in one are told on the page instead.
    StorageError
        The port is taken.
    """

    def __init__(self, folder: Path, port: int = 0) -> None:
        if not (folder / "layers").is_dir():
            raise InputError(
                f"{folder} is no atlas: it has no folder layers/; make one with: shekara new DIR"
            )
        self.shown = Shown(folder)
        self._stop = threading.Event()
        try:
            self._server = _Server((HOST, port), self.shown)
        except OSError as error:
            raise StorageError(
                f"port {port} cannot be had ({error.strerror}); name another with --port, or none"
            ) from error
        self._threads = [
            threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True),
            threading.Thread(target=self._watch, daemon=True),
            threading.Thread(target=self.shown.warm, daemon=True),
        ]

    @property
    def address(self) -> str:
        """Where the page is."""
        return f"http://{HOST}:{self._server.server_port}/"

    def __enter__(self) -> Self:
        self.shown.read()
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self._stop.set()
        self.shown.close()
        self._server.shutdown()
        self._server.server_close()
        for thread in self._threads:
            thread.join(5)

    def wait(self) -> None:
        """Until somebody interrupts."""
        while not self._stop.wait(3600):
            pass

    def _watch(self) -> None:
        from watchfiles import watch

        changes = watch(
            self.shown.folder, stop_event=self._stop, debounce=DEBOUNCE_MS, step=STEP_MS,
            raise_interrupt=False, rust_timeout=500,
        )  # fmt: skip
        for _ in changes:
            self.shown.read()


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, at: tuple[str, int], shown: Shown) -> None:
        super().__init__(at, _Handler)
        self.shown = shown


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """The frame, its script, the news, a map's page."""
        host = self.headers.get("Host", "").partition(":")[0]
        if host not in (HOST, "localhost"):  # another site's name that leads here
            self._send(HTTPStatus.FORBIDDEN, "text/plain", "only this machine may look")
            return
        address = urlsplit(self.path)
        path, asked = unquote(address.path), parse_qs(address.query)
        if path == "/":
            self._asset("frame.html")
        elif path == "/frame.js":
            self._asset("frame.js")
        elif path == "/news":
            self._news()
        elif path.startswith("/maps/"):
            self._map(path.removeprefix("/maps/"), asked.get("lang", [""])[0])
        else:
            self._send(HTTPStatus.NOT_FOUND, "text/plain", "there is no such page")

    def log_message(self, format: str, *args: object) -> None:
        """Nothing: a terminal full of requests hides what is said."""

    def _asset(self, name: str) -> None:
        text = files("shekara.preview").joinpath(name).read_text(encoding="utf-8")
        kind = KINDS[Path(name).suffix]
        self._send(HTTPStatus.OK, kind, text, {"Content-Security-Policy": POLICY})

    def _map(self, name: str, lang: str) -> None:
        try:
            text = self.server.shown.page(name, lang)
        except ShekaraError as error:
            self._send(HTTPStatus.NOT_FOUND, "text/plain", str(error))
            return
        self._send(HTTPStatus.OK, "text/html", text)

    def _news(self) -> None:
        """States as server-sent events, the newest at once, then each as it comes."""
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Cache-Control", "no-store")
        self.send_header("Connection", "close")
        self.end_headers()
        shown, number = self.server.shown, -1
        try:
            while not shown.closed:
                state = shown.newer(number, QUIET_S)
                line = (
                    ":\n\n" if state.number == number else f"data: {json.dumps(state.record())}\n\n"
                )
                number = state.number
                self.wfile.write(line.encode())
                self.wfile.flush()
        except OSError:  # the browser has gone
            pass
        self.close_connection = True

    def _send(
        self, status: HTTPStatus, kind: str, text: str, headers: dict[str, str] | None = None
    ) -> None:
        body = text.encode("utf-8")
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")
        for key, value in (headers or {}).items():
            self.send_header(key, value)
        self.end_headers()
        try:
            self.wfile.write(body)
        except OSError:  # the browser has gone
            self.close_connection = True
