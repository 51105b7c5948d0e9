"""A web server on this computer, for tests of images that lie on one."""

from __future__ import annotations

import http.server
import re
import threading
import uuid

import pytest


class FolderServer(http.server.ThreadingHTTPServer):
    """A web server of a folder on this computer, which knows ranges and fails as it is told.

    Attributes:
        url: of the folder.
        asked: the paths that were asked for.
        fault: told the path of a request for a file's content, gives what goes wrong: None, 'drop' (no answer),
            'short' (half of it), 'wait' (no answer before the server is closed), or an HTTP status.
    """

    daemon_threads = True

    def __init__(self, folder):
        super().__init__(("127.0.0.1", 0), FolderHandler)
        self.folder, self.asked, self.fault = folder, [], lambda path: None
        # ports come back and caches know addresses: what an earlier server gave is not to be taken for this one's
        self.place = f"/{uuid.uuid4().hex}/"
        self.url = f"http://127.0.0.1:{self.server_port}{self.place[:-1]}"
        self.closing = threading.Event()

    def handle_error(self, request, client_address):
        """A client that hangs up is no news."""


class FolderHandler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, format, *arguments):
        pass

    def do_HEAD(self):
        self.answer(with_body=False)

    def do_GET(self):
        self.answer(with_body=True)

    def answer(self, with_body):
        file = self.server.folder / self.path.removeprefix(self.server.place).lstrip("/")
        if not file.is_file():
            self.head(404, 0)
            return
        self.server.asked.append(self.path)
        fault = self.server.fault(self.path) if with_body else None
        content = file.read_bytes()
        span = re.match(r"bytes=(\d+)-(\d*)", self.headers.get("Range", ""))
        first, last = (int(span[1]), int(span[2] or len(content))) if span else (0, len(content))
        part = content[first : last + 1]
        if isinstance(fault, int):
            self.head(fault, 0)
            return
        if fault == "wait":
            self.server.closing.wait(60)
        if fault in ("drop", "wait"):
            self.close_connection = True
            self.connection.close()
            return
        whole = (
            {} if span is None else {"Content-Range": f"bytes {first}-{first + len(part) - 1}/{len(content)}"}
        )
        self.head(206 if span else 200, len(part), **whole)
        if with_body:
            self.wfile.write(part[: len(part) // 2] if fault == "short" else part)
            self.close_connection = fault == "short"

    def head(self, status, length, **fields):
        self.send_response(status)
        for name, value in {"Content-Length": length, "Accept-Ranges": "bytes", **fields}.items():
            self.send_header(name, str(value))
        self.end_headers()


@pytest.fixture
def serve():
    """A function that serves a folder on this computer, and gives the server."""
    servers = []

    def start(folder):
        server = FolderServer(folder)
        servers.append(server)
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        return server

    yield start
    for server in servers:
        server.closing.set()
        server.shutdown()
        server.server_close()
