"""An article, as feeds and crawls carry it.  All names are invented."""

from __future__ import annotations

ARTICLE = (
    "La mairie a déposé plainte mardi après le vol de plusieurs fichiers, a annoncé le maire. "
    "Les enquêteurs examinent encore les machines du service."
)

RSS = f"""<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0"><channel><title>Agence d'essai</title><link>https://agence.example/</link>
<item><title>Plainte de la mairie</title><link>https://agence.example/1</link>
<pubDate>Tue, 25 Apr 2017 10:00:00 +0200</pubDate><description>&lt;p&gt;{ARTICLE}&lt;/p&gt;</description></item>
<item><title>Bref</title><link>https://agence.example/2</link><description>Bref.</description></item>
</channel></rss>""".encode()


def warc() -> bytes:
    page = f"<html><head><title>Plainte</title></head><body><article><p>{ARTICLE}</p></article></body></html>".encode()
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + page
    head = (
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-000000000000>\r\n"
        "WARC-Date: 2017-05-06T10:00:00Z\r\nWARC-Target-URI: https://agence.example/1\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
    )
    return head.encode() + http + b"\r\n\r\n"
