"""Somebody else's website: another origin, its own rules and CSS, and a framework that leaves nothing alone."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

HOSTILE_CSS = """
* { all: unset !important; font-size: 3px }
* { letter-spacing: 1em; text-transform: uppercase; color: yellow; direction: rtl }
div { display: none }
a, p, button, h3, input, label { display: none !important; visibility: hidden }
guide-stop, guide-ask, guide-tickets { margin: 8px; max-width: 344px }
"""
FRAMEWORK = """
const twice = (act) => { act(); requestAnimationFrame(act); };
const [one, other] = document.querySelectorAll("section");
const widgets = () => document.querySelectorAll("guide-stop, guide-ask, guide-tickets");
const here = new Comment("here");
let turn = 0;
let clone;
const churn = () => {
  for (const widget of widgets()) { widget.replaceWith(here); here.replaceWith(widget); }
  (turn % 2 ? one : other).append(...(turn % 2 ? other : one).children);
  for (const widget of widgets()) widget.setAttribute("data-key", String(turn));
  if (turn === 2) one.append(clone = document.querySelector("guide-stop").cloneNode(true));
  if (turn === 5) clone.remove();
  turn += 1;
  if (turn < 7) setTimeout(churn, 40);
  else document.documentElement.dataset.settled = "";
};
twice(() => {});
churn();
"""


def strict(museum: str) -> str:
    own = "script-src 'self' {0}; connect-src {0}; media-src {0}; img-src {0}; style-src 'self'; "
    return "default-src 'none'; " + own.format(museum) + "require-trusted-types-for 'script'; base-uri 'none'"


@dataclass
class Host:
    """A website at `url`; what it serves is put into `pages`."""

    url: str
    pages: dict[str, tuple[str, str]] = field(default_factory=dict)
    """Path: kind and text."""
    policy: str = ""

    def page(self, body: str, head: str = "", language: str = "en") -> str:
        place = f"/page{len(self.pages)}"
        html = f"<!doctype html><html lang={language}><meta charset=utf-8><title>Host</title>{head}<body>{body}"
        self.pages[place] = ("text/html; charset=utf-8", html)
        return self.url + place


@contextmanager
def open_host(port: int) -> Iterator[Host]:
    host = Host(f"http://127.0.0.1:{port}")
    host.pages |= {"/hostile.css": ("text/css", HOSTILE_CSS), "/framework.js": ("text/javascript", FRAMEWORK)}

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            kind, text = host.pages.get(self.path.split("?")[0], ("text/plain", ""))
            self.send_response(200 if text else 404)
            self.send_header("content-type", kind)
            if host.policy:
                self.send_header("content-security-policy", host.policy)
            self.end_headers()
            self.wfile.write(text.encode())

        def log_message(self, *_: object) -> None:
            """Nobody reads it."""

    server = ThreadingHTTPServer(("127.0.0.1", port), Answer)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield host
    server.shutdown()
    server.server_close()
