"""Run → JUnit's XML, which every CI service counts: a suite a report, a case a finding; red where the exit status is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from lxml import etree

from validator.messages import say
from validator.model import Answer, FileResult, Run
from validator.reporters import Options, finding_text
from validator.reporters.machine.findings import Point, accepted, message, points, title
from validator.reporters.printable import clean
from validator.reporters.words import checked, severity


def render(run: Run, options: Options) -> bytes:
    """The document; bytes, since its encoding is written in it."""
    by_file: dict[int, list[Point]] = {}
    of_set: list[Point] = []
    for point in points(run):
        (of_set if point.file is None else by_file.setdefault(id(point.file), [])).append(point)
    suites = [_suite(_name(file), list(_cases(file, by_file.get(id(file), []), run, options))) for file in run.files]
    if of_set:
        suites.append(_suite(say("reporters.collection", options.language), [_case(point, run, options) for point in of_set]))
    if run.broken or run.empty or not run.files:
        suites.append(_suite("nianbao", list(_troubles(run, options))))
    if run.passed_over:
        cases = [_skipped(clean(passed.path), passed.reason[options.language]) for passed in run.passed_over]
        suites.append(_suite(say("reporters.passed", options.language, count=len(cases)), cases))
    root = etree.Element("testsuites", {"name": "nianbao", **_counts([case for suite in suites for case in suite.iter("testcase")])})
    root.extend(suites)
    return etree.tostring(root, encoding="utf-8", xml_declaration=True, pretty_print=True)


def _name(file: FileResult) -> str:
    return clean(file.path) + (f" #{file.part}" if file.part is not None else "")


def _suite(name: str, cases: Sequence[etree._Element]) -> etree._Element:
    suite = etree.Element("testsuite", {"name": name, **_counts(cases)})
    suite.extend(cases)
    return suite


def _counts(cases: Sequence[etree._Element]) -> dict[str, str]:
    kinds = Counter(child.tag for case in cases for child in case)
    return {"tests": str(len(cases)), "failures": str(kinds["failure"]), "errors": str(kinds["error"])}


def _cases(file: FileResult, file_points: Sequence[Point], run: Run, options: Options) -> Iterator[etree._Element]:
    """A case for each finding, one for all that was checked and passed, one for what was skipped."""
    language = options.language
    yield from (_case(point, run, options) for point in file_points)
    if file.status == "unreadable" and file.reading is None:
        return
    counts = Counter(outcome.answer for outcome in file.outcomes)
    passed = etree.Element("testcase", name=checked(language, counts), classname=clean(file.path))
    sentences = [finding_text.identity(file, language), *finding_text.unchecked(file, run, language)]
    etree.SubElement(passed, "system-out").text = clean("\n".join(sentences))
    yield passed
    if counts[Answer.SKIP]:
        yield _skipped(say("reporters.skipped", language), finding_text.skipped(file, language), clean(file.path))


def _case(point: Point, run: Run, options: Options) -> etree._Element:
    language, finding = options.language, point.finding
    name = clean(f"{title(point, run, language)} ({finding.rule})")
    case = etree.Element("testcase", name=name, classname=clean(point.path))
    text = message(point, run, language)
    grade = severity(language, finding.severity)
    if point.waived is not None:
        etree.SubElement(case, "skipped", message=accepted(point.waived, language), type=finding.rule).text = text
    elif _unread(point):
        etree.SubElement(case, "error", message=text, type=finding.rule).text = text
    elif run.fail_on is not None and finding.severity.rank <= run.fail_on.rank:
        etree.SubElement(case, "failure", message=f"{grade} {text}", type=finding.rule).text = text
    else:  # told, but not enough to fail
        etree.SubElement(case, "system-out").text = f"{grade} {text}"
    return case


def _unread(point: Point) -> bool:
    """Whether the finding says why its file could not be read."""
    graver = point.finding.unread
    return graver and point.file is not None and point.file.status == "unreadable"


def _troubles(run: Run, options: Options) -> Iterator[etree._Element]:
    """What the program could not do."""
    language = options.language
    troubles = [(broken.path or broken.rule or "nianbao", broken.message[language], broken.rule) for broken in run.broken]
    troubles += [(path, say("reporters.empty", language, path=path), "") for path in run.empty]
    if not run.files and not troubles and run.exit_status == 2:
        troubles.append(("nianbao", say("reporters.files", language, files=0, clean=0, failed=0, unreadable=0), ""))
    for name, text, rule in troubles:
        case = etree.Element("testcase", name=clean(name), classname="nianbao")
        etree.SubElement(case, "error", message=clean(text), type=rule or "nianbao").text = clean(text)
        yield case


def _skipped(name: str, why: str, classname: str = "nianbao") -> etree._Element:
    case = etree.Element("testcase", name=name, classname=classname)
    etree.SubElement(case, "skipped", message=clean(why))
    return case
