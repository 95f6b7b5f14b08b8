"""Run → one page for the browser: nothing is fetched, nothing of a report is code; `page.html`, `page.css` and `page.js` are its looks."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256
from pathlib import Path

from validator.messages import say
from validator.model import Run
from validator.reporters import Options
from validator.reporters.html.page import REPORTS, TEXTS, page

_HERE = Path(__file__).parent


def render(run: Run, options: Options) -> str:
    """The page as text."""
    from jinja2 import Environment, StrictUndefined

    style, script = (_HERE.joinpath(name).read_text(encoding="utf-8") for name in ("page.css", "page.js"))
    environment = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=StrictUndefined)
    template = environment.from_string(_HERE.joinpath("page.html").read_text(encoding="utf-8"))
    return template.render(
        page=page(run, options),
        style=style,
        script=script,
        policy=f"default-src 'none'; style-src {_hash(style)}; script-src {_hash(script)}; base-uri 'none'; form-action 'none'",
        say=lambda key, **facts: say(key, options.language, **facts),
        version=options.version,
        rules=run.fingerprint[:12],
        texts=TEXTS,
        most=REPORTS,
    )


def _hash(code: str) -> str:
    """What a policy calls the code by: it and no other may run."""
    return f"'sha256-{b64encode(sha256(code.encode()).digest()).decode()}'"
