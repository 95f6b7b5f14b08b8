"""The ways a finished run is shown. Each is a pure function of the run and its options; none decides anything."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any

from validator.model import FileResult, Language, Run
from validator.places import hidden
from validator.records import record


@record
class Options:
    """How a result is shown; what it says is the run's alone."""

    language: Language = "zh"
    version: str = ""  # of the program
    color: bool = False
    width: int = 80  # columns of the terminal; a Chinese character takes two
    quiet: bool = False  # text, html: leave out the reports without a finding
    statistics: bool = False  # text, html: how often each rule was broken
    links: bool = False  # text in colour: a rule's id leads to its page


#: --format of `nianbao check` → module:function, (Run, Options) → str, or bytes where the format is no text.
REPORTERS: dict[str, str] = {
    "text": "validator.reporters.text:render",
    "json": "validator.reporters.json:render",
    "csv": "validator.reporters.csv:render",
    "xlsx": "validator.reporters.xlsx:render",
    "html": "validator.reporters.html:render",
    "sarif": "validator.reporters.sarif:render",
    "junit": "validator.reporters.junit:render",
    "github": "validator.reporters.github:render",
    "gitlab": "validator.reporters.gitlab:render",
}

#: Formats that tell how often each rule was broken, the workbook without being asked.
COUNTING = ("text", "html", "xlsx")

#: --format of `nianbao check` that is no single result but a copy of each input with comments in it: commands/copies.py.
COPIES = ("docx",)
#: What the name of such a copy ends with.
COPY = "（检查意见，勿报送）"

#: --format of `nianbao read` → module:function, (reports that were read) → str.
READINGS: dict[str, str] = {
    "json": "validator.reporters.reading:as_json",
    "csv": "validator.reporters.reading:as_csv",
}


def render(name: str, run: Run, options: Options) -> str | bytes:
    """The run in the format of that name. Formats that are no text mask identity numbers themselves, text by text."""
    shown = _load(REPORTERS[name])(run, options)
    return hidden(shown) if isinstance(shown, str) else shown


def show(name: str, files: tuple[FileResult, ...]) -> str:
    """The reports as they were read, in the format of that name."""
    return hidden(_load(READINGS[name])(files))


def _load(target: str) -> Callable[..., Any]:
    module, _, function = target.partition(":")
    return getattr(import_module(module), function)
