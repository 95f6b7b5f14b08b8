"""How the time of each stage grows with the input. `python benchmarks/growth.py [NAME...]` prints the exponents over three doublings.

1.0 is in proportion, 2.0 the square. Each input is a report with one thing in it over and over; its sizes are doubled until the
largest takes SECONDS of processor time, and the last three doublings count. A stage is judged where it takes SECONDS itself: reading the
file, finding the report in it, the tables, each category of rules. An input that is there for one stage (AIMS) grows until that stage takes
SECONDS. Ends with 1 where an exponent is above MOST, or a row did not take SECONDS. Processor time is that of this process, so that other
work on the machine costs little accuracy. Tests: tests/acceptance/attack/test_time.py takes its inputs from here.
"""

from __future__ import annotations

import gc
import io
import math
import sys
import zipfile
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from functools import _lru_cache_wrapper, partial
from pathlib import Path
from time import process_time
from unittest.mock import patch

sys.path[0] = str(Path(__file__).resolve().parent.parent)

from validator.base.limits import BUILT_IN, within  # noqa: E402
from validator.county.acceptance import baseline as baselines  # noqa: E402
from validator.county.acceptance.evaluation_scope import Terms  # noqa: E402
from validator.county.set import with_set_findings, with_states  # noqa: E402
from validator.county.set.digest import digest_of  # noqa: E402
from validator.engine import run as engine  # noqa: E402
from validator.engine.fingerprint import NAME  # noqa: E402
from validator.engine.requirements import Failed  # noqa: E402
from validator.forms.read_tables import measure  # noqa: E402
from validator.model import Book, County, RosterUnit, Rule, Run, Subject, UnreadableError  # noqa: E402
from validator.pipeline.check_file import examine, understand  # noqa: E402
from validator.readers import read_documents  # noqa: E402
from validator.readers.html import source  # noqa: E402
from validator.roster.units import judge_unit  # noqa: E402
from validator.rulebook import load_book  # noqa: E402

#: Seconds of processor time that the largest size takes at least, and the largest exponent allowed.
SECONDS, MOST = 0.3, 1.3
#: Each size is run so often, the least counts.
ROUNDS = 2
#: The bounds of the readers while it is measured: so wide that none is reached before SECONDS. A real run stops far below.
WIDE = replace(BUILT_IN, characters=10**9, paragraphs=10**8, cells=10**8)
#: Caches of at least so many entries keep texts of reports; smaller ones keep what belongs to the program.
TEXTS_KEPT = 1024
#: Beyond this size an input is not doubled any more, whatever its time.
LARGEST = 20_000_000
#: Input → the stage for which it is there: sizes are doubled until that stage itself takes SECONDS.
AIMS = {
    "text, contact, addresses": "contact",
    "text, contact, telephones": "contact",
    "text, narrative": "narrative",
    "text, private numbers": "privacy",
    "text, words that stand twice": "wording",
    "html, <a<a<a": "reading",
}
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"

HEAD = "云岭县朝阳镇2023年政府信息公开工作年度报告\n一、总体情况\n"
TAIL = "\n二、主动公开政府信息情况\n三、收到和处理政府信息公开申请情况\n六、其他需要报告的事项\n无其他事项。\n"
Stages = Mapping[str, float]


def text(body: str) -> tuple[bytes, str]:
    """A report in plain text with this in its first part."""
    return (HEAD + body + TAIL).encode(), "a.txt"


def page(body: str) -> tuple[bytes, str]:
    """A report as a web page with this in its first part."""
    paragraphs = [f"<p>{line}</p>" for part in (HEAD, TAIL) for line in part.strip().splitlines()]
    return ("<html><body>" + "".join(paragraphs[:2]) + body + "".join(paragraphs[2:]) + "</body></html>").encode(), "a.html"


def word(body: str, **parts: str) -> tuple[bytes, str]:
    """A report in Word with these paragraphs in its first part; `styles`, `numbering`: what those parts of the package hold."""
    lines = [f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for part in (HEAD, TAIL) for line in part.strip().splitlines()]
    target = io.BytesIO()
    link = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    relations = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
    one = '<Relationship Id="{0}" Type="' + link + '/{0}" Target="{1}"/>'
    kinds = {"styles": "styles", "numbering": "numbering"}
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        document = f'<w:document xmlns:w="{_WORD}"><w:body>{"".join(lines[:2])}{body}{"".join(lines[2:])}</w:body></w:document>'
        package.writestr("word/document.xml", document)
        for name, inner in parts.items():
            package.writestr(f"word/{name}.xml", f'<w:{kinds[name]} xmlns:w="{_WORD}">{inner}</w:{kinds[name]}>')
        linked = "".join(one.format(name, f"{name}.xml") for name in parts)
        package.writestr("word/_rels/document.xml.rels", relations.format(linked))
        package.writestr("_rels/.rels", relations.format(one.format("officeDocument", "word/document.xml")))
    return target.getvalue(), "a.docx"


def paragraph(words: str, properties: str = "") -> str:
    """A paragraph of Word."""
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}<w:r><w:t>{words}</w:t></w:r></w:p>"


def _style_chain(n: int) -> tuple[bytes, str]:
    """Styles each based on the one before, and a paragraph in each."""
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="s{i}"><w:name w:val="s{i}"/><w:basedOn w:val="s{i - 1}"/></w:style>' for i in range(n)
    )
    return word("".join(paragraph("工作", f'<w:pStyle w:val="s{i}"/>') for i in range(n)), styles=styles)


def _numbered(n: int) -> tuple[bytes, str]:
    """Paragraphs that Word counts."""
    level = '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="（%1）"/></w:lvl>'
    numbering = f'<w:abstractNum w:abstractNumId="0">{level}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    counted = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    return word("".join(paragraph(f"收到申请{i % 90}件", counted) for i in range(n)), numbering=numbering)


def numbering_text(n: int, paragraphs: int) -> tuple[bytes, str]:
    """So many counted paragraphs whose text of numbering is 3 n characters long."""
    level = f'<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="{"第%1" * n}、"/></w:lvl>'
    numbering = f'<w:abstractNum w:abstractNumId="0">{level}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    counted = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    return word(paragraph("工作", counted) * paragraphs, numbering=numbering)


def _cells(n: int) -> tuple[bytes, str]:
    """A long table of Word."""
    cell = "<w:tc><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc>"
    rows = "".join("<w:tr>" + "".join(cell.format(words) for words in ("规章", i % 7, 0, 3)) + "</w:tr>" for i in range(n))
    return word(f"<w:tbl>{rows}</w:tbl>")


def _narrative(n: int) -> tuple[bytes, str]:
    """Paragraphs of ordinary prose, no two the same."""
    said = (
        "{}月，本机关新公开政府信息{}条，{}件依申请公开均按时答复，其中予以公开{}件。",
        "依据《政府信息公开条例》第{}条，对{}个栏目作了清理，更新{}处。",
        "存在的主要问题：一是{}个单位更新不够及时，二是第{}号台账不够完整。",
    )
    return text("\n".join(said[i % 3].format(i % 12 + 1, i, i * 3 % 101, i % 17) for i in range(n)))


def _private(n: int) -> tuple[bytes, str]:
    """Names, numbers of telephones and of identity, run together in one paragraph."""
    return text("，".join(f"张某{i}（1380000{i % 10000:04d}，11010519491231{i % 10000:04d}）" for i in range(n)) + "。")


INPUTS: dict[str, Callable[[int], tuple[bytes, str]]] = {
    "text, lines of one character": lambda n: text("\n".join("甲乙丙丁1"[i % 5] for i in range(n))),
    "text, lines of labels": lambda n: text("\n".join(("规章", "其他")[i % 2] for i in range(n))),
    "text, headings": lambda n: text("\n".join(f"（{'一二三四五六七八九'[i % 9]}）工作" for i in range(n))),
    "text, headings of parts": lambda n: text("\n".join(f"{'一二三四五六'[i % 6]}、工作情况" for i in range(n))),
    "text, rows of a table": lambda n: text("\n".join(f"规章\t{i % 7}\t0\t3" for i in range(n))),
    "text, one line of digits and spaces": lambda n: text("规章 " + "1 " * n),
    "text, quotes": lambda n: text("《" * n),
    "text, round brackets": lambda n: text("（" * n),
    "text, quotation marks": lambda n: text("“" * n),
    "text, sums in prose": lambda n: text("1+" * n + "1"),
    "text, clauses without a stop": lambda n: text("，".join(f"收到申请{i}件，办结{i}件" for i in range(n))),
    "text, sentences": lambda n: text("".join(f"收到申请{i}件，办结{i}件。" for i in range(n))),
    "text, none and all": lambda n: text("，".join(("未收到政府信息公开申请", "行政复议全部维持")[i % 2] for i in range(n))),
    "text, narrative": _narrative,
    "text, private numbers": _private,
    "text, words in need of care": lambda n: text("，".join(f"全国首创{i}，较去年大幅增长，等等等等" for i in range(n))),
    "text, contact, brackets": lambda n: text("如需咨询请与本机关联系（地址：" + "（" * n + "）"),
    "text, contact, labels": lambda n: text("联系" + "电话：" * n),
    "text, contact, telephones": lambda n: text("联系电话：" + "、".join(f"0469-{5170000 + i % 9999}" for i in range(n))),
    "text, contact, digits in a row": lambda n: text("联系电话：" + "0469 " * n),
    "text, contact, addresses": lambda n: text("，".join(f"地址：朝阳路{i}号，邮编：155600" for i in range(n))),
    "text, words that stand twice": lambda n: text("".join(f"公开XX条，XX月{i}日的的工作工作。" for i in range(n))),
    "text, dashes after a date": lambda n: text("统计期限自2023年1月1日" + "-" * n),
    "text, dates": lambda n: text("统计期限" + "2023年1月1日至" * n),
    "html, paragraphs of one character": lambda n: page("<p>x" * n),
    "html, rows": lambda n: page("<table>" + "".join(f"<tr><td>甲<td>{i % 9}<td>乙" for i in range(n)) + "</table>"),
    "html, cells in a row": lambda n: page("<table><tr>" + "".join(f"<td>{i % 9}" for i in range(n)) + "</table>"),
    "html, <a<a<a": lambda n: page("<a" * n),
    "html, blanks": lambda n: page("<p>" + "&nbsp; " * n + "</p>"),
    "docx, style chain": _style_chain,
    "docx, counted paragraphs": _numbered,
    "docx, numbering text": lambda n: numbering_text(n, n),
    "docx, rows": _cells,
}  # fmt: skip


def stages(data: bytes, name: str, book: Book) -> Stages:
    """Seconds of processor time of each stage for one input."""
    spent: dict[str, float] = defaultdict(float)

    def timed(stage: str, work: Callable[[], object]) -> object:
        begun = process_time()
        try:
            return work()
        finally:
            spent[stage] += process_time() - begun

    ask = engine._OneReport.ask

    def asked(self: engine._OneReport, rule: Rule, required: Failed) -> object:
        return timed(rule.category, lambda: ask(self, rule, required))

    def check() -> None:
        try:
            documents = timed("reading", lambda: read_documents(data, name))
        except UnreadableError:
            return
        document = documents[0]  # type: ignore[index]
        report = timed("parsing", lambda: understand(document, book))
        figures = timed("tables", lambda: measure(report, book.forms, year=report.year, due=None))  # type: ignore[attr-defined]
        unit = judge_unit(report.unit, book.tables.units)  # type: ignore[attr-defined]
        with patch.object(engine._OneReport, "ask", asked):
            engine.run_rules(Subject(report=report, figures=figures, unit=unit, tables=book.tables), book.of_scope("report"))  # type: ignore[arg-type]

    begun = process_time()
    check()
    spent["all"] = process_time() - begun
    return spent


#: Years that a county may name (validator/county/config.py); the most that a roster can owe.
FIRST_YEAR, YEARS = 1990, 111


def roster(n: int, book: Book) -> Stages:
    """Seconds for a roster of twenty units of which n years are owed, and nothing came in. No county may name so many: the first row's."""
    return _owing(20, n, book)


def units(n: int, book: Book) -> Stages:
    """Seconds for a roster of n units that owe every year that there may be, and nothing came in."""
    return _owing(n, YEARS, book)


def _owing(units: int, years: int, book: Book) -> Stages:
    names = tuple(RosterUnit(name=f"云岭县第{i}局") for i in range(units))
    owing = County(name="云岭县", years=tuple(range(FIRST_YEAR, FIRST_YEAR + years)), roster=names)
    run = Run(files=(), rules={rule.id: rule for rule in book.rules}, fingerprint="")
    begun = process_time()
    with_states(with_set_findings(run, book, owing, selected=frozenset(run.rules), today=date(9000, 1, 1)))
    return {"all": process_time() - begun}


def _spelt(number: int) -> str:
    """A number in rare words, so that no two sentences are alike."""
    return "".join("松柏杨柳桃李杏梅兰菊"[int(digit)] for digit in f"{number:05}")


def copied(n: int, book: Book) -> Stages:
    """Seconds for two reports with the same n sentences: what is each one's own, and how much of it the other has."""
    said = "\n".join(
        f"{i % 12 + 1}月，{_spelt(i)}等村开展第{i}次政策宣讲，走访{i * 7 % 1013}户，解答咨询{i * 31 % 997}人次。" for i in range(n)
    )
    names = ("朝阳镇", "河口镇")
    county = County(name="云岭县", years=(2023,), roster=tuple(RosterUnit(name=f"云岭县{name}人民政府") for name in names))
    files = []
    spent = 0.0
    for name in names:
        data, path = text(said)
        (file,) = examine(data.decode().replace("朝阳镇", name).encode(), f"{name}{path}", book)
        begun = process_time()
        file = replace(file, digest=digest_of(file, book, county))
        spent += process_time() - begun
        files.append(file)
    run = Run(files=tuple(files), rules={rule.id: rule for rule in book.rules}, fingerprint="")
    begun = process_time()
    with_set_findings(run, book, county, selected=frozenset(run.rules), today=date(2024, 6, 1))
    return {"all": spent + process_time() - begun}


def baseline(n: int, book: Book) -> Stages:
    """Seconds for a baseline of n entries: read, set against a report's findings, and what of it is gone."""
    data = entries_of_a_baseline(n)
    (file,) = examine(*text("工作。"), book)
    run = Run(files=(file,), rules={rule.id: rule for rule in book.rules}, fingerprint="")
    begun = process_time()
    read = baselines.read(data, "b.json")
    _, left = baselines.set_aside(run, read)
    baselines.gone_entries(read, left, run, Terms(today=date(2024, 6, 1), rules=book.rules, selected=frozenset(run.rules)))
    return {"all": process_time() - begun}


def entries_of_a_baseline(n: int) -> bytes:
    """A baseline as `nianbao baseline` writes it, of n findings, no two the same."""
    entry = '{{"id": "{0:032x}", "rule": "totals.balance", "unit": "云岭县第{1}局", "year": 2023, "paths": ["reports/{0}.docx"]}}'
    inner = ",\n".join(entry.format(i, i % 997) for i in range(n))
    return f'{{"version": 1, "fingerprint": "{NAME}", "findings": [{inner}]}}'.encode()


def exponents(measured: Mapping[int, Stages]) -> dict[str, tuple[float, float]]:
    """The exponent of each stage over the sizes, and its seconds at the largest; of those that are long enough to be judged."""
    least, most = min(measured), max(measured)
    found = {}
    for stage, seconds in measured[most].items():
        if stage == "all" or seconds >= SECONDS:
            before = max(measured[least].get(stage, 0.0), 1e-4)
            found[stage] = math.log(max(seconds, 1e-4) / before) / math.log(most / least), seconds
    return found


def _forgotten(measured_at: Callable[[int], Stages], size: int) -> Stages:
    """One run that begins with no text remembered: else a small input would be found read already in the second round, a large one not."""
    for held in gc.get_objects():
        if isinstance(held, _lru_cache_wrapper) and (held.cache_parameters()["maxsize"] or 0) >= TEXTS_KEPT:
            held.cache_clear()
    return measured_at(size)


def grown(measured_at: Callable[[int], Stages], aim: str = "all", size: int = 250) -> tuple[int, dict[str, tuple[float, float]]]:
    """The largest size and the exponents for one kind of input, once the stage that is aimed at takes SECONDS."""
    measured: dict[int, Stages] = {}
    while True:
        runs = [_forgotten(measured_at, size) for _ in range(ROUNDS)]
        measured[size] = {stage: min(run.get(stage, 0.0) for run in runs) for stage in runs[0]}
        if len(measured) > 3 and (measured[size].get(aim, 0.0) >= SECONDS or size >= LARGEST):
            break
        size *= 2
    last = {key: measured[key] for key in sorted(measured)[-4:]}
    return size, exponents(last)


def _measured(make: Callable[[int], tuple[bytes, str]], book: Book, n: int) -> Stages:
    return stages(*make(n), book)


def _within(work: Callable[[int, Book], Stages], book: Book, n: int) -> Stages:
    return work(n, book)


#: What is measured of several reports, or of what stands beside them.
TOGETHER: dict[str, Callable[[int, Book], Stages]] = {
    "a roster of 20, years": roster,
    "a roster, units of 111 years": units,
    "copying, two reports alike": copied,
    "a baseline, entries": baseline,
}


def statement(body: str) -> tuple[bytes, str]:
    """A statement on a website with this in its table."""
    return f"政府网站工作年度报表\n（2023年度）\n填报单位：云岭县人民政府办公室\n网站名称\t云岭县人民政府门户网站\n{body}".encode(), "a.txt"


#: Inputs for the other kind of report, whose tables are pairs of label and value.
STATEMENTS: dict[str, Callable[[int], tuple[bytes, str]]] = {
    "statement, cells in a row": lambda n: statement("总数\t" + "\t".join(f"{i % 9}" for i in range(n))),
    "statement, labels without a value": lambda n: statement("网站名称\n" * n),
    "statement, pairs": lambda n: statement("\n".join(f"{('概况类信息更新量', '总数', '政务动态')[i % 3]}\t{i}" for i in range(n))),
    "statement, one cell a line": lambda n: statement("\n".join(("总数", "12", "微博", "信息发布量")[i % 4] for i in range(n))),
}


def main(names: list[str]) -> int:
    """Print the table; 1 where something grows too fast."""
    book = load_book()
    stages(*text("工作。"), book)  # expressions are compiled before anything is measured
    failed = False
    print(f"{'input':40} {'largest n':>9} {'seconds':>8} {'exponent':>8}  stages that take {SECONDS} s")
    inputs: dict[str, Callable[[int], Stages]] = {name: partial(_measured, make, book) for name, make in INPUTS.items()}
    inputs |= {name: partial(_within, work, book) for name, work in TOGETHER.items()}
    website = load_book(kind="website")
    inputs |= {name: partial(_measured, make, website) for name, make in STATEMENTS.items()}
    for name, measured_at in inputs.items():
        if names and not any(part in name for part in names):
            continue
        with within(WIDE), patch.object(source, "MAX_TAGS", 10**9):
            size, found = grown(measured_at, AIMS.get(name, "all"))
        worst = max(exponent for exponent, _ in found.values())
        aimed = found.get(AIMS.get(name, "all"))
        enough = aimed is not None and aimed[1] >= SECONDS
        failed |= worst > MOST or not enough
        rest = ", ".join(f"{stage} {exponent:.2f}" for stage, (exponent, _) in found.items() if stage != "all")
        rest += "  ABOVE" * (worst > MOST) + "  TOO SHORT" * (not enough)
        print(f"{name:40} {size:9} {found['all'][1]:8.2f} {found['all'][0]:8.2f}  {rest}", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
