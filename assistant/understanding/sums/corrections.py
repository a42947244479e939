"""What a turn corrects of what was told before: a figure, a share, a part that is dropped."""

from __future__ import annotations

import re

from assistant.calculator.money import find_money
from assistant.calculator.rates import find_rates
from assistant.understanding.sums.relations import only_changes

# A share named after a share takes its place (AI占三成 … AI占五成), unless it is one of the part (其中六成是国产的).
_SHARE = re.compile(r"^(?!.*(其中|里面|里头|当中|这里|再)).*占", re.DOTALL)
_FILLER = re.compile(r"[也了,，。是为那就都的\s]")
_TOTALS = frozenset({"总额", "总价", "合同额", "总数", "总共"})
_NOT_BUT = re.compile(
    r"不是(?P<wrong>[^,，。是]{1,10})[,，、]?\s*(而)?(应该|应|就)?是(?P<right>[^,，。]{1,12}?)(?=$|[,，。])"
)
REVISED = re.compile(
    r"(其实|应该|[说看记写报填弄搞]错|不对|改成|改为|更正|实际上|现在是|变成|重新核|核过|调整|更新|要改|错了|改了|(加|压|降|涨|减|提|改)(到|成|为)了?)"
)


def corrected(text: str, told: str) -> str | None:
    """``told`` with what ``text`` corrects (不是6台，是7台; 土建其实是5700万); None where it corrects nothing."""
    if (found := _NOT_BUT.search(text)) and found["wrong"] in told:
        return told.replace(found["wrong"], found["right"])
    if only_changes(text) and len(find_money(told)) == 1:
        return f"{told}，{text}"
    if without := _without_dropped(text, told):
        return without
    new_rates, old_rates = find_rates(text), find_rates(told)
    if not REVISED.search(text) and not (_SHARE.search(text) and "占" in told):
        return None
    if len(new_rates) == 1 and old_rates and not find_money(text):
        old = old_rates[-1]
        return told[: old.start] + new_rates[0].text + told[old.end :]
    amounts = find_money(text)
    if len(amounts) != 1:
        return None
    label = _FILLER.sub("", REVISED.sub("", text[: amounts[0].start]))[-4:]
    if label in _TOTALS:
        label = "共"
    names = [label[-size:] for size in range(min(len(label), 4), 0 if label == "共" else 1, -1)]
    for name in (*names, text[:4], text[:3], text[:2]):
        for old_amount in find_money(told):
            if name in told[max(0, old_amount.start - 10) : old_amount.start]:
                return told[: old_amount.start] + amounts[0].text + told[old_amount.end :]
    return None


def _without_dropped(text: str, told: str) -> str | None:
    """``told`` without the clause of the part that ``text`` drops (二期不做了); None where it names no single one."""
    found = _DROPPED.search(text)
    if not found or find_money(text):
        return None
    clauses = re.split(r"([,，。;；、])", told)
    out = [index for index, clause in enumerate(clauses) if found["part"] in clause and len(find_money(clause)) == 1]
    rest = [clause for index, clause in enumerate(clauses) if index not in out]
    return "".join(rest) if len(out) == 1 and find_money("".join(rest)) else None


_DROPPED = re.compile(
    r"(?P<part>[一二三四首头]期|第[一二三四]期|[^,，。;；、\d]{2,4}?)(那块|那部分|部分|工程|的)?(就|都|也|暂时|先|决定)*"
    r"(被|给)?(砍|取消|停|缓|推迟|撤|黄|不(做|建|上|搞|报|要|投|买)了)"
)
