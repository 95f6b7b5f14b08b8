"""Hostile files beside a sound report: each is unreadable with its reason, in time and memory, and nothing else is opened."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.readers.docx.word_files import document, docx, paragraph
from tests.readers.pdf.pdf_files import Sheet, pdf
from tests.readers.test_detect_format import LOCKED_WORD, ole
from tests.support import BOUND, PATIENCE, ROOT, base, run_command

SOUND = base().encode()
SECONDS = 10.0
MEGABYTES = 500

LOOP = b"""%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[2 0 R 2 0 R]/Count 9/Parent 2 0 R>>endobj
trailer<</Root 1 0 R/Prev 0>>
%%EOF
"""


def zipped(entries: dict[str, bytes]) -> bytes:
    """A zip of these entries."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries.items():
            archive.writestr(name, data)
    return out.getvalue()


def laughs() -> bytes:
    lines = "".join(f'<!ENTITY e{i + 1} "{f"&e{i};" * 10}">' for i in range(9))
    return docx("", main=document(paragraph("&e9;")).replace("?>", f'?><!DOCTYPE x [<!ENTITY e0 "ha">{lines}]>', 1))


def outside() -> bytes:
    head = '?><!DOCTYPE x [<!ENTITY e9 SYSTEM "file:///etc/hostname"><!ENTITY % d SYSTEM "http://127.0.0.1:9/x.dtd"> %d;]>'
    return docx("", main=document(paragraph("&e9;")).replace("?>", head, 1))


#: Each line of bad input: a file's name, what makes its bytes, and the reasons that may be given.
BAD: dict[str, tuple[Callable[[], bytes], tuple[str, ...]]] = {
    "炸弹.docx": (lambda: docx("", main=b"<a>" + b" " * (300 * 2**20)), ("文件太大",)),
    "实体.docx": (laughs, ("已损坏",)),
    "外部实体.docx": (outside, ("已损坏",)),
    "百万段.docx": (lambda: docx("<w:p><w:r><w:t>a</w:t></w:r></w:p>" * 1_000_000), ("行数太多",)),
    "加密.docx": (lambda: ole("WordDocument", first=LOCKED_WORD), ("加了密码",)),
    "加密.pdf": (lambda: pdf([Sheet().text(74, 100, "青石镇")], password=("secret", "owner")), ("加了密码",)),
    "循环.pdf": (lambda: LOOP, ("已损坏", "是空的", "读了太久", "行数太多")),
    "坏.zip": (lambda: zipped({"a.txt": SOUND})[:-30], ("已损坏",)),
    "截断.docx": (lambda: docx(paragraph("一、总体情况") * 50)[:900], ("已损坏",)),
    "截断.pdf": (lambda: pdf([Sheet().text(74, 100, "青石镇")], packed=False)[:300], ("已损坏", "是空的")),
    "深.html": (lambda: b"<html><body>" + b"<div><table><tr><td>" * 10_000 + "一、总体情况".encode(), ("嵌套太深", "行数太多")),
    "二百兆.txt": (lambda: "一、总体情况\n".encode() * (200 * 2**20 // 19), ("文件太大",)),
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All of them, and a zip with a bomb, an entry that climbs out and a sound report."""
    root = tmp_path_factory.mktemp("bad")
    for name, (make, _) in BAD.items():
        (root / name).write_bytes(make())
    climbing = zipped({"../逃.txt": SOUND, "弹.txt": b"0" * (300 * 2**20), "好.txt": SOUND.replace("青石镇".encode(), "白塔镇".encode())})
    (root / "包.zip").write_bytes(climbing)
    (root / "好.txt").write_bytes(SOUND)
    return root


def check(*words: str, folder: Path) -> tuple[dict[str, dict], int, float]:  # type: ignore[type-arg]
    """The files of the result by name, the status, and how long it took."""
    began = time.monotonic()
    done = run_command("check", *words, "--format", "json", cwd=folder)
    took = time.monotonic() - began
    assert "Traceback" not in done.error
    return {file["path"]: file for file in json.loads(done.out)["files"]}, done.status, took


def test_the_others_are_still_checked(folder: Path) -> None:
    files, status, _ = check(".", folder=folder)
    states = {path.removeprefix("./"): file["status"] for path, file in files.items()}
    assert status == 2
    sound = {"好.txt", "包.zip/好.txt"}
    assert {path for path, state in states.items() if state == "clean"} == sound
    assert {path for path, state in states.items() if state == "unreadable"} == {*BAD, "包.zip/../逃.txt", "包.zip/弹.txt"}
    assert not (folder.parent / "逃.txt").exists()


#: The command in a process that may take so much memory and no more.
BOUNDED = f"""
import resource, runpy
resource.setrlimit(resource.RLIMIT_DATA, ({MEGABYTES << 20}, {MEGABYTES << 20}))
runpy.run_module("validator", run_name="__main__")
"""


@pytest.mark.parametrize("name", BAD)
def test_each_has_its_reason_in_time_and_memory(name: str, folder: Path) -> None:
    pytest.importorskip("resource", reason="the memory of a process cannot be asked for on this system")
    began = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-c", BOUNDED, "check", name, "--format", "json"],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        timeout=PATIENCE,
    )
    assert time.monotonic() - began < BOUND
    (file,) = json.loads(done.stdout)["files"]
    (finding,) = file["findings"]
    assert (done.returncode, file["status"], finding["rule"]) == (2, "unreadable", "input.unreadable")
    assert any(reason in finding["message"] for reason in BAD[name][1]), finding["message"]


def test_a_file_that_another_program_holds_open(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    import builtins

    from validator.cli import main as cli

    real = builtins.open

    def held(file, *more, **named):  # type: ignore[no-untyped-def]
        if str(file).endswith("好.txt"):
            raise PermissionError(13, "The process cannot access the file because it is being used by another process")
        return real(file, *more, **named)

    (folder / "另.txt").write_bytes(SOUND)
    monkeypatch.setattr(builtins, "open", held)
    assert cli.main(["check", str(folder / "好.txt"), str(folder / "另.txt"), "--format", "json"]) == 2
    files = json.loads(capsysbinary.readouterr().out)["files"]
    assert [file["status"] for file in files] == ["unreadable", "clean"] and "占用" in files[0]["findings"][0]["message"]
    (folder / "另.txt").unlink()


WATCH = """
import sys
seen = []
sys.addaudithook(lambda event, args: seen.append((event, str(args[0]), str(args[1]) if len(args) > 1 else "")) if event in
    ("open", "socket.connect", "socket.getaddrinfo", "urllib.Request", "os.mkdir", "os.remove", "os.rename", "subprocess.Popen") else None)
from validator.cli.main import main
main(["check", *sys.argv[1:], "--format", "json", "--output", "out.json", "--no-cache"])
import json
print(json.dumps(seen))
"""


def test_nothing_else_is_opened_written_or_fetched(folder: Path) -> None:
    names = [name for name in BAD if not name.startswith("二百兆")] + ["包.zip", "好.txt"]
    done = subprocess.run(
        [sys.executable, "-c", WATCH, *names], cwd=folder, env=os.environ | {"PYTHONPATH": str(ROOT)}, capture_output=True, timeout=PATIENCE
    )
    events = [tuple(event) for event in json.loads(done.stdout.splitlines()[-1])]
    assert {event[0] for event in events} <= {"open", "subprocess.Popen", "os.rename", "os.remove"}
    own = tuple(str(path) for path in _programs())
    foreign = [(path, mode) for event, path, mode in events if event == "open" and not path.startswith(own) and path not in names]
    assert [item for item in foreign if not _allowed(item, folder)] == []
    (folder / "out.json").unlink()


def _programs() -> Iterator[Path]:
    """Where Python, its libraries and the rules are."""
    yield ROOT
    yield from (Path(sys.prefix), Path(sys.base_prefix), Path(os.__file__).parent)


def _allowed(item: tuple[str, str], folder: Path) -> bool:
    """The result's own file, the program's cache, and what Python itself looks at."""
    path, mode = item
    read = not any(mark in mode for mark in "wax+")
    system = read and path.startswith(("/dev/", "/proc/self/", "/sys/", "/usr/", "/lib"))
    return "out.json" in path or path.isdigit() or Path(path).parent.name == "nianbao" or system
