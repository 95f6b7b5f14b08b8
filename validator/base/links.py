"""The address of a rule's page in docs/rules. It comes from the project's metadata, else pages are files here: none is made up."""

from __future__ import annotations

import os
import re
from functools import cache
from pathlib import Path

#: The key in pyproject.toml's [project.urls]: the address of the folder docs/rules of the published project, as people open it.
KEY = "Rules"
#: The files of built-in rules, of rules of built-in packs for other kinds of report, and of packs that come ready with the program.
#: Files of other packs have no page.
_BUILT_IN = re.compile(r"rules/(?:packs/([a-z0-9-]+)/|ready/[a-z0-9-]+/)?([a-z]+)/([a-z0-9-]+)\.yaml")


def page_name(rule: str, path: str) -> str | None:
    """The file in docs/rules about a rule, of its id and `Rule.path`; None for a rule of a county's own.

    Two kinds of report may each have a rule of one id: those of a pack for another kind stand in a folder of its name.
    """
    found = _BUILT_IN.fullmatch(path)
    if found is None or rule != f"{found[2]}.{found[3]}":  # the id of a rule with a page is its path
        return None
    return f"{found[1]}/{rule}.md" if found[1] else f"{rule}.md"


def page_link(rule: str, path: str) -> str | None:
    """The address of the page of a rule, of its id and `Rule.path`.

    None for a rule of a county's own, which has no page, and where the project's metadata name no address (pyproject.toml, [project.urls]
    Rules). Callers leave the link out then.
    """
    base, name = _base(), page_name(rule, path)
    return f"{base.rstrip('/')}/{name}" if base and name else None


def page_address(rule: str, path: str) -> str | None:
    """The address of a rule's page for whoever sits at this computer: published, else the file here; None where neither is."""
    return page_link(rule, path) or _page_here(page_name(rule, path))


def _page_here(name: str | None) -> str | None:
    """The file: address of a page inside the installed package or beside it in a checkout."""
    if os.environ.get("SSH_CONNECTION"):  # the terminal is another computer's
        return None
    package = Path(__file__).resolve().parent.parent
    homes = (package / "_pages", package.parent / "docs" / "rules") if name else ()
    return next(((home / str(name)).as_uri() for home in homes if (home / str(name)).is_file()), None)


@cache
def _base() -> str | None:
    """The address of docs/rules, of the installed metadata; None where they name none."""
    from importlib import metadata

    try:
        urls = metadata.metadata("nianbao").get_all("Project-URL") or []
    except metadata.PackageNotFoundError:
        return None
    named = {name.strip(): address.strip() for name, found, address in (url.partition(",") for url in urls) if found}
    return next((address for address in (named.get(KEY),) if address and address.startswith("https://")), None)
