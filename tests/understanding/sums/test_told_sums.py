"""Which of the sums told before a turn means; none where it is not just one."""

from __future__ import annotations

import pytest

from assistant.understanding.sums.told_sums import sum_meant, told_sums

_MONTHS = "三月付了46万，六月51万，9月28万，全年能补多少"


@pytest.mark.parametrize(
    ("told", "text", "meant"),
    [
        (_MONTHS, "九月那笔还没打出去", "9月28万"),
        (_MONTHS, "第二笔退回来了", "六月51万"),
        (_MONTHS, "最后一笔是给别家的", "9月28万"),
        (_MONTHS, "46万那笔作废了", "三月付了46万"),
        (_MONTHS, "六月那笔退了20万", "六月51万"),
        (_MONTHS, "十二月那笔没付", None),
        (_MONTHS, "那笔没付", None),
        (_MONTHS, "公司在六楼办公", None),
        ("设备2900万，厂房装修1250万，共4150万", "如果装修被剔掉", "厂房装修1250万"),
        ("甲公司260万、乙公司140万、丙公司90万", "公司那户还了", None),
        ("甲85万、乙120万、丙64万", "乙那单退了", "乙120万"),
        ("付了96万", "九月那笔没付", None),
    ],
)
def test_sum_meant(told: str, text: str, meant: str | None) -> None:
    found = sum_meant(text, told_sums(told))
    assert (found.told.said if found else None) == meant


def test_the_total_is_no_sum_beside_those_it_adds_up() -> None:
    assert [one.said for one in told_sums("设备2900万，装修1250万，共4150万")] == ["设备2900万", "装修1250万"]
    assert len(told_sums("设备2900万，装修1250万，共5000万")) == 3
