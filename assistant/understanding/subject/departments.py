"""Questions about a department of the policy: whether it is in charge, what it does."""

from __future__ import annotations

import re

from assistant.policy.loader import Policy
from assistant.understanding.premises import departments_named
from assistant.understanding.scope.foreign import says_little


def in_charge(policy: Policy, text: str) -> bool:
    """Whether a department of the policy is named as the one in charge (示范场景由市场监管局管吧)."""
    return bool(_IN_CHARGE.search(text) and departments_named(policy, text))


def asks_of_department(policy: Policy, text: str) -> str | None:
    """ "only" where nothing but what a department does is asked (苏创投是管什么的), "also" where more is said."""
    charged = _CHARGED_WITH.search(text)
    if not charged or not in_charge(policy, text):
        return None
    return "only" if says_little(_DEPARTMENT.sub("", text[: charged.start()])) else "also"


def asks_where_named(policy: Policy, text: str) -> bool:
    """Whether nothing but where the text names a department is asked (市财政局的名字出现在哪条)."""
    return bool(
        _WHERE_NAMED.search(text)
        and departments_named(policy, text)
        and says_little(_DEPARTMENT.sub("", _WHERE_NAMED.sub("", text)))
    )


_WHERE_NAMED = re.compile(
    r"(的?(名字|名称|名))?(都|又|被|是|有)*(出现|提到|提及|点名|写|列|排|放)?(在|于|到|进)?(了)?第?(哪|几)(一|几)?(个)?(条|款|段|章)(里|里面|中|上)?(出现|提到|提及|点名|写|列)?(过|了|到)?"
)
_CHARGED_WITH = re.compile(r"(管|负责|牵头|归口)(着|的)?(是)?(什么|啥|哪些?|几)(?!时|年)")
_DEPARTMENT = re.compile(
    r"^[^,，。;]{2,12}?(局|委|部|办|集团|苏创投)|怎么|为什么|为啥|在里面|责任单位|里|[(（].*?[)）]"
)

_IN_CHARGE = re.compile(r"管(?!理?局)|负责|牵头|归")
