"""Run → GitHub's workflow commands, which show findings at their places, and a line on the whole for the log."""

from __future__ import annotations

from validator.messages import say
from validator.model import Language, Run, Severity
from validator.reporters import Options, finding_text
from validator.reporters.machine.findings import Point, accepted, message, points, title, worst_first
from validator.reporters.printable import clean
from validator.reporters.words import unshown

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}


def render(run: Run, options: Options) -> str:
    """A command a finding, the gravest first: GitHub shows the first ten of each kind. What is accepted is told in the log alone."""
    language, all_points = options.language, list(points(run))
    lines = [
        _command("error", clean(broken.message[language]), file=broken.path or "", title=broken.rule or "nianbao") for broken in run.broken
    ]
    lines += [_command("error", say("reporters.empty", language, path=clean(path)), title="nianbao") for path in run.empty]
    lines += [_finding(point, run, options) for point in worst_first([point for point in all_points if point.waived is None])]
    for point in all_points:
        if point.waived is not None:
            reason = say("reporters.waived-one", language, reason=accepted(point.waived, language))
            lines.append(_plain(reason + message(point, run, language)))
    return "\n".join([*lines, *_ends(run, language)]) + "\n"


def _ends(run: Run, language: Language) -> list[str]:
    """For the log: files that were not checked, each with the reason; how many reports there are; what is not listed."""
    colon, lines = say("marks.colon", language), []
    if run.passed_over:
        lines.append(say("reporters.passed", language, count=len(run.passed_over)))
        lines += [_plain(f"- {passed.path}{colon}{passed.reason[language]}") for passed in run.passed_over]
    lines.append(finding_text.report_totals(run.files, language))
    return [*lines, _plain(unshown(run.unshown, language))] if run.unshown is not None else lines


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
    fields = ",".join(f"{key}={_property(clean(str(value)))}" for key, value in properties.items() if value != "")
    return f"::{kind} {fields}::{_data(text)}" if fields else f"::{kind}::{_data(text)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def _plain(text: str) -> str:
    """A line of the log that no report can make a command: runners obey '::' where a line begins and '##[' anywhere in it."""
    return " ".join(clean(text).split()).replace("::", ": :").replace("##[", "# #[")
