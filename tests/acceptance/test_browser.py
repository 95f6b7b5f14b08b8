"""The page in a real browser: on paper, without JavaScript, filtered, and under its own policy."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.readers.chinese_fonts import surroundings
from tests.support import PATIENCE, ROOT
from validator.cli import main as cli
from validator.messages import say

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed")
EXAMPLES = ROOT / "examples" / "reports"
#: Rules that find something in the report printed alone, by severity.
RULES = {
    "error": ("contact.missing-phone", "structure.section-order"),
    "warning": ("structure.parts-list", "contact.invalid-postcode"),
}
FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--no-pdf-header-footer",
)  # fmt: skip


def run(folder: Path, *flags: str) -> str:
    """One run of the browser in a profile of its own, with a font for the pages in the folder; what it said."""
    characters = {char for page in folder.glob("*.html") for char in page.read_text(encoding="utf-8")}
    command = [str(CHROMIUM), *FLAGS, f"--user-data-dir={folder / 'profile'}", *flags]
    done = subprocess.run(command, capture_output=True, text=True, errors="replace", timeout=PATIENCE, env=surroundings(folder, characters))
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout + done.stderr


def printed(folder: Path, page: str, *flags: str) -> tuple[str, int]:
    """The words of the page on paper, without blanks, and how many sheets they take."""
    import pypdfium2

    (folder / "page.html").write_text(page, encoding="utf-8")
    run(folder, *flags, f"--print-to-pdf={folder / 'page.pdf'}", (folder / "page.html").as_uri())
    document = pypdfium2.PdfDocument(folder / "page.pdf")
    sizes = {tuple(round(side) for side in sheet.get_size()) for sheet in document}
    assert sizes == {(595, 842)}  # A4, upright
    return "".join("".join(sheet.get_textpage().get_text_range().split()) for sheet in document), len(document)


@pytest.fixture(scope="module")
def pages(tmp_path_factory) -> dict[str, str]:
    folder = tmp_path_factory.mktemp("pages")
    sets = {"one": [EXAMPLES / "faulty-2021-markdown-structure.md"], "many": sorted(EXAMPLES.glob("faulty-2021-tab*.txt"))}
    sets["many"] += sorted(EXAMPLES.glob("faulty-2021-m*.md"))
    for name, paths in sets.items():
        assert cli.main(["check", *map(str, paths), "--format", "html", "--output", str(folder / f"{name}.html")]) == 1
    return {name: (folder / f"{name}.html").read_text(encoding="utf-8") for name in sets}


def scriptless(page: str) -> str:
    """The page as one has it who allows no JavaScript."""
    return re.sub("<script>.*?</script>", "", page, flags=re.S)


@pytest.mark.parametrize("script", (True, False))
def test_on_paper_every_finding_of_a_report_stands(pages, tmp_path, script) -> None:
    """What is folded on the screen too, with JavaScript and without."""
    words, sheets = printed(tmp_path, pages["one"] if script else scriptless(pages["one"]))
    assert 1 < sheets < 8
    assert {rule for rules in RULES.values() for rule in rules} == {rule for rules in RULES.values() for rule in rules if rule in words}
    assert "显示哪些问题" not in words and "折叠着的报告" not in words


def test_of_a_set_folded_reports_are_a_line_and_the_paper_says_so(pages, tmp_path) -> None:
    words, _ = printed(tmp_path, pages["many"])
    assert "折叠着的报告只印一行" in words and "怎么改" not in words
    words, _ = printed(tmp_path, pages["many"].replace('<details class="sheet"', '<details open class="sheet"'))
    assert "折叠着的报告" not in words and words.count("怎么改") > 4


def test_the_filter_needs_no_javascript(pages, tmp_path) -> None:
    page = pages["one"]
    (box,) = [line for line in page.splitlines() if 'id="show-warning"' in line]
    words, _ = printed(tmp_path, scriptless(page.replace(box, box.replace(" checked", ""))))
    assert all(rule in words for rule in RULES["error"]) and not any(rule in words for rule in RULES["warning"])
    assert say("html.hidden", "zh") in words


def test_the_policy_lets_the_pages_own_code_run_and_no_other(pages, tmp_path) -> None:
    def said(page: str) -> str:
        (tmp_path / "page.html").write_text(page, encoding="utf-8")
        return run(tmp_path, "--enable-logging=stderr", "--dump-dom", (tmp_path / "page.html").as_uri())

    own = said(pages["many"])
    assert "Content Security Policy" not in own.partition("<html")[2].partition("</html>")[2].replace("Content-Security-Policy", "")
    assert "Refused" not in own and 'data-open="yes" hidden' not in own  # the page's own code unhides the buttons
    evil = said(pages["many"].replace("</main>", "<script>document.title='evil'</script></main>"))
    assert "Refused" in evil or "violates" in evil
    assert "<title>evil</title>" not in evil


def test_nothing_sticks_out_at_the_side(pages, tmp_path) -> None:
    """On a telephone and on a wide screen: a probe measures the pages in frames of those widths."""
    frames = []
    for name, page in pages.items():
        (tmp_path / f"{name}.html").write_text(page.replace('<details class="sheet"', '<details open class="sheet"'), encoding="utf-8")
        frames += [f"<iframe src={name}.html style='width:{width}px;height:900px;border:0'></iframe>" for width in (400, 1400)]
    measure = "Array.from(document.querySelectorAll('iframe'), (f) => f.contentDocument.documentElement)"
    told = "measured.map((d) => `${d.scrollWidth} of ${d.clientWidth}`).join()"
    write = f"document.getElementById('told').textContent = {told};"
    script = f"<p id=told></p><script>onload = () => {{ const measured = {measure}; {write} }}</script>"
    (tmp_path / "probe.html").write_text("".join(frames) + script, encoding="utf-8")
    said = run(tmp_path, "--allow-file-access-from-files", "--dump-dom", (tmp_path / "probe.html").as_uri())
    pairs = [tuple(map(int, pair.split(" of "))) for pair in said.partition('id="told">')[2].partition("<")[0].split(",")]
    assert [whole // 100 for _, whole in pairs] == [3, 13] * 2 or [whole for _, whole in pairs] == [400, 1400] * 2
    assert all(wide <= whole for wide, whole in pairs), pairs
