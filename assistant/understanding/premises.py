"""Beliefs in a question: how often, who is responsible, what the rate applies to, how long the policy lasts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from assistant.calculator.money import Money
from assistant.errors import CorpusError
from assistant.policy.loader import Policy
from assistant.understanding.articles import article_topic
from assistant.understanding.data import gazetteer, load_yaml
from assistant.understanding.lexicon import compile_any
from assistant.understanding.mentioned import thing_asked
from assistant.understanding.query import Premises
from assistant.understanding.subject.other_awards import asked_alone
from assistant.understanding.sums.amounts import Claim, words
from assistant.understanding.time.durations import find_durations

_YEARLY = re.compile(
    r"每年(?![^,，。;；?？\d]{0,8}[花付投用交烧掏缴][^,，。;；?？\d]{0,6}\d)|年年|一年一次|逐年|连续.{0,4}年|按年"
)
_ONCE = re.compile(r"一次性|(只|就|仅)(能|可以)?.{0,3}(拿|领|补|给|申请|享受)一(次|回)|单次|终身一次|一锤子")
_BASE = re.compile(
    r"(?:是?按照?|根据|拿|以|就着|是)(?P<base>[^,，。;；?？!！\n%\d]{0,10}?(?:合同总?[额价]|合同|总投资额?|项目投资|营业收入|营收|年?销售总?额|"
    r"销售收入|单价|总价|本金|贷款总?额|研发投入|研发费用?|预算|利润|成本|保额|余额|总费用|总盘子|价格|投资额|订单|门票|参展费|展位费|设备款|设备(?:总)?投资|设备投入|设备费|场地费|人员费用?|人工费))"
)
_TERM = re.compile(r"有效|期限|管|执行|实施|期")
_SHORT = re.compile(r"[((（].*?[))）]|^市委?|各县级市.*")


def read_premises(
    policy: Policy, text: str, claims: Sequence[Claim], amounts: Sequence[Money], *, named: bool
) -> Premises:
    """The beliefs of ``text``; ``claims``: the figures believed in (see amounts); ``named``: a measure is named."""
    asserted = bool(words()["claim_marks"].search(text))
    return Premises(
        claims=tuple(claims),
        per=_per(text),
        departments=departments_named(policy, text),
        base=_base(text, amounts),
        years=_years(text),
        asserted=asserted,
        others=_other_offices(text),
        alike=bool(words()["alike"].search(text)),
        everyone=bool(words()["everyone"].search(text)),
        lent=bool(words()["lent"].search(text)),
        about=None if named else article_topic(text),
        giver=asked_alone(text),
        mentioned=thing_asked(text),
    )


def departments_named(policy: Policy, text: str) -> tuple[str, ...]:
    """Departments of the policy (as it writes them) that the text names, by full or short name."""
    found: dict[str, int] = {}
    for name in dict.fromkeys(department for article in policy.document.articles for department in article.departments):
        short = _SHORT.sub("", name)
        shorts = [short, *_ALSO_CALLED.findall(name)] if len(short) >= _SHORTEST else []
        if places := [at for also in shorts if (at := _of_the_city(text, also)) >= 0]:
            found[name] = min(places)
    return tuple(sorted(found, key=lambda name: found[name]))


_SHORTEST = 3
_ALSO_CALLED = re.compile(r"^[一-龥]{3,}(?=集团$)|(?<=[(（])[一-龥]{3,}(?=[)）])")
"""苏创投 of 苏创投集团, 人才办 of 市委组织部(人才办)."""


def _of_the_city(text: str, name: str) -> int:
    """Where ``text`` names the city's department, and not a district's (张家港科技局); -1 for nowhere."""
    return next((found.start() for found in re.finditer(re.escape(name), text) if _in_charge(text, found)), -1)


def _other_offices(text: str) -> tuple[str, ...]:
    """Offices of the city that the policy does not name and the text takes to be in charge (是商务局管的吧)."""
    return tuple(found.group() for found in _offices()["other"].finditer(text) if _in_charge(text, found))


def _in_charge(text: str, name: re.Match[str]) -> bool:
    """Whether an office named may be meant as the one in charge: none of a district's, and not only quoted."""
    return not text[: name.start()].endswith(_districts()) and not _offices()["speaks"].match(text, name.end())


@lru_cache(maxsize=1)
def _offices() -> dict[str, re.Pattern[str]]:
    """The patterns of offices.yaml. Raises CorpusError for an entry without any."""
    compiled = {}
    for key, value in load_yaml("offices.yaml").items():
        patterns = value if isinstance(value, list) else [str(value)]
        pattern = compile_any(patterns, f"offices.yaml: {key}")
        if pattern is None:
            raise CorpusError(f"offices.yaml: {key}: must hold a pattern")
        compiled[key] = pattern
    return compiled


@lru_cache(maxsize=1)
def _districts() -> tuple[str, ...]:
    names = (name for entry in gazetteer().suzhou if entry.level != "city" for name in (entry.name, *entry.aliases))
    return (*names, "区", "县")


def _per(text: str) -> str | None:
    yearly, once = bool(_YEARLY.search(text)), bool(_ONCE.search(text))
    if yearly == once:
        return None
    return "year" if yearly else "once"


def _base(text: str, amounts: Sequence[Money]) -> str | None:
    for found in _BASE.finditer(text):
        after = text[found.end() : found.end() + 12]
        if re.match(r"(来|的)?(\d|百分|一?[二两三四五六七八九]成|算|计|补|奖|拿|给|报)", after):
            start, end = found.start(), found.end()
            if not any(start < money.end and money.start < end for money in amounts):
                return found["base"].strip()
    return None


def _years(text: str) -> int | None:
    for duration in find_durations(text):
        near = text[max(0, duration.start - 10) : duration.end + 4]
        if duration.kind == "span" and _TERM.search(near) and "有效" in text and duration.years == int(duration.years):
            return int(duration.years)
    return None
