"""What a host has to send with preserved files, in the words of the common static hosts.

A preserved page from outside must not run on the record's own origin, whatever a host guesses of a file without an ending
(docs/hosting.md). Each of these files is read by some hosts and means nothing to the others.
"""

import re

_PLAIN = re.compile(r"/[\w./~-]*")
_POLICY = "default-src 'none'; sandbox"
_FOR_EVER = "public, max-age=31536000"
_NOTES = ("ledger/checkpoint", "ledger/cosigned", "manifest")
"""Signed notes are text, and a reader wants the newest (C2SP tlog-tiles)."""
_APACHE = f"""<If "%{{REQUEST_URI}} =~ m#/file/[0-9a-f]{{2}}/#">
ForceType application/octet-stream
Header set Content-Disposition attachment
Header set X-Content-Type-Options nosniff
Header set Content-Security-Policy "{_POLICY}"
</If>
<If "%{{REQUEST_URI}} =~ m#/(ledger/(checkpoint|cosigned)|manifest)$#">
ForceType "text/plain; charset=utf-8"
Header set Cache-Control no-cache
</If>
<If "%{{REQUEST_URI}} =~ m#/ledger/tile/#">
ForceType application/octet-stream
Header set Cache-Control "{_FOR_EVER}"
</If>
"""
_NETLIFY = f"""/file/*
  Content-Type: application/octet-stream
  Content-Disposition: attachment
  X-Content-Type-Options: nosniff
  Content-Security-Policy: {_POLICY}
{"".join(f"/{note}{chr(10)}  Content-Type: text/plain; charset=utf-8{chr(10)}  Cache-Control: no-cache{chr(10)}" for note in _NOTES)}\
/ledger/tile/*
  Content-Type: application/octet-stream
  Cache-Control: {_FOR_EVER}
/*
  X-Content-Type-Options: nosniff
"""
_IIS_NOTE = """
<location path="%s"><system.webServer><staticContent>
<remove fileExtension="."/><mimeMap fileExtension="." mimeType="text/plain; charset=utf-8"/>
</staticContent></system.webServer></location>"""
_IIS = f"""<?xml version="1.0" encoding="utf-8"?>
<configuration><system.webServer>
<staticContent><mimeMap fileExtension="." mimeType="application/octet-stream"/></staticContent>
</system.webServer>{"".join(_IIS_NOTE % note for note in _NOTES)}<location path="file"><system.webServer>
<httpProtocol><customHeaders>
<add name="Content-Disposition" value="attachment"/>
<add name="X-Content-Type-Options" value="nosniff"/>
<add name="Content-Security-Policy" value="{_POLICY}"/>
</customHeaders></httpProtocol></system.webServer></location></configuration>
"""
ROBOTS = b"User-agent: *\nAllow: /\nDisallow: /file/\n"
"""What search engines are asked, where the site has a host of its own: to read the pages and not the raw files."""


def host_files(path: str | None) -> dict[str, bytes]:
    """Give paths and contents: Apache; Netlify and Cloudflare Pages; IIS and Azure. ``path`` is where the record lies on its host, if known.

    Netlify, Cloudflare, GitHub and GitLab Pages show ``404.html`` by themselves; Apache has to be told where it is.
    """
    missing = f"ErrorDocument 404 {path}404.html\n" if path and _PLAIN.fullmatch(path) else ""
    return {
        ".htaccess": (_APACHE + missing).encode(),
        "_headers": _NETLIFY.encode(),
        "web.config": _IIS.encode(),
    }
