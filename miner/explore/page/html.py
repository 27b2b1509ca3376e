"""Data, style and script in one HTML file that may run nothing else and ask no one for anything."""

from __future__ import annotations

import base64
import gzip
import hashlib
import html
import json
import math
from importlib.resources import files
from typing import Any

from miner.errors import InputError
from miner.lexicon import read_yaml

#: The languages of the page: the files of ``miner/data/page``.
LANGUAGES = ("en", "fr", "vi")
#: Where `hatch_build.py` puts script and style.
_BUNDLE = files("miner") / "explore" / "bundle"

_PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{title}</title>
<link rel="icon" href="data:,">
<style>{style}</style>
</head>
<body>
<noscript>{noscript}</noscript>
<div id="app"></div>
<script type="application/gzip-base64" id="data">{data}</script>
<script>{script}</script>
</body>
</html>
"""


def find_bundle() -> tuple[str, str]:
    """Return script and style of the page.

    Raises
    ------
    InputError
        They were not built when miner was installed.
    """
    script, style = _BUNDLE / "page.js", _BUNDLE / "page.css"
    if not (script.is_file() and style.is_file()):
        raise InputError(
            "the page's script was not built when miner was installed, since there was no Node.js (of the machine or "
            "from PyPI) or npm's registry was out of reach; install a wheel of miner, or in a checkout "
            "with Node.js 18 or newer: python hatch_build.py. Tables, picture and graph.gexf need none of this"
        )
    return script.read_text(encoding="utf-8"), style.read_text(encoding="utf-8")


def render(data: dict[str, Any], title: str) -> str:
    """Return the page: its policy allows its own script and style by their digests and nothing else."""
    script, style = find_bundle()
    # The digest is of what stands in the file; a closing tag within would end the element early.
    script, style = script.replace("</script", "<\\/script").replace("<!--", "<\\!--"), style.replace("</", "<\\/")
    texts = {language: read_yaml(f"page/{language}.yaml") for language in LANGUAGES}
    policy = (
        f"default-src 'none'; script-src '{_digest(script)}'; style-src '{_digest(style)}'; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )
    return _PAGE.format(
        policy=policy,
        title=html.escape(title),
        style=style,
        script=script,
        noscript=" ".join(html.escape(text["no_script"]) for text in texts.values()),
        data=_packed({**data, "texts": texts}),
    )


def _digest(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _packed(data: dict[str, Any]) -> str:
    plain = json.dumps(_finite(data), ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return base64.b64encode(gzip.compress(plain.encode("utf-8", "replace"), mtime=0)).decode()


def _finite(value: Any) -> Any:
    """Return `value` without numbers that JSON has no word for."""
    if isinstance(value, dict):
        return {str(key): _finite(one) for key, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [_finite(one) for one in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value
