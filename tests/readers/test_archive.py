"""Zip files read as folders, and zip files made to do harm."""

from __future__ import annotations

import io
import struct
import time
import zipfile
import zlib

import pytest

from tests.readers.docx.word_files import docx, paragraph, zipped
from tests.support import BOUND
from validator.base.limits import Limits, within
from validator.model import UnreadableError
from validator.readers import read_documents
from validator.readers.archive import entries


def listed(data: bytes) -> dict[str, object]:
    """Path → bytes or the reason why not."""
    return {path: found.reason if isinstance(found, UnreadableError) else found for path, found in entries(data, "包.zip")}


def named(*names: bytes, extra: bytes = b"") -> bytes:
    """A zip whose names are these bytes, as other programs write them."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as package:
        for number, name in enumerate(names):
            info = zipfile.ZipInfo(chr(ord("A") + number) * len(name))
            info.extra = extra
            package.writestr(info, b"data")
    data = target.getvalue()
    for number, name in enumerate(names):
        data = data.replace(bytes([ord("A") + number]) * len(name), name)
    return data


def test_paths_through_the_zip() -> None:
    data = zipped({"镇/报告.docx": b"1", "b.txt": b"2", "空/": b""})
    assert listed(data) == {"包.zip/b.txt": b"2", "包.zip/镇/报告.docx": b"1"}
    assert [path for path, _ in entries(data, "包.zip")] == ["包.zip/b.txt", "包.zip/镇/报告.docx"]


def test_a_report_out_of_a_zip_is_read() -> None:
    ((path, data),) = entries(zipped({"a.docx": docx(paragraph("一、总体情况"))}), "包.zip")
    assert isinstance(data, bytes)
    assert [(d.path, d.blocks[0].text) for d in read_documents(data, path)] == [("包.zip/a.docx", "一、总体情况")]


def test_names_in_gbk_and_in_utf8_without_the_flag() -> None:
    assert list(listed(named("青石镇/年报.txt".encode("gbk")))) == ["包.zip/青石镇/年报.txt"]
    assert list(listed(named("青石镇/年报.txt".encode()))) == ["包.zip/青石镇/年报.txt"]
    assert list(listed(named("繁體\\年報.txt".encode("gb18030")))) == ["包.zip/繁體/年報.txt"]


def test_a_second_byte_that_looks_like_a_backslash() -> None:
    name = "乗誠.txt"  # in GBK both characters end in 0x5C or near it
    raw = name.encode("gbk")
    assert b"\\" in raw
    assert list(listed(named(raw))) == [f"包.zip/{name}"]


def test_the_extra_field_with_the_unicode_name() -> None:
    raw = b"report.txt"
    field = struct.pack("<BI", 1, zlib.crc32(raw)) + "年报.txt".encode()
    assert list(listed(named(raw, extra=struct.pack("<HH", 0x7075, len(field)) + field))) == ["包.zip/年报.txt"]


def test_names_that_climb_out_are_refused_and_named() -> None:
    bad = [b"../a.txt", b"b/../../c.txt", b"/etc/passwd", b"C:\\x.txt", b"..\\d.txt", b"\\\\host\\e.txt"]
    found = listed(named(*bad, b"good..txt"))
    assert [value for value in found.values() if value != b"data"] == ["outside-folder"] * 6
    assert found["包.zip/good..txt"] == b"data"


def test_links_are_refused() -> None:
    info = zipfile.ZipInfo("链接.txt")
    info.create_system, info.external_attr = 3, 0o120777 << 16
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as package:
        package.writestr(info, "/etc/passwd")
    assert listed(target.getvalue()) == {"包.zip/链接.txt": "outside-folder"}


def test_junk_is_passed_over() -> None:
    junk = ("~$报告.docx", "镇/Thumbs.db", "__MACOSX/._a.txt", ".DS_Store", "a/desktop.ini")
    assert list(listed(zipped(dict.fromkeys((*junk, "真.txt"), b"x")))) == ["包.zip/真.txt"]


def test_zips_in_zips_once() -> None:
    inner = zipped({"c.txt": b"3"})
    middle = zipped({"b.txt": b"2", "深.zip": inner})
    assert listed(zipped({"a.txt": b"1", "镇.zip": middle})) == {
        "包.zip/a.txt": b"1", "包.zip/镇.zip/b.txt": b"2", "包.zip/镇.zip/深.zip": "nested-zip",
    }  # fmt: skip


def test_a_docx_is_no_zip_of_files() -> None:
    data = docx(paragraph("正文"))
    assert listed(zipped({"a.zip": data})) == {"包.zip/a.zip": data}


def test_a_broken_zip_within_costs_only_itself() -> None:
    assert listed(zipped({"a.txt": b"1", "b.zip": b"PK\x03\x04 broken"})) == {"包.zip/a.txt": b"1", "包.zip/b.zip": "damaged"}


def test_what_is_not_wanted_is_not_unpacked() -> None:
    data = zipped({"a.txt": b"1", "b.mp4": b"2", "c.zip": zipped({"d.txt": b"3", "e.mp4": b"4"})})
    assert [path for path, _ in entries(data, "包.zip", lambda path: path.endswith(".txt"))] == ["包.zip/a.txt", "包.zip/c.zip/d.txt"]


def test_entries_with_a_password() -> None:
    data = bytearray(zipped({"a.txt": b"1"}))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + place] |= 1
    assert listed(bytes(data)) == {"包.zip/a.txt": "encrypted"}


def test_a_wrong_checksum() -> None:
    data = bytearray(zipped({"a.txt": b"1" * 100, "b.txt": b"2"}))
    data[data.index(b"PK\x03\x04") + 37] ^= 0xFF
    assert listed(bytes(data)) == {"包.zip/a.txt": "damaged", "包.zip/b.txt": b"2"}


def test_a_bomb_of_zeros_leaves_the_others() -> None:
    began = time.perf_counter()
    assert listed(zipped({"0.txt": bytes(60 * 2**20), "1.txt": b"1"})) == {"包.zip/0.txt": "too-large", "包.zip/1.txt": b"1"}
    assert time.perf_counter() - began < BOUND


def test_all_entries_together() -> None:
    with within(Limits(archive_work=1000)):
        found = listed(zipped({f"{n}.txt": bytes(400) for n in range(4)}))
    assert [value if isinstance(value, str) else len(value) for value in found.values()] == [400, 400, "archive-work", "archive-work"]  # type: ignore[arg-type]


def reason(data: bytes) -> str:
    """Why the whole zip cannot be read."""
    began = time.perf_counter()
    with pytest.raises(UnreadableError) as caught:
        list(entries(data, "包.zip"))
    assert time.perf_counter() - began < BOUND
    return caught.value.reason


def test_damaged_zips() -> None:
    whole = zipped({"a.txt": b"1" * 1000})
    assert reason(b"") == "damaged"
    for length in range(1, len(whole) - 22, 7):
        assert reason(whole[:length]) == "damaged"


def test_a_directory_without_end() -> None:
    data = zipped(dict.fromkeys((f"{n}.txt" for n in range(21_000)), b""))
    assert reason(data) == "too-many-entries"
    lied = data[:-22] + data[-22:-14] + struct.pack("<HH", 1, 1) + data[-10:]  # the count says one; the size of the directory does not
    with pytest.raises(UnreadableError):
        list(entries(lied, "包.zip"))
