"""What a message asks, without the talk before it."""

import pytest

from assistant.policy.loader import load_policy
from assistant.settings import load_settings
from assistant.understanding.lexicon import build_lexicon
from assistant.understanding.scope.asking_part import asking_part
from assistant.understanding.subject.names import find_measures

LEXICON = build_lexicon(load_policy(load_settings().policy_dir))


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("我媳妇刚生二胎忙得很,平台绩效最高多少", "平台绩效最高多少"),
        ("最近在打官司,房贷压力大,首台套归哪个局管", "首台套归哪个局管"),
        ("平台绩效最高多少", "平台绩效最高多少"),
        # Asked before it: the whole is what is asked.
        ("那边天气怎么样,我们办展会", "那边天气怎么样,我们办展会"),
    ],
)
def test_from_the_clause_that_names_a_measure(text, part):
    assert asking_part(text, find_measures(LEXICON, text), rules=False) == part


def test_a_rule_is_asked_where_the_policy_is_spoken_of():
    assert asking_part("刚交完企业所得税,这个政策还有效吗", (), rules=True) == "这个政策还有效吗"


def test_nothing_named_leaves_the_whole():
    assert asking_part("刚交完企业所得税,能歇一歇了", (), rules=False) == "刚交完企业所得税,能歇一歇了"
