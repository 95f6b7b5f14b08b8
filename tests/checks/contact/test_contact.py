"""The check of the contact block: what is missing, and what no telephone, postcode or address can be."""

from __future__ import annotations

import pytest

from tests.checks.contact.subjects import ask, hits, skips
from validator.checks.contact.contact import ContactCheck

PHONE = ask("青石镇党政办公室", "地址：云岭县青石镇溪东路18号", "电话：0578-6512306")


def test_a_report_without_contact_is_one_hit_and_nothing_else_is_asked() -> None:
    assert len(hits(ContactCheck(find="contact"), "本报告由六个部分组成。")) == 1
    assert hits(ContactCheck(find="contact"), PHONE) == []
    for check in (
        ContactCheck(find="missing", details=("phone",)),
        ContactCheck(find="mobile"),
        ContactCheck(find="invalid", details=("phone",)),
    ):
        assert skips(check, "本报告由六个部分组成。") and not hits(check, "本报告由六个部分组成。")


def test_a_missing_detail_is_one_hit_at_the_sentence() -> None:
    check = ContactCheck(find="missing", details=("phone",), beside="address")
    (hit,) = hits(check, ask("党政办公室", "地址：云岭县青石镇溪东路18号"))
    assert hit.variant == "address" and hit.spot.block is not None and hit.spot.block.line == 2 and hit.spot.start == 0
    (hit,) = hits(check, ask("党政办公室", "电子邮箱：a@yunling.gov.cn"))
    assert hit.variant is None
    assert hits(check, PHONE) == [] and hits(check, ask("党政办公室", "电话：13800005678")) == []


@pytest.mark.parametrize(
    "number, digits", [("0578-651230", ""), ("0578-65123066512307", ""), ("0578-65123066", "7"), ("0571-6512306", "8")]
)
def test_numbers_that_cannot_be(number: str, digits: str) -> None:
    (hit,) = hits(ContactCheck(find="invalid", details=("phone", "fax")), ask("党政办公室", f"电话：{number}"))
    assert hit.facts["text"] == number and hit.facts["digits"] == digits and hit.variant == ("length" if digits else None)
    assert hit.spot.block is not None and hit.spot.block.text[hit.spot.start : hit.spot.start + hit.spot.length] == number


@pytest.mark.parametrize(
    "number", ["0578-6512306", "0571-86512306", "010-65123066", "0578-6512306-801", "0433-6512306", "0433-65123066", "12345", "6512306"]
)
def test_numbers_that_can_be(number: str) -> None:
    assert hits(ContactCheck(find="invalid", details=("phone", "fax")), ask("党政办公室", f"电话：{number}")) == []


def test_a_merged_label_with_a_wrong_number_is_one_hit() -> None:
    assert len(hits(ContactCheck(find="invalid", details=("phone", "fax")), ask("党政办公室", "电话/传真：0578-651230"))) == 1


@pytest.mark.parametrize(
    "kind, label, value", [("postcode", "邮编", "32381"), ("email", "邮箱", "a163.com"), ("website", "网址", "http//www.a.gov.cn")]
)
def test_other_values_that_cannot_be(kind: str, label: str, value: str) -> None:
    assert len(hits(ContactCheck(find="invalid", details=(kind,)), ask("党政办公室", f"{label}：{value}", "电话：0578-6512306"))) == 1


def test_a_local_number_alone() -> None:
    check = ContactCheck(find="local")
    assert len(hits(check, ask("党政办公室", "电话：6512306", "传真：6512307"))) == 1
    assert hits(check, ask("党政办公室", "电话：0578-6512306、6512307")) == []
    assert hits(check, ask("党政办公室", "电话：12345")) == []


def test_a_mobile_number_is_masked() -> None:
    (hit,) = hits(ContactCheck(find="mobile"), ask("党政办公室", "电话：0578-6512306、13800005678"))
    assert hit.spot.private and hit.facts == {"count": 1} and "13800005678" not in str(hit.facts) + str(hit.actual)
