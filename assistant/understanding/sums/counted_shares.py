"""Which share of a whole counts: AI占三成半, 和AI无关的占四成, AI跟基建四六开, 研发费用占12%，其中一成是算力."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from assistant.calculator.rates import Rate
from assistant.policy.measure import Kind, Measure
from assistant.understanding.sums.amounts import words
from assistant.understanding.sums.base_amount import BaseAmount, Surroundings, plain, share_of
from assistant.understanding.sums.corrections import of_the_policy
from assistant.understanding.sums.match import Scored
from assistant.understanding.time.periods import numeral


def counted_share(measure: Measure, around: Surroundings) -> Rate | None:
    """The share that counts; of one that changed (原来占三成，现在提到五成) the last."""
    told = told_in_turn(measure, around)
    return told[-1] if told else None


def told_in_turn(measure: Measure, around: Surroundings) -> tuple[Rate, ...]:
    """The share that counts, and what it changed to."""
    first = _counted(measure, around) or own_share(measure, around)
    if first is None:
        return ()
    told = [first]
    for rate in around.rates:
        if rate.start >= told[-1].end and _CHANGED_TO.fullmatch(around.text, told[-1].end, rate.start):
            told.append(rate)
    return tuple(told)


_CHANGED_TO = re.compile(
    r"(的)?[,，;；]?[^,，。;；\d]{0,6}((提高?|升|涨|增加?|调整?|改|降|压|减少?|变|做)(到|成|为|至)|"
    r"(现在|如今|后来|今年|如果|要是|假如|万一)[^,，。;；\d]{0,6}(到|成|为|至|占|是|有))(了|大概|约)?"
)


def names_of(measure: Measure) -> tuple[str, ...]:
    return measure.base.words if measure.base else ()


def _counted(measure: Measure, around: Surroundings) -> Rate | None:
    for rate in around.rates:
        left = around.text[max(0, rate.start - 14) : rate.start]
        right = around.text[rate.end : rate.end + 10]
        if re.search(r"按[^,，。]{0,8}$", left):
            continue
        left = around.text[max(0, rate.start - 20) : rate.start] if _IS_A_SHARE.search(left) else left
        own = _ITS_SHARE.search(left) and not of_the_policy(around.text, rate)
        if not (own or re.search(r"占|里有|其中|里头|里面|比重|比例|大约|左右|约|差不多|有", left)) and not re.match(
            r".{0,2}(是|为|属于|算|用于|都是|花在|投在)", right
        ):
            continue
        names = names_of(measure)
        if any(name in left or name in right for name in names):
            unrelated = _UNRELATED.search(left) or _of_the_others(names, rate, around.text)
            if not unrelated and of_another_part(measure, _clause_of(rate, around.text)):
                continue
            return replace(rate, minimum=1 - rate.maximum, maximum=1 - rate.minimum) if unrelated else rate
    return _of_a_split(names_of(measure), around.text)


def of_another_part(measure: Measure, clause: str) -> bool:
    """Whether a share is told of what does not count (厂房占六成): what is left may not all count."""
    if not (measure.base and measure.base.part):
        return False
    other = words()["spent_on"].search(clause) or any(word in clause for word in measure.base.not_words)
    return bool(other) and not any(word in clause for word in measure.base.words if len(word) > 1)


def _clause_of(rate: Rate, text: str) -> str:
    opening = max(text.rfind(mark, 0, rate.start) for mark in ",，;；。")
    return re.split("[,，;；。]", text[opening + 1 :], maxsplit=1)[0]


# AI部分只有40%: said of the part itself.
_ITS_SHARE = re.compile(r"(部分|那块|这块|那部分)(现在|其实|应该)?(就是|只是|才是|只有|是|就|只|才)$")
_IS_A_SHARE = re.compile(r"(正好|刚好|恰好|大概|大约|约|差不多)(是|为|有)?$")


def _of_the_others(names: Sequence[str], share: Rate, text: str) -> bool:
    """硬件装修占六成，其余都是人工智能: the share is told of what does not count, and the rest counts."""
    opening = max(text.rfind(mark, 0, share.start) for mark in ",，;；。")
    closing = _REST_IS.match(text, share.end)
    own = f"{text[opening + 1 : share.start]}|{closing['own'] if closing else ''}"
    if not closing or any(name in own for name in names if len(name) > 1):
        return False
    return any(name in closing["what"] for name in names)


_REST_IS = re.compile(
    r"(?P<own>[^,，。;；]{0,12}?)[,，;；]?那?(剩|其余|余下|剩余|其他)[^,，。;；]{0,6}(是|为|属于|算|归|给|投|花|用)(?P<what>[^,，。;；]{1,16})"
)


# 和AI无关的占四成: what counts is the other six tenths.
_UNRELATED = re.compile(
    r"((无关|(没有?|不)[^,，。;；]{0,3}(关系|相干|相关|沾边|搭边|搭界))的?|(不属于|不算|非)(人工智能|AI|ai))[^,，。;；]{0,6}$"
)


def _of_a_split(names: Sequence[str], text: str) -> Rate | None:
    """The share that the counted side of two has (AI跟基建四六开, 硬件和AI按七三分, AI是非AI的两倍)."""
    if multiple := _MULTIPLE.search(text):
        return _share_by_multiple(multiple, names)
    if halves := _HALVES.search(text):
        both = f"{halves['sides']}|{said['who'] if (said := _IS_IT.match(text, halves.end())) else ''}"
        half = Decimal("0.5")
        named = any(name in both for name in names if len(name) > 1)
        return Rate(halves.start("half"), halves.end(), halves["half"], half, half) if named else None
    found = _SPLIT.search(text)
    if found is None:
        return None
    one, other = (_TENTHS.index(digit) for digit in (found["a"], found["b"]))
    if one + other != len(_TENTHS) - 1:
        return None
    sides = [any(name in found[side] for name in names if len(name) > 1) for side in ("one", "other")]
    said = next((m for m in _SIDE_IS.finditer(text, found.end()) if any(n in m["who"] for n in names)), None)
    if said:
        tenths = _TENTHS.index(said["n"])
    elif sides[0] != sides[1]:
        tenths = one if sides[0] else other
    else:
        return None
    share = Decimal(tenths) / 10
    return Rate(found.start("a"), found.end(), found.group(), share, share)


def _share_by_multiple(found: re.Match[str], names: Sequence[str]) -> Rate | None:
    named = [any(n in found[s] for n in names if len(n) > 1) and not _OTHER.search(found[s]) for s in ("one", "two")]
    told = found["n"].replace("点五", "")
    times = Decimal(numeral(told) or 0) if not told[0].isdigit() else Decimal(told)
    times += Decimal("0.5") if told != found["n"] or found["half"] else 0
    if named[0] == named[1] or not times or _ALL.search(found["two"]):
        return None
    share = (times if named[0] else Decimal(1)) / (times + 1)
    return Rate(found.start("n"), found.end(), found.group(), share, share)


_MULTIPLE = re.compile(
    r"(?P<one>[^,，。;；\d]{2,12}?)(正好|刚好|大概|差不多|相当于)?(是|为|等于|有)(?P<two>[^,，。;；\d]{2,12}?)的?"
    r"(?P<n>\d(\.\d)?|[一二两三四五六](点五)?)倍(?P<half>半)?"
)
"""AI部分是非AI部分的两倍; not 是总投资的两倍."""
_OTHER = re.compile(r"非|不属于|不算|无关|以外|之外|其他|其余|剩下|别的")
_ALL = re.compile(r"总|全|整|去年|前年|原|计划|预算")
_TENTHS = "零一二三四五六七八九十"
_HALVES = re.compile(
    r"(?P<sides>[^,，。;；\d]{2,16}?)[,，]?(大概|大约|差不多|正好|刚好|是|各自?|按|都|占)*"
    r"(?P<half>对半(开|分|劈)?|一半一半|五五(开|分)?|各(自|占|是)?(一半|半))"
)
_IS_IT = re.compile(r"[,，](只有|就|只)?(?P<who>[^,，。;；\d]{1,8}?)(部分|那半|那一半)?(才|就)?(是|算|属于)")
"""软硬件各一半，软件才是人工智能."""
_SPLIT = re.compile(
    r"(?P<one>[^,，。;；\d]{1,8})(跟|和|与|、|同|对)(?P<other>[^,，。;；\d]{1,8}?)(大概|大约|差不多|按|是)*"
    r"(?P<a>[一二三四五六七八九])(?P<b>[一二三四五六七八九])(开|分(?!之))"
)
_SIDE_IS = re.compile(
    r"(?P<who>[^,，。;；\d]{1,6}?)(是|占|拿|为)(那个|大头的?)?(?P<n>[一二三四五六七八九])(?=$|[,，。;；])"
)


def chained(measure: Measure, scored: Sequence[Scored], around: Surroundings) -> BaseAmount | None:
    """A share of a share of the one sum told (营收1.8亿，研发费用占12%，里面一成是算力费)."""
    rates = [r for r in around.rates if not of_the_policy(around.text, r) and r.minimum == r.maximum]
    if len(scored) != 1 or len(rates) < _TWO or rates[0].start < scored[0].item.money.end:
        return None
    for before, rate in pairwise(rates):
        if not _WITHIN_IT.search(around.text, before.end, rate.start):
            return None
    last = around.text[rates[-2].end :]
    if not any(name in last for name in names_of(measure) if len(name) > 1):
        return None
    base = plain(scored[0].item)
    for rate in rates:
        base = share_of(base, rate)
    return base


_TWO = 2
_WITHIN_IT = re.compile(r"其中|里面|里头|里边|当中|(?<=[^,，。;；])[里中](?=有|的)|这(部分|块|里)|再(拿|分)")


def own_share(measure: Measure, around: Surroundings) -> Rate | None:
    """A share of the whole that counts for a measure paid on what went to its own place (六成付给苏州算力平台)."""
    if measure.kind is not Kind.PROPORTIONAL or not (measure.base and measure.base.yearly):
        return None
    for rate in around.rates:
        left, right = around.text[max(0, rate.start - 12) : rate.start], around.text[rate.end : rate.end + 14]
        if re.match(r".{0,3}(付给|给|用在|花在|是|用于|走).{0,4}(苏州)", right) or re.search(
            r"苏州.{0,6}占(了|到)?$", left
        ):
            return rate
    return None
