"""The ways a finished run is shown. Each is a pure function of the run and its options; none decides anything."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any

from validator.base.records import record
from validator.base.shown import escaped
from validator.engine.locations import hidden
from validator.model import FileResult, Language, Run


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
    "text": "validator.reporters.text.writer:render",
    "json": "validator.reporters.machine.json:render",
    "sarif": "validator.reporters.machine.sarif:render",
    "junit": "validator.reporters.machine.junit:render",
    "github": "validator.reporters.machine.github:render",
    "gitlab": "validator.reporters.machine.gitlab:render",
    "csv": "validator.reporters.machine.csv:render",
    "xlsx": "validator.reporters.xlsx.writer:render",
    "html": "validator.reporters.html.writer:render",
}

#: Formats that are JSON: what would steer a terminal can be written otherwise in them.
_JSON = ("json", "sarif", "gitlab")

#: Formats that tell how often each rule was broken, the workbook without being asked.
COUNTING = ("text", "html", "xlsx")

#: --format of `nianbao check` that is no single result but a copy of each input with comments in it: cli/commands/word_copies.py.
COPIES = ("docx",)
#: What the name of such a copy ends with.
COPY = "（检查意见，勿报送）"

#: --format of `nianbao read` → module:function, (reports that were read) → str.
READINGS: dict[str, str] = {
    "json": "validator.reporters.machine.reading:as_json",
    "csv": "validator.reporters.machine.reading:as_csv",
}


def render(name: str, run: Run, options: Options) -> str | bytes:
    """The run in the format of that name. Formats that are no text mask identity numbers themselves, text by text."""
    shown: str | bytes = _load(REPORTERS[name])(run, options)
    if not isinstance(shown, str):
        return shown
    return escaped(hidden(shown)) if name in _JSON else hidden(shown)


def show(name: str, files: tuple[FileResult, ...]) -> str:
    """The reports as they were read, in the format of that name."""
    shown = hidden(_load(READINGS[name])(files))
    return escaped(shown) if name in _JSON else shown


def _load(target: str) -> Callable[..., Any]:
    module, _, function = target.partition(":")
    reporter: Callable[..., Any] = getattr(import_module(module), function)
    return reporter
