"""Makes the pictures of the READMEs, docs/pictures/*.png: a report checked in a terminal, in the browser, in Word.

    python scripts/make_pictures.py

Needs LibreOffice, Xvfb, chromium, Pillow and a Chinese font. The report is fictional; its faults are planted here.
"""

from __future__ import annotations

import io
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from PIL import Image  # noqa: E402

from tests.acceptance.mutation.sound import sound  # noqa: E402
from tests.acceptance.mutation.writers import docx  # noqa: E402
from validator.cli.main import main as nianbao  # noqa: E402

FOLDER = ROOT / "docs" / "pictures"
NAME = "青石镇2023.docx"
_COLOURS = 64
_SCREEN = ":97"
_QUIET = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
_BROWSER = (
    "chromium --headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync --hide-scrollbars"
).split()


def report() -> bytes:
    """A Word file of a town's report with a wrong figure in the text and in a table, and the town's name of before."""
    return docx(sound(8, form="2021", year=2023, kind="township"), _faults)


#: What the sound report says → what the clerk has made of it.
_SLIPS = (("申请1件", "申请3件"), ("请与青石镇", "请与青石乡"))


def _faults(document: Any) -> None:
    """The slips, and the look of a report."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Cm, Pt

    made = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert all(made.count(right) == 1 for right, _ in _SLIPS), "the report is no longer the one that the slips were chosen for"
    section = document.sections[0]
    section.page_width, section.page_height, section.left_margin, section.right_margin = Cm(21), Cm(29.7), Cm(2.4), Cm(2.4)
    document.styles["Normal"].paragraph_format.space_after = Pt(0)
    for table in document.tables:
        table.style = "Table Grid"
    for paragraph in document.paragraphs:
        paragraph.paragraph_format.line_spacing = 1.2
        paragraph.paragraph_format.space_after = Pt(4)
        for run in paragraph.runs:
            for right, wrong in _SLIPS:
                run.text = run.text.replace(right, wrong)
            run.font.size = Pt(12)
    title = document.paragraphs[0]
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for run in title.runs:
        run.font.size, run.font.bold = Pt(15), True
    row = next(row for row in document.tables[1].rows if row.cells[1].text.startswith("（一）"))
    row.cells[-1].paragraphs[0].runs[0].text = "4"


def terminal(folder: Path) -> Image.Image:
    """What a terminal shows, in its colours."""
    from rich.console import Console
    from rich.terminal_theme import MONOKAI
    from rich.text import Text

    from validator.model import Run
    from validator.pipeline.check_file import examine
    from validator.reporters import Options, render
    from validator.rulebook import load_book

    book = load_book()
    files = tuple(examine((folder / NAME).read_bytes(), NAME, book))
    run = Run(files=files, rules={rule.id: rule for rule in book.rules}, fingerprint=book.fingerprint)
    shown = render("text", run, Options(color=True, width=88))
    assert isinstance(shown, str)
    console = Console(record=True, width=90, file=io.StringIO(), force_terminal=True, color_system="truecolor")
    console.print(Text.from_ansi(f"$ nianbao check {NAME}\n\n{shown}"))
    code = console.export_html(theme=MONOKAI, inline_styles=True, code_format="{code}")
    page = folder / "terminal.html"
    page.write_text(_IN_TERMINAL.format(code=_WIDE.sub(r"<i>\g<0></i>", code)), encoding="utf-8")
    return _trimmed(screenshot(page, folder, 740, 1500))


#: Characters that Chinese fonts set wider than terminals do.
_WIDE = re.compile("[“”‘’…·←│]")
_IN_TERMINAL = (
    "<!doctype html><meta charset=utf-8><style>i{{font:inherit;font-family:'DejaVu Sans Mono';display:inline-block;width:.5em}}</style>"
    "<body style='margin:0;background:#fff'><pre style=\"margin:0;padding:18px 22px;background:#16191d;"
    "color:#d6dae0;font:15px/1.45 'Noto Sans Mono CJK SC',monospace;white-space:pre\">{code}</pre>"
)


def page(folder: Path) -> Image.Image:
    """The page for the browser."""
    nianbao(["check", NAME, "--format", "html", "--output", "page.html"])
    return screenshot(folder / "page.html", folder, 1400, 1100)


def word(folder: Path) -> Image.Image:
    """The commented Word file as LibreOffice shows it: it prints no comments beside the page unless somebody looks at them."""
    from PIL import ImageGrab

    nianbao(["check", NAME, "--format", "docx", "--output", "commented.docx"])
    width, height = 1500, 1150
    with _running("Xvfb", _SCREEN, "-screen", "0", f"{width}x{height}x24"):
        time.sleep(2)
        profile = f"-env:UserInstallation={(folder / 'office').as_uri()}"
        with _running("soffice", "--norestore", "--nologo", "--view", profile, "commented.docx", display=_SCREEN):
            shown, before = None, b""
            for _ in range(20):  # until it has drawn everything: twice the same picture, and not an empty screen
                time.sleep(3)
                shown = ImageGrab.grab(xdisplay=_SCREEN)
                if shown.tobytes() == before and len(shown.getcolors(width * height) or ()) > 50:
                    break
                before = shown.tobytes()
    assert shown is not None
    return shown.crop((200, 100, 1240, height - 60))


@contextmanager
def _running(*command: str, display: str = "") -> Iterator[None]:
    """A program that is ended, with all that it started, when it is no longer needed."""
    program = subprocess.Popen(command, **_QUIET, env=os.environ | {"DISPLAY": display}, start_new_session=True)  # type: ignore[call-overload]
    try:
        yield
    finally:
        os.killpg(program.pid, signal.SIGTERM)
        program.wait(timeout=30)


def screenshot(source: Path, folder: Path, width: int, height: int) -> Image.Image:
    """A page in a window of that size."""
    target = folder / f"{source.stem}.png"
    profile = f"--user-data-dir={folder / ('browser-' + source.stem)}"
    _run(*_BROWSER, profile, f"--window-size={width},{height}", f"--screenshot={target}", source.as_uri())
    return Image.open(target)


def _trimmed(picture: Image.Image) -> Image.Image:
    """Without the white below and to the right."""
    from PIL import ImageChops

    picture = picture.convert("RGB")
    box = ImageChops.difference(picture, Image.new("RGB", picture.size, "white")).getbbox()
    return picture.crop((0, 0, min(picture.width, box[2] + 20), min(picture.height, box[3] + 20))) if box else picture


def _run(*command: str) -> None:
    subprocess.run(command, check=True, timeout=180, **_QUIET)  # type: ignore[call-overload]


def main() -> None:
    """Write all three."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / NAME).write_bytes(report())
        os.chdir(folder)  # paths in the pictures are short
        for stem, make in (("terminal", terminal), ("page", page), ("word", word)):
            picture = make(folder).convert("RGB").quantize(_COLOURS, dither=Image.Dither.NONE)
            picture.save(FOLDER / f"{stem}.png", optimize=True)
        os.chdir(ROOT)


if __name__ == "__main__":
    main()
