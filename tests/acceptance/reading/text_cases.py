"""Layouts of tables in plain text and Markdown as copying and conversion leave them: for each kind several, and what must stay as it is."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from tests.acceptance.mutation import vocabulary as words
from tests.acceptance.mutation import writers
from tests.acceptance.mutation.grids import grid, laid_out
from tests.acceptance.mutation.report import Report, Table
from tests.acceptance.mutation.sound import sound

from .judge import UNREAD, Expected

Lines = list[str]
Writer = Callable[[Table], Lines]
REVIEW = tuple(
    f"review.{row}.{column}"
    for row in ("review", "litigation_direct", "litigation_after_review")
    for column in ("upheld", "corrected", "other", "pending", "total")
)
COLUMNS = ("natural_person", "business", "research", "public_benefit", "legal_service", "other_org", "total")
CLEAN = Expected(status="clean")


@cache
def base() -> Report:
    """The report that the cases start from: a bureau with many figures that differ."""
    return sound(9, kind="department", busy=True, unpaid=2)


def printed(report: Report) -> dict[str, object]:
    """A report's figures by `table.row.column`."""
    return {".".join(key): Decimal(text) for key, text in report.figures().items()}


@dataclass(frozen=True, kw_only=True)
class Case:
    """A kind of layout and one way it comes; `sound`: the figures that are printed."""

    kind: str
    name: str
    text: Callable[[], str]
    expected: Expected = CLEAN
    suffix: str = ".txt"

    @property
    def id(self) -> str:
        """The case's name in the list of tests."""
        return f"{self.kind}/{self.name}"


def _written(table: Writer, *, only: str = "", report: Report | None = None, marks: bool = False) -> str:
    """The report with its tables written so; `only`: the others are written with tabs."""

    def write(one: Table) -> Lines:
        return table(one) if only in ("", one.key) else writers.tab_stubs(one)

    return writers.write(report or base(), writers.Layout(name="case", table=write, marks=marks))


def _rows(group: str, *rows: str) -> dict[str, int | float | str]:
    """The figures of these rows of section 3, none to be read."""
    return {f"applications.{group}.{row}.{column}": UNREAD for row in rows for column in COLUMNS}


# ---------------------------------------------------------------------------------------------- table 4 copied from a PDF


def _copied(heads: Lines, figures: Callable[[Lines], Lines]) -> str:
    """Section 4 with these lines for its head, its fifteen figures as `figures` puts them."""

    def write(table: Table) -> Lines:
        return [*heads, *figures([text for part in table.parts for row in part.rows for _, text in row.values])]

    return _written(write, only="review")


def _one_line(figures: Lines) -> Lines:
    return [" ".join(figures)]


TOPS = ["行政复议 行政诉讼", "未经复议直接起诉 复议后起诉"]
_UP = ["结 结 其 尚", "果 果 他 未 总", "维 纠 结 审 计", "持 正 果 结"]
_IN_TWO = [
    "结果 结果 其他 尚未 总计 结果 结果 其他 尚未 总计 结果 结果 其他 尚未 总计",
    "维持 纠正 结果 审结 维持 纠正 结果 审结 维持 纠正 结果 审结",
]

COPIED = (
    Case(kind="copied", name="words in two lines", text=lambda: _copied([*TOPS, *_IN_TWO], _one_line)),
    Case(kind="copied", name="upright words", text=lambda: _copied([TOPS[0], *_UP, TOPS[1], *_UP, *_UP], _one_line)),
    Case(
        kind="copied",
        name="a word a line",
        text=lambda: _copied([*TOPS, *"结果 维持 结果 纠正 其他 结果 尚未 审结 总 计".split() * 3], _one_line),
    ),
    Case(
        kind="copied", name="figures over two lines", text=lambda: _copied([*TOPS, *_IN_TWO], lambda f: [" ".join(f[:9]), " ".join(f[9:])])
    ),
    Case(kind="copied", name="wide gaps", text=lambda: _copied(["行政复议 行政", "诉讼", *_IN_TWO], lambda f: ["   ".join(f)])),
    Case(
        kind="copied",
        name="heads run together",
        text=lambda: _copied(["行政复议行政诉讼", "未经复议直接起诉复议后起诉", *(line.replace(" ", "") for line in _IN_TWO)], _one_line),
    ),
    Case(
        kind="copied",
        name="control: a figure is lost",
        text=lambda: _copied([*TOPS, *_IN_TWO], lambda f: _one_line(f[:-1])),
        expected=Expected(figures=dict.fromkeys(REVIEW, UNREAD), says=("table.unreadable",), silent=("table.missing",)),
    ),
    Case(
        kind="copied",
        name="control: a figure too many",
        text=lambda: _copied([*TOPS, *_IN_TWO], lambda f: _one_line(["7", *f])),
        expected=Expected(figures=dict.fromkeys(REVIEW, UNREAD), says=("table.unreadable",), silent=("table.missing",)),
    ),
    Case(
        kind="copied",
        name="control: no table",
        text=lambda: _written(lambda table: ["2023年没有行政复议、行政诉讼。"], only="review"),
        expected=Expected(figures=dict.fromkeys(REVIEW, "any"), says=("table.missing",)),
    ),
)


# ---------------------------------------------------------------------------------------------- bars


def _between(bar: str, *, gap: bool = False, broken: bool = False, empty: str = "") -> Writer:
    """A cell a line and a line with a bar between any two; `empty`: the row whose last figure but one is not printed."""

    def write(table: Table) -> Lines:
        out: Lines = []
        for line in grid(table):
            texts = [cell.text for cell in line]
            if empty and empty in texts:
                texts[-2] = ""
            for text in texts:
                shown = (words.BREAKS.get(text, text) if broken else text).replace("\n", "\n")
                out += [
                    *([""] if gap and out else []),
                    *([bar] if out else []),
                    *([""] if gap and out else []),
                    *(shown.split("\n") if shown else []),
                ]
        return out

    return write


BARS = (
    Case(kind="bars", name="drawn bars", text=lambda: _written(_between("│"))),
    Case(kind="bars", name="wide bars and gaps", text=lambda: _written(_between("｜", gap=True))),
    Case(kind="bars", name="broken labels", text=lambda: _written(_between("|", broken=True))),
    Case(kind="bars", name="spaces before the bar", text=lambda: _written(_between("  |"), only="applications")),
    Case(
        kind="bars",
        name="a blank cell",
        text=lambda: _written(_between("|", empty="（七）总计"), only="applications"),
        expected=Expected(
            figures={"applications.total.other_org": None}, says=("table.blank-figure",), silent=("table.unreadable", "table.short-row")
        ),
    ),
    Case(
        kind="bars",
        name="control: bars between links",
        text=lambda: "\n".join(["首页", "|", "政务公开", "|", "年度报告", "|", _written(writers.tab_stubs)]),
    ),
)


def _opened(bar: str, *, closed: bool = True, lead: bool = False, empty: str = "", wide: str = "", gap: bool = False) -> Writer:
    """A bar on a line of its own before each row, a cell a line with a bar behind (or before) it, two behind the row's last.

    `wide`: the bars of a cell that reaches over columns: with it, or on the line after it (then with a line break before them).
    """

    def write(table: Table) -> Lines:
        out: Lines = []
        for line in grid(table):
            texts = [cell.text for cell in line]
            if empty and empty in texts:
                texts[-2] = ""
            out.append(bar)
            out += [f"{bar} {text}" if lead else f"{text} {bar}".strip() for text in texts]
            if closed:
                out[-1] += f" {bar}"
            if wide and len(texts) == 1:
                out[-1] += wide
        return [blank for text in "\n".join(out).split("\n") for blank in ([text, "      "] if gap else [text])]

    return write


OPENED = (
    Case(kind="opened", name="in every table", text=lambda: _written(_opened("|"))),
    Case(kind="opened", name="drawn bars", text=lambda: _written(_opened("∣"))),
    Case(kind="opened", name="rows not closed", text=lambda: _written(_opened("｜", closed=False))),
    Case(kind="opened", name="wide cells alone are closed", text=lambda: _written(_opened("|", closed=False, wide="|||"))),
    Case(kind="opened", name="wide cells closed on the next line", text=lambda: _written(_opened("|", closed=False, wide="\n||||"))),
    Case(kind="opened", name="wide cells and gaps", text=lambda: _written(_opened("|", closed=False, wide="\n|||", gap=True))),
    Case(
        kind="opened",
        name="a blank cell between wide ones",
        text=lambda: _written(_opened("|", closed=False, wide="|||", empty="行政规范性文件"), only="disclosure"),
        expected=Expected(
            figures={"disclosure.normative_documents.repealed": None},
            says=("table.blank-figure",),
            silent=("table.unreadable", "table.short-row"),
        ),
    ),
    Case(kind="opened", name="bars before cells", text=lambda: _written(_opened("|", closed=False, lead=True))),
    Case(
        kind="opened",
        name="a blank cell",
        text=lambda: _written(_opened("|", empty="一、本年新收政府信息公开申请数量"), only="applications"),
        expected=Expected(
            figures={"applications.new.other_org": None}, says=("totals.balance",), silent=("table.unreadable", "table.short-row")
        ),
    ),
    Case(kind="opened", name="control: bars behind rows", text=lambda: _written(writers.pipes("|"))),
)


# ---------------------------------------------------------------------------------------------- heads printed twice


def _twice(write: Writer, *, wide: bool = False) -> Writer:
    """The rows over the first figures printed again right below."""

    def again(table: Table) -> Lines:
        lines = write(table)
        first = next(i for i, line in enumerate(lines) if re.search(r"\d+\W*$", line) and "第" not in line)
        return [*lines[:first], *lines[:first], *lines[first:]]

    return again


def _on_next_page(write: Writer, title: str = "") -> Writer:
    """Section 3 with its head again in the middle, as on a second page; perhaps with the page's own line before."""

    def again(table: Table) -> Lines:
        lines = write(table)
        middle = len(lines) // 2 + 2
        return [*lines[:middle], *([title] if title else []), *lines[:3], *lines[middle:]]

    return again


def _label_twice() -> Report:
    return base().relabel("disclosure", "本年废止件数", "本年制发件数")


CHANGED = Expected(says=("form.changed-label",), silent=("table.missing-column", "table.unreadable", "table.short-row"))
TWICE = (
    Case(kind="twice", name="heads again at once", text=lambda: _written(_twice(writers.tab_rows))),
    Case(kind="twice", name="on the next page", text=lambda: _written(_on_next_page(writers.pipes("|")), only="applications")),
    Case(
        kind="twice",
        name="on the next page with the page's title",
        text=lambda: _written(_on_next_page(writers.tab_rows, f"{base().unit.name}政府信息公开工作年度报告"), only="applications"),
    ),
    Case(kind="twice", name="a label for two columns", text=lambda: _written(writers.tab_rows, report=_label_twice()), expected=CHANGED),
    Case(
        kind="twice",
        name="a label for two columns, a cell a line",
        text=lambda: _written(writers.cell_lines(gap=True), report=_label_twice()),
        expected=CHANGED,
    ),
    Case(
        kind="twice",
        name="a label for two columns in Markdown",
        text=lambda: _written(writers.markdown, report=_label_twice(), marks=True),
        expected=CHANGED,
        suffix=".md",
    ),
    Case(
        kind="twice",
        name="control: each label once",
        text=lambda: _written(writers.cell_lines(gap=True)),
        expected=Expected(status="clean", silent=("form.changed-label",)),
    ),
)


# ---------------------------------------------------------------------------------------------- labels over lines


def _piped(texts: Iterable[str]) -> Lines:
    row = list(texts)
    return [f"| {' | '.join(row)} |", "|" + "---|" * len(row)]


def _apart(*, after: bool = False, width: int = 11, drop: str = "") -> Writer:
    """Markdown in which a label that takes two lines stands outside the table, and its figures in a row of their own."""

    def write(table: Table) -> Lines:
        out: Lines = []
        for line in grid(table):
            labels, figures = [cell.text for cell in line if cell.label], [cell.text for cell in line if not cell.label]
            if not figures:
                out += labels
                continue
            if drop and drop == labels[-1]:
                out += [_turned(labels[-1], width)]
                continue
            long = len(labels[-1]) > width
            texts = [text for label in labels for text in _turned(label, width).split("\n")] if long else labels[:-1]
            rows = _piped(figures if long else [labels[-1], *figures])
            out += [*rows, "", *texts] if after and long else [*texts, *rows]
        return out

    return write


def _turned(label: str, width: int) -> str:
    return "\n".join(label[at : at + width] for at in range(0, len(label), width))


def _in_lines(width: int, *, at: str = "last", gap: str = " ") -> Writer:
    """A row a line, long labels over several: the figures in the last, the first or the middle one."""

    def write(table: Table) -> Lines:
        out: Lines = []
        for line in grid(table):
            labels, figures = [cell.text for cell in line if cell.label], [cell.text for cell in line if not cell.label]
            lines = [part for label in labels[:-1] for part in [label]] if figures else []
            pieces = _turned(labels[-1], width).split("\n") if labels and figures else []
            if pieces:
                place = {"last": len(pieces) - 1, "first": 0, "middle": len(pieces) // 2}[at]
                pieces[place] += gap + gap.join(figures)
            out += [*lines, *pieces] if labels and figures else [gap.join([*labels, *figures])]
        return out

    return write


def _continued(table: Table) -> Lines:
    """Markdown with long labels going on in a row of their own that has no figures."""
    out: Lines = []
    for number, texts in enumerate(laid_out(grid(table))):
        at = max((i for i, text in enumerate(texts) if len(text) > 12), default=None)
        figures = [text for text in texts if text.isdigit()]
        if at is None or not figures:
            out.append(f"| {' | '.join(texts)} |")
        else:
            first, rest = list(texts), [""] * len(texts)
            first[at], rest[at] = texts[at][:12], texts[at][12:]
            out += [f"| {' | '.join(first)} |", f"| {' | '.join(rest)} |"]
        out += ["|" + "---|" * len(texts)] if number == 0 else []
    return out


OVER_LINES = (
    Case(kind="labels", name="before their figures", text=lambda: _written(_apart(), only="applications", marks=True), suffix=".md"),
    Case(
        kind="labels", name="after their figures", text=lambda: _written(_apart(after=True), only="applications", marks=True), suffix=".md"
    ),
    Case(
        kind="labels",
        name="narrow, before their figures",
        text=lambda: _written(_apart(width=9), only="applications", marks=True),
        suffix=".md",
    ),
    Case(kind="labels", name="all before a run of figures", text=lambda: _gathered(before=True), suffix=".md"),
    Case(kind="labels", name="all behind a run of figures", text=lambda: _gathered(before=False), suffix=".md"),
    Case(kind="labels", name="figures in the last line", text=lambda: _written(_in_lines(12), only="applications")),
    Case(kind="labels", name="figures in the first line", text=lambda: _written(_in_lines(12, at="first"), only="applications")),
    Case(
        kind="labels", name="figures in the middle line", text=lambda: _written(_in_lines(10, at="middle", gap="  "), only="applications")
    ),
    Case(
        kind="labels",
        name="going on in a row of Markdown",
        text=lambda: _written(_continued, only="applications", marks=True),
        suffix=".md",
    ),
    Case(
        kind="labels",
        name="control: a row is lost",
        text=lambda: _gathered(before=True, lost="5.属于三类内部事务信息"),
        expected=Expected(
            figures=_rows("denied", "law_prohibited", "security_stability", "third_party", "internal_affairs", "process_info"),
            says=("table.unreadable",),
        ),
        suffix=".md",
    ),
    Case(
        kind="labels",
        name="control: one of three rows is lost",
        text=lambda: _gathered(before=True, lost="2.没有现成信息需要另行制作"),
        expected=Expected(
            figures=_rows("unavailable", "not_held", "needs_creation", "still_unclear") | _rows("rejected", "petition"),
            says=("table.unreadable",),
        ),
        suffix=".md",
    ),
)


def _gathered(*, before: bool, lost: str = "") -> str:
    """Markdown in which the labels of two lines of one page stretch stand together, and the rows without label in their places."""

    def write(table: Table) -> Lines:
        out: Lines = []
        told: Lines = []
        rows: Lines = []

        def done() -> None:
            out.extend([*told, *rows, ""] if before else [*rows, "", *told])
            told.clear()
            rows.clear()

        for line in grid(table):
            labels, figures = [cell.text for cell in line if cell.label], [cell.text for cell in line if not cell.label]
            if not figures:
                out.extend(labels)
            elif len(labels[-1]) > 10:
                told += [piece for label in labels for piece in _turned(label, 10).split("\n")]
                rows += _piped(figures) if labels[-1] != lost else []
            else:
                told += labels[:-1]
                rows += _piped([labels[-1], *figures])
                if labels[-1].startswith(("（", "8", "2.重")):
                    done()
        done()
        return out

    return _written(write, only="applications", marks=True)


# ---------------------------------------------------------------------------------------------- headings run on


def _glued(number: int, *, space: str = "") -> str:
    """The report with the heading of a part on the line of what stands before it."""
    text = _written(writers.tab_stubs)
    heading = base().section(number).heading
    assert f"\n\n{heading}" in text
    return text.replace(f"\n\n{heading}", space + heading, 1)


def _run_in(number: int) -> str:
    """The heading glued to the sentence before, the text after it on the same line too."""
    text = _glued(number)
    heading = base().section(number).heading
    return text.replace(f"{heading}\n\n", heading, 1)


GLUED = (
    Case(kind="glued", name="before a table", text=lambda: _glued(2)),
    Case(kind="glued", name="with a space", text=lambda: _glued(2, space=" ")),
    Case(kind="glued", name="behind a figure", text=lambda: _glued(3)),
    Case(kind="glued", name="behind the last figure of a table", text=lambda: _glued(5)),
    Case(kind="glued", name="between two sentences", text=lambda: _run_in(6)),
    Case(kind="glued", name="in a short report", text=lambda: _run_in(6).replace("。六、", "，成效明显。六、")),
    Case(
        kind="glued",
        name="control: parts that a sentence lists",
        text=lambda: _listing(
            "全文包括：一、总体情况；二、主动公开政府信息情况；三、收到和处理政府信息公开申请情况；四、政府信息公开行政复议、行政诉讼情况；五、存在的主要问题及改进情况；六、其他需要报告的事项。"
        ),
    ),
    Case(
        kind="glued",
        name="control: a part that a sentence names",
        text=lambda: _listing("申请的办理结果见“三、收到和处理政府信息公开申请情况”。"),
    ),
    Case(kind="glued", name="control: a list of its own", text=lambda: _listing("一是学习。二、主动公开政府信息情况较好的单位受到表扬。")),
)


def _listing(sentence: str) -> str:
    text = _written(writers.tab_stubs)
    heading = base().section(2).heading
    return text.replace(f"\n{heading}", f"\n{sentence}\n\n{heading}", 1)


# ---------------------------------------------------------------------------------------------- their brothers


def _drawn(table: Table) -> Lines:
    """A table drawn with lines, labels broken within their cells."""
    out: Lines = []
    for texts in laid_out(grid(table)):
        cells = [_turned(text, 10).split("\n") if text else [""] for text in texts]
        out.append("├" + "┼".join("──────" for _ in texts) + "┤")
        for at in range(max(map(len, cells))):
            out.append("│" + "│".join(f" {cell[at] if at < len(cell) else ''} " for cell in cells) + "│")
    return ["┌" + out[0][1:-1].replace("┼", "┬") + "┐", *out[1:], "└──────┘"]


def _plus(table: Table) -> Lines:
    """The same with + - |."""
    return [line.translate(str.maketrans("┌┬┐├┼┤└┴┘│─", "+++++++++|-")) for line in _drawn(table)]


def _spaced(gap: str) -> Writer:
    return lambda table: [gap.join(cell.text for cell in line) for line in grid(table)]


def _paged(write: Writer, *, every: int = 9, mark: Callable[[int], Lines]) -> Writer:
    """The lines of pages broken in the middle of tables, with what stands at the foot and the head of a page."""

    def paged(table: Table) -> Lines:
        return [line for at, line in enumerate(write(table)) for line in ([*mark(at // every), line] if at and at % every == 0 else [line])]

    return paged


def _ruled(write: Writer, rule: str) -> Writer:
    return lambda table: [line for text in write(table) for line in (text, rule)]


def _breaks(text: str) -> str:
    return re.sub(r"(\|[^|\n]{4})([^|\n]{4,}\|)", r"\1<br>\2", text)


BROTHERS = (
    Case(kind="brothers", name="drawn with lines", text=lambda: _written(_drawn)),
    Case(kind="brothers", name="drawn with plus and minus", text=lambda: _written(_plus), suffix=".md"),
    Case(kind="brothers", name="two spaces", text=lambda: _written(_spaced("  "))),
    Case(kind="brothers", name="one space", text=lambda: _written(_spaced(" "), only="applications")),
    Case(kind="brothers", name="wide spaces", text=lambda: _written(_spaced("\u3000"), only="applications")),
    Case(kind="brothers", name="wide bars", text=lambda: _written(writers.pipes("｜", leading=True))),
    Case(kind="brothers", name="double drawn bars", text=lambda: _written(writers.pipes("║", leading=True))),
    Case(kind="brothers", name="heavy bars", text=lambda: _written(writers.pipes("┃", leading=True, broken=True))),
    Case(kind="brothers", name="page numbers", text=lambda: _written(_paged(writers.tab_rows, mark=lambda n: [f"- {n + 3} -"]))),
    Case(
        kind="brothers",
        name="page numbers and heads of pages",
        text=lambda: _written(_paged(writers.tab_rows, mark=lambda n: ["", f"第 {n + 3} 页 共 9 页", f"{base().unit.name}年度报告"])),
    ),
    Case(
        kind="brothers",
        name="bare page numbers at form feeds",
        text=lambda: _written(_paged(_spaced("  "), mark=lambda n: ["", str(n + 3), "\f"]), only="applications"),
    ),
    Case(kind="brothers", name="rules between rows", text=lambda: _written(_ruled(writers.tab_rows, "---"))),
    Case(
        kind="brothers",
        name="rules in odd places",
        text=lambda: _written(_ruled(writers.pipes("|", leading=True), "|---|---|"), marks=True),
        suffix=".md",
    ),
    Case(kind="brothers", name="breaks as markup", text=lambda: _breaks(_written(writers.markdown, marks=True)), suffix=".md"),
    Case(
        kind="brothers",
        name="escaped bars",
        text=lambda: _written(writers.markdown, marks=True).replace("| 自然人 |", r"| 自然人\|公民 |"),
        expected=Expected(silent=("table.short-row", "table.unreadable", "table.long-row", "table.missing-column")),
        suffix=".md",
    ),
    Case(kind="brothers", name="a row broken in the middle", text=lambda: _written(_broken_rows, only="applications")),
    Case(
        kind="brothers",
        name="control: a number of a page among cells",
        text=lambda: _written(_paged(writers.cell_lines(), every=23, mark=lambda n: [str(n + 3)]), only="applications"),
        expected=Expected(figures={name: "any" for name in printed(base()) if name.startswith("applications")}, status="findings"),
    ),
)


def _broken_rows(table: Table) -> Lines:
    """Rows of tabs that a narrow page broke after the fourth figure."""
    out: Lines = []
    for line in grid(table):
        labels, figures = [cell.text for cell in line if cell.label], [cell.text for cell in line if not cell.label]
        out.append(" ".join([*labels, *figures[:4]]))
        out += [" ".join(figures[4:])] if figures[4:] else []
    return out


CASES = (*COPIED, *BARS, *OPENED, *TWICE, *OVER_LINES, *GLUED, *BROTHERS)
