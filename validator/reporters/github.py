"""Run → GitHub's workflow commands, which show findings at their places, and a line on the whole for the log."""

from __future__ import annotations

from collections import Counter

from validator.model import Run, Severity
from validator.reporters import Options
from validator.reporters.clean import clean
from validator.reporters.points import Point, accepted, message, points, title, worst_first
from validator.reporters.words import say

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}


def render(run: Run, options: Options) -> str:
    """A command a finding, the gravest first: GitHub shows the first ten of each kind. What is accepted is told in the log alone."""
    language, found = options.language, list(points(run))
    lines = [
        _command("error", clean(broken.message[language]), file=broken.path or "", title=broken.rule or "nianbao") for broken in run.broken
    ]
    lines += [_command("error", say(language, "empty", path=clean(path)), title="nianbao") for path in run.empty]
    lines += [_finding(point, run, options) for point in worst_first([point for point in found if point.waived is None])]
    for point in found:
        if point.waived is not None:
            lines.append(_plain(say(language, "waived-one", reason=accepted(point.waived, language)) + message(point, run, language)))
    counts = Counter(file.status for file in run.files)
    told = {"clean": counts["clean"], "failed": counts["findings"], "unreadable": counts["unreadable"]}
    return "\n".join([*lines, say(language, "files", files=len(run.files), **told)]) + "\n"


def _finding(point: Point, run: Run, options: Options) -> str:
    place: dict[str, object] = {"file": point.address}
    if point.line is not None:
        place |= {"line": point.line}
        if point.column is not None and point.end is not None:
            place |= {"col": point.column, "endColumn": point.end}
    name = f"{title(point, run, options.language)} ({point.finding.rule})"
    return _command(_COMMANDS[point.finding.severity], message(point, run, options.language), **place, title=name)


def _command(kind: str, text: str, **properties: object) -> str:
    """One workflow command: what would end it or its properties early is escaped as GitHub asks."""
    told = ",".join(f"{key}={_property(clean(str(value)))}" for key, value in properties.items() if value != "")
    return f"::{kind} {told}::{_data(text)}" if told else f"::{kind}::{_data(text)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def _plain(text: str) -> str:
    """A line of the log that no report can make a command."""
    return " ".join(text.split()).replace("::", ": :")
