"""Blanks, line ends and English full stops between clauses are read as the marks that they stand for."""

from __future__ import annotations

import pytest

from assistant.understanding.normalise import normalise

CASES = [
    # between clauses
    ("三台打包签了1290万 每台价钱一样 奖励怎么算", "三台打包签了1290万,每台价钱一样,奖励怎么算"),
    ("设备2600万\n装修700万\n软件150万", "设备2600万,装修700万,软件150万"),
    ("首台套，单价900万\n奖多少", "首台套,单价900万,奖多少"),
    ("余款下年付. 请问最多可得多少", "余款下年付。请问最多可得多少"),
    # one sum after the other
    ("利息 28万 31万5 9万8 一共", "利息28万、31万5、9万8,一共"),
    ("每卡时12块5 去年跑了40万卡时", "每卡时12块5,去年跑了40万卡时"),
    # the letters of a list
    ("两家都在苏州 A公司820万 B公司1350万", "两家都在苏州,A公司820万,B公司1350万"),
    ("机架140万 AI识别软件85万", "机架140万,AI识别软件85万"),
    # words and figures written with blanks in them stay one
    ("概念 验证 中心", "概念验证中心"),
    ("首 台 套", "首台套"),
    ("付了 300 万", "付了300万"),
    ("平台Q1 30，Q2 45（万元）", "平台Q1 30,Q2 45(万元)"),
    ("100 300万", "100 300万"),
    ("Level 3 认证", "Level 3认证"),
]


@pytest.mark.parametrize(("typed", "plain"), CASES)
def test_marks_between_clauses(typed: str, plain: str) -> None:
    assert normalise(typed).text == plain
