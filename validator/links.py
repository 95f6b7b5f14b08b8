"""The address of a rule's page in docs/rules. It comes from the project's metadata: no output shows a made-up one."""

from __future__ import annotations

import re
from functools import cache

#: The key in pyproject.toml's [project.urls]: the address of the folder docs/rules of the published project, as people open it.
KEY = "Rules"
#: The files of built-in rules, and of rules of built-in packs for other kinds of report. Files of other packs have no page.
_BUILT_IN = re.compile(r"rules/(?:packs/([a-z0-9-]+)/)?[^/]+/[^/]+\.ya?ml")


def page_name(rule: str, path: str) -> str | None:
    """The file in docs/rules about a rule, of its id and `Rule.path`; None for a rule of a county's own.

    Two kinds of report may each have a rule of one id: those of a pack for another kind stand in a folder of its name.
    """
    found = _BUILT_IN.fullmatch(path)
    return None if found is None else f"{found[1]}/{rule}.md" if found[1] else f"{rule}.md"


def page_link(rule: str, path: str) -> str | None:
    """The address of the page of a rule, of its id and `Rule.path`.

    None for a rule of a county's own, which has no page, and where the project's metadata name no address (pyproject.toml, [project.urls]
    Rules). Callers leave the link out then.
    """
    base, name = _base(), page_name(rule, path)
    return f"{base.rstrip('/')}/{name}" if base and name else None


@cache
def _base() -> str | None:
    """The address of docs/rules, of the installed metadata; None where they name none."""
    from importlib import metadata

    try:
        urls = metadata.metadata("nianbao").get_all("Project-URL") or []
    except metadata.PackageNotFoundError:
        return None
    named = dict(re.split(r"\s*,\s*", url, maxsplit=1) for url in urls if "," in url)
    return next((address for address in (named.get(KEY),) if address and address.startswith("https://")), None)
