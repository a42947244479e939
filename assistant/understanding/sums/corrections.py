"""What a turn corrects of what was told before: a figure, a share, a part that is dropped."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.calculator.money import Money, find_money
from assistant.calculator.rates import Rate, find_rates
from assistant.understanding.sums.items_anew import item_anew, without_what_stays
from assistant.understanding.sums.matters import place_told
from assistant.understanding.sums.months import HALF_YEAR
from assistant.understanding.sums.months_named import other_months
from assistant.understanding.sums.one_year import told_of_one_year
from assistant.understanding.sums.ordinal_years import goes_on
from assistant.understanding.sums.relations import only_changes
from assistant.understanding.sums.taken_off import taken_off

# A share named after a share takes its place (AI占三成 … AI占五成), unless it is one of the part (其中六成是国产的).
_SHARE = re.compile(r"^(?!.*(其中|里面|里头|当中|这里|再)).*占", re.DOTALL)
_FILLER = re.compile(r"[也了,，。是为那就都的有只才\s]")
_TOTALS = frozenset({"总额", "总价", "合同额", "总数", "总共"})
_NOT_BUT = re.compile(
    r"不是(?P<wrong>[^,，。是]{1,10})[,，、]?\s*(而)?(应该|应当|应|就|而)?是(?P<right>[^,，。]{1,12}?)(?=$|[,，。])"
)
_NUMBER = r"[^,，。是]{0,4}[\d一二两三四五六七八九十百千][^,，。是]{0,7}?"
_BUT_NOT = re.compile(rf"(?<!不)是(?P<right>{_NUMBER})[,，、]?\s*(而)?不是(?P<wrong>{_NUMBER})(?=$|[,，。!！])")
REVISED = re.compile(
    r"(其实|应该|应当|[说看记写报填弄搞](错|岔|混|反)|不对|改口(说|称)?|只有|改成|改为|更正|实际上|现在是|变成|重新核|核过|调整|更新|要改|错了|改了|"
    r"(加|压|降|涨|减|提|改|缩|砍|扩|升|调|增|追加)(到|成|为|至)了?)"
)


def corrected(text: str, told: str) -> str | None:
    """``told`` with what ``text`` corrects (不是6台，是7台; 土建其实是5700万); None where it corrects nothing."""
    if (found := _NOT_BUT.search(text) or _BUT_NOT.search(text)) and found["wrong"] in told:
        return told.replace(found["wrong"], found["right"])
    if _all_of_it(text, told):
        return text
    text = without_what_stays(text, told)
    if item := item_anew(text, told, revised=bool(REVISED.search(text))):
        was, is_now = item
        return without_total(told, was, f"{told[: was.start]}{is_now.text}{told[was.end :]}")
    if only_changes(text) and len(find_money(told)) == 1:
        return f"{told}，{text}"
    if anew := _ordinal_anew(text, told):
        return anew
    if less := taken_off(text, told):
        return less
    if (goes_on(text, told) and find_money(told) and find_money(text)) or other_months(text, told):
        return f"{told}，{text}"
    if of_one := told_of_one_year(text, told):
        return of_one
    if names_all_stages(text, told):
        return told
    if within := _told_within(text, told):
        return within
    if without := _without_dropped(text, told):
        return without
    if part := _only_part(text, told):
        return part
    if counted := _counted_anew(text, told):
        return counted
    if stage := _stage_anew(text, told):
        return stage
    new_rates, old_rates, amounts = find_rates(text), find_rates(told), find_money(text)
    share_anew = len(new_rates) == 1 and bool(old_rates) and _is_share(text, new_rates[0])
    if not REVISED.search(text) and not (_SHARE.search(text) and "占" in told) and not share_anew:
        return None
    if len(new_rates) == 1 and old_rates and (share_anew or not amounts):
        old = old_rates[-1]
        told = told[: old.start] + new_rates[0].text + told[old.end :]
        if not amounts:
            return told
    if len(amounts) != 1:
        return None
    label = _FILLER.sub("", REVISED.sub("", text[: amounts[0].start]))[-4:]
    if label in _TOTALS:
        label = "共"
    names = [label[-size:] for size in range(min(len(label), 4), 0 if label == "共" else 1, -1)]
    for name in (*names, text[:4], text[:3], text[:2]):
        for old_amount in find_money(told):
            if name in told[max(0, old_amount.start - 10) : old_amount.start]:
                anew = _with_its_count(text, told[: old_amount.start]) + amounts[0].text + told[old_amount.end :]
                return without_total(told, old_amount, anew)
    return None


def _all_of_it(text: str, told: str) -> bool:
    """Whether a turn says of the sum told before that all of it counts (就算800万全是AI的呢)."""
    amounts = find_money(text)
    again = len(amounts) == 1 and amounts[0].minimum in {money.minimum for money in find_money(told)}
    return again and bool(_ALL.match(text, amounts[0].end))


_ALL = re.compile(r"元?[,，]?(全部?|都|全都|百分之?百|整个)(都)?(是|算|属于|按)(?!不是|不算)[^,，。]{1,12}")


def _ordinal_anew(text: str, told: str) -> str | None:
    """``told`` with the sum anew that ``text`` names by its number in the list (第二笔改成430万)."""
    place, amounts, before = place_told(text), find_money(text), find_money(told)
    if len(amounts) != 1 or not 0 < place <= len(before) or len(before) < _SEVERAL or not REVISED.search(text):
        return None
    old = before[place - 1]
    return told[: old.start] + amounts[0].text + told[old.end :]


def without_total(told: str, old: Money, anew: str) -> str:
    """``anew`` without the total that ``told`` gives of its parts, where one of these, ``old``, is told anew: it is no
    longer their sum (总投资5000万，土建2000万，设备3000万 … 土建改成2500万)."""
    sums = find_money(told)
    for whole in sums:
        parts = [money.minimum for money in sums if money is not whole]
        if whole.start != old.start and len(parts) >= _SEVERAL and sum(parts) == whole.minimum:
            clause = _TOTAL_CLAUSE.search(anew)
            return anew.replace(clause.group(), "", 1) if clause and whole.text in clause.group() else anew
    return anew


_TOTAL_CLAUSE = re.compile(
    r"(总投资|总投入|总额|总价|总预算|总费用|投资总额|一共|总共|合计|共计|共)(额|是|为|投资|投入|花了?|要)*\d[\d.]*[万亿]元?[,，、]?"
)


def _with_its_count(text: str, told: str) -> str:
    """``told``, what leads up to a sum that is told anew, with the count of that sum told anew too (两台一共680万)."""
    new, old = _COUNT.findall(text), list(_COUNT.finditer(told))
    if len(new) != 1 or len(old) != 1 or old[0]["unit"] != (now := next(_COUNT.finditer(text)))["unit"]:
        return told
    return told[: old[0].start()] + now.group() + told[old[0].end() :]


def _stage_anew(text: str, told: str) -> str | None:
    """``told`` with the sum of the one stage or part of a year that ``text`` tells anew (二期只投1000万了), or that sum
    alone where it is named as it was told (一期的2000万能补多少); None where ``text`` tells of a part of it, or of more
    on top of it."""
    amounts, named = find_money(text), STAGE.findall(text)
    if len(amounts) != 1 or len(named) != 1 or _ON_TOP.search(text[: amounts[0].start]) or find_rates(text):
        return None
    of_it = _of_stage(named[0], told)
    if of_it is None:
        return None
    if (of_it.minimum, of_it.maximum) == (amounts[0].minimum, amounts[0].maximum):
        return told[told.rindex(named[0], 0, of_it.start) : of_it.end]
    if _ON_TOP.search(text, amounts[0].end):
        return None
    return told[: of_it.start] + amounts[0].text + told[of_it.end :]


def with_stages_anew(told: str, later: Sequence[str]) -> str:
    """``told``, which tells of several stages, with the sums that the turns ``later`` give single ones of them."""
    for text in later:
        anew = _stage_anew(text, told)
        if anew and len(find_money(anew)) == len(find_money(told)):
            told = anew
    return told


def names_all_stages(text: str, told: str) -> bool:
    """Whether ``text`` asks of all the stages together that ``told`` tells (那二期呢 … 两期一共呢)."""
    several = len(set(STAGE.findall(told))) >= _SEVERAL and len(find_money(told)) >= _SEVERAL
    return several and bool(_ALL_STAGES.search(text)) and not find_money(text) and not STAGE.search(text)


_ALL_STAGES = re.compile(r"[两三四二2-4]个?期(?!限)|几期(?!.{0,2}[付给拨])|两个半年|全年|整年")


def _of_stage(name: str, told: str) -> Money | None:
    """The sum told of a stage where several sums were told; None where there is not just one."""
    before = find_money(told)
    starts = [0, *(money.end for money in before)]
    of_it = [money for start, money in zip(starts, before, strict=False) if name in told[start : money.start]]
    return of_it[0] if len(before) >= _SEVERAL and len(of_it) == 1 else None


STAGE = re.compile(r"第?[一二三四首头]期|第?[一二三四]季度|[上下]半年")
_ON_TOP = re.compile(r"又|再|还(?!是)|加|追|多[花付投]|超|其中|里面|里头|当中|减|扣|去掉|除|区|省|补(?!充)|奖|拿|给")
_SEVERAL = 2


def _told_within(text: str, told: str) -> str | None:
    """``told`` with what a part of the one sum told before, or of one stage, was for (其中土地2000万; 二期里面有500万
    是土地); None where ``text`` tells anything else."""
    part, before, within = find_money(text), find_money(told), _WITHIN.match(text)
    if len(part) != 1 or not within or find_rates(text):
        return None
    if (stage := STAGE.search(within.group())) and (of_it := _of_stage(stage.group(), told)):
        smaller = part[0].maximum < of_it.minimum
        return f"{told[: of_it.end]}，其中{text[within.end() :]}{told[of_it.end :]}" if smaller else None
    return f"{told}，{text}" if len(before) == 1 and part[0].maximum < before[0].minimum else None


_WITHIN = re.compile(rf"(这|那|不过|但是?)*({STAGE.pattern})?(的|那)?(个|块)?(里面|里头|里边|其中|当中)(?:的|有)*")


def of_the_policy(text: str, rate: Rate) -> bool:
    """Whether a share is asked or told of the support and not of the asker's own sum (补贴比例是20%吗)."""
    before, after = _clause_around(text, rate)
    return bool(_SUPPORT.search(before) or _ASKED.match(after))


def _is_share(text: str, rate: Rate) -> bool:
    """Whether a share takes the place of the one told before (评审只认40%); one of the part does not (其中六成)."""
    before, after = _clause_around(text, rate)
    told = _SET.search(before) or _SUPPOSED.match(after)
    return bool(told) and not _ANOTHER.search(before + after) and not of_the_policy(text, rate)


def _clause_around(text: str, rate: Rate) -> tuple[str, str]:
    return _CLAUSE.split(text[: rate.start])[-1], _CLAUSE.split(text[rate.end :])[0]


_CLAUSE = re.compile(r"[,，。;；?？!！]")
_SET = re.compile(r"(认|核|定|评|审|按|算|占|只有|只剩|其实|实际|改|调|降|升|涨|要是|如果|假如|假设)[^,，。\d]{0,6}$")
_SUPPOSED = re.compile(r"(的话)?呢")
_SUPPORT = re.compile(
    r"补|奖|贴|资助|支持|报销|上浮|政策|条文|规定|文件|([只能就]|要是|如果|市里|政府|最[高低多少])给到?$"
)
_ASKED = re.compile(r"[^,，。]{0,3}(吗|么|对不对|是不是|对吧)")
_ANOTHER = re.compile(r"给|其中|里面|里头|当中|再|退|股|利润|税")


def _counted_anew(text: str, told: str) -> str | None:
    """``told`` with the months or things counted anew that its sum was reckoned with (每月19万付满一年 … 只付了9个月);
    None where ``text`` names a sum, asks for a count, or nothing was counted so."""
    text = _NOT_PAID.sub("", HALF_YEAR.sub("6个月", text))
    new = _COUNT.search(text)
    if not new or find_money(text) or len(_COUNT.findall(text)) != 1 or find_rates(text):
        return None
    if not (REVISED.search(text) or _SET_COUNT.search(text[: new.start()]) or _SUPPOSED.match(text, new.end())):
        return None
    old = [found for found in _COUNT.finditer(told) if found["unit"] == new["unit"] and found["n"] not in "一每"]
    if len(old) == 1:
        return told[: old[0].start()] + new.group() + told[old[0].end() :]
    return f"{told}，{new.group()}" if not old and new["unit"] == "个月" and _BY_MONTH.search(told) else None


_NOT_PAID = re.compile(r"[^,，。;；]*(?<![只都])(没有?|未|不)(用|付|租|接|算|开通|上线)[^,，。;；]*[,，。;；]?")
"""头四个月没用: months that nothing was paid for."""
_COUNT = re.compile(
    r"(?<!第)(?P<n>\d+(\.\d+)?万?|[一二两三四五六七八九十百]+)(?P<unit>个月|季度|台|套|张卡|张|户|家|个?客户|个?授权|个?节点|小时|卡时|机时)"
)
_SET_COUNT = re.compile(
    r"(用|付|租|满|够)(了|过)?$|(只|才|实际|最后|后来|总共|一共|如果|要是|假如|假设|改)[^,，。;；]{0,8}$"
)
_BY_MONTH = re.compile(r"(每|一)个?月|月付|按月")


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


def _only_part(text: str, told: str) -> str | None:
    """What ``told`` says of the one part that ``text`` keeps (只报一期呢, 按全部建完算); None where it names no single
    one."""
    found = ONLY_PART.search(text) or _RECKONED_BY.fullmatch(text) or _THAT_STAGE.fullmatch(text)
    amounts = find_money(told)
    if not found or find_money(text) or len(amounts) < _SEVERAL:
        return None
    starts = [0, *(money.end for money in amounts)]
    kept = [
        told[told.rindex(found["part"], start, money.start) : money.end]
        for start, money in zip(starts, amounts, strict=False)
        if found["part"] in told[start : money.start]
    ]
    return f"{_heading(told)}{kept[0]}" if len(kept) == 1 else None


def _heading(told: str) -> str:
    """What ``told`` says ahead of the clause of its first sum: the matter that the sums are of."""
    first = find_money(told)[0].start
    return told[: max(told.rfind(mark, 0, first) for mark in ",，。;；") + 1]


_RECKONED_BY = re.compile(
    r"(那|那么|如果|要是|假如|好|行|就|先|还是|我们|[,，])*(按照?|照|拿|用)(着)?(那个|这个)?(?P<part>[^,，。;；\d]{2,6}?)"
    r"(的)?(那个|这个)?(金额|价格?|数字?|钱|口径|投资)?(来|去)?(算|计|报)(的话)?(呢|能?(补|拿|奖|给)?(多少|几)[^,，。]{0,4})?[呀啊吧]?[?？。]?"
)


_THAT_STAGE = re.compile(
    rf"(那|那么|光|单|单独|只|就|如果|要是)*(?P<part>{STAGE.pattern})(的|那块|那部分|部分|投资|单独|自己)*"
    r"(的话)?(呢|(能|可以)?(补|拿|领|奖|给)(到)?(多少|几)[^,，。]{0,4})[呀啊]?[?？。]?"
)


ONLY_PART = re.compile(
    r"(只|光|单|就|仅|先(?=按)|暂时)(能|该|应该|是|先|打算)*(按照?|照|报|算|认|看|要|做|建|上|搞|拿|投|申请|申报)(了)?"
    r"(?P<part>[一二三四首头]期|第[一二三四]期|[^,，。;；、\d]{2,5}?)(那块|那部分|部分|的)*(来|去)?(算|报|计)?(的话)?"
    r"(呢|行吗|可以吗)?[,，]?(那|这样)?(是)?((能|可以|会|该)?(补|拿|领|奖|给|得|支持)?(到)?(多少|几)(钱|万)?)?(呢|呀|啊)?[?？]?$"
)
