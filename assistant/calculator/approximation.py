"""The words around an amount that make it approximate: 近, 约, 大概, 左右, 不到, 超过, 以上, 以内 …

Not among them: 最高, 最多, 封顶, 上限 (a ceiling is a figure of its own) and 预计 (a plan may be exact).
"""

from __future__ import annotations

import re

# Right before the amount; at most 了, 到 or a currency sign in between. (?<!…): the character ends another word (签约).
_CLOSE = {
    "below": [
        "不超过|不高于|不多于|不大于|未超过|没有?超过|别超过|不能超过?|不得超过|不到|未到|没到|不足|未达|未满|不满|低于|少于|小于",
        "≤|≦|(?<![A-Za-z/\"'=-])<|小半",
    ],
    "above": [
        "不低于|不少于|不小于|不止|不只|不下|超过|超出|(?<![高赶反])超|逾|高于|大于|多于|(?<![打爆冲])破",
        "≥|≧|(?<![A-Za-z/\"'=-])>|大半|(?<=[入额值资润费价款金量])过|(?<=营收)过|(?<![一-鿿])过",
    ],
    "nearly": [
        "将近|接近|逼近|(?<![最附就远亲邻靠新])近|快到|(?<![尽很较最加飞赶])快要?|(?<![大最中微规较变减缩略])小"
    ],
}
# Before the amount too, but a short verb may stand in between: 大概投600万, 至少要花300万.
_LOOSE = {
    "about": [
        "大约莫?|大概|大致|大体上?|约莫|(?<![签合预条节公特制违续契邀毁租履婚])约合?为?|差不多|差不离|估计|估摸着?|毛估估?",
        "≈|(?<![0-9万亿元~])~|about|around|roughly|approximately|approx\\.?",
    ],
    "least": ["至少|起码|最少|少说"],
    "most": ["至多|顶多"],
}
_MEANING = {"least": "above", "most": "below"}
_CLOSE_GAP = r"(?:[了到个]|人民币|RMB|[¥$ :]){0,4}$"
_LOOSE_GAP = r"(?:[投花付要是有在为用给了到出卖需得达成共计将会个]{1,5}|人民币|RMB|[¥$ :]){0,4}$"
_PREFIX = re.compile(
    "|".join(
        f"(?P<{kind}>(?:{'|'.join(words)}){gap})"
        for group, gap in ((_CLOSE, _CLOSE_GAP), (_LOOSE, _LOOSE_GAP))
        for kind, words in group.items()
    ),
    re.IGNORECASE,
)

_CLAUSE_END = r"(?=$|[,，。;；:：!！?？、)）」』”\"\s]|[的了吧吗呢可能就左])"
_SUFFIX_WORDS = {
    "below": [
        "(?:及|或者?)?以下|及?以内|之内|之下|不到(?![账位期年月场款])|不足(?![以额部之的])|未到(?![账位期])",
        "内" + _CLAUSE_END,
    ],
    "above": [
        "(?:及|或者?)?以上|之上|出头|有余|不止|开外|往上|朝上|打底|起步",
        f"[起多余]{_CLAUSE_END}",
        r"\+(?![ ]?[0-9一二三四五六七八九十百两¥$])",
    ],
    "about": ["左右|上下|前后(?!端)|的样子|这样子|出入"],
}
_SUFFIX = re.compile(
    r"[ ]?(?:[(](?:不?含(?:本数)?|不?含税)[)])?[ ]?(?:"
    + "|".join(f"(?P<{kind}>{'|'.join(words)})" for kind, words in _SUFFIX_WORDS.items())
    + ")"
)
# 上亿, 近千万, 过百万: the number has no figure of its own and needs one of these right before it.
_IMPLIED = re.compile(
    "(?:(?P<above>(?<![以加马线网之算身晚早手面路地天史际础会])上|(?<![通经不错])过|超过?|突?破|逾)"
    "|(?P<nearly>将近|接近|逼近|(?<![最附就远])近|快|小)|(?P<below>不到|不足|未满|不满)|(?P<about>大?约|差不多|大概))$"
)
_ALL_WORDS = re.compile(
    "|".join(
        [words for group in (_CLOSE, _LOOSE) for kind in group.values() for words in kind]
        + [_SUFFIX.pattern, r"[投花付要是有了到个的吧呢啊呀哦,，。;；!！?？、~\s+()（）]|不?含税"]
    ),
    re.IGNORECASE,
)


def before(text: str, start: int) -> str | None:
    """The approximation that the words right before ``start`` give."""
    found = _PREFIX.search(text[max(0, start - 12) : start])
    return None if found is None or found.lastgroup is None else _MEANING.get(found.lastgroup, found.lastgroup)


def after(text: str, end: int) -> str | None:
    """The approximation that the words right after ``end`` give."""
    found = _SUFFIX.match(text, end)
    return found.lastgroup if found else None


def implied(text: str, start: int) -> tuple[str, int] | None:
    """Approximation and its start for 上亿, 近千万, 过百万 (``start`` is at 亿, 千, 百)."""
    low = max(0, start - 5)
    found = _IMPLIED.search(text[low:start])
    return (found.lastgroup or "about", low + found.start()) if found else None


def without_words(rest: str) -> str:
    """What is left of the words around an amount when those of approximation and punctuation are taken out."""
    return _ALL_WORDS.sub("", rest)
