"""Which amounts are no base: figures believed in, sums aimed at, awards by others."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from assistant.calculator.interval import Interval
from assistant.understanding.sums.amounts import Award, Claim, Placed, Roles, words
from assistant.understanding.sums.beliefs import (
    ANSWERED,
    SPENT_BEFORE,
    award_claim,
    believed_cap,
    believed_same,
    cap_claim,
    of_years,
    reckoned,
    told_as_ceiling,
    told_to_give,
)
from assistant.understanding.sums.months_named import MONTHLY
from assistant.understanding.sums.sides import SUPPORT, only_base_asked, paid_last, side_of, spent_only


def sort_roles(
    text: str,
    placed: Sequence[Placed],
    *,
    stacking: bool,
    matched: bool,
    inverse: bool,
    shortfall: bool = False,
    compared: bool = False,
) -> Roles:
    """Takes out what is no base: denied amounts, claims, targets, awards by another level.

    ``stacking``: the question is about another award for the same matter; ``matched``: about a 1:1 measure, where what
    a level gives is the base; ``inverse``: about the base that gives an amount; ``shortfall``: about how much is still
    missing to it; ``compared``: sums are set against each other, so that what a change began with counts as well.
    """
    word = words()
    to_reach = inverse and only_base_asked(text, placed)
    claimed = bool(word["claim_marks"].search(text))
    given = _GIVEN_LIST.search(text) if stacking else None
    told = bool(_AWARDS_TOLD.search(text))
    candidates: list[Placed] = []
    claims: list[Claim] = []
    awards: list[Award] = []
    target: Interval | None = None
    for item in placed:
        if item.money.currency != "CNY":
            continue
        if item.left.endswith(("按", "按照", "照")) and re.match(r"的\s*[\d一二两三四五六七八九百]", item.right):
            continue
        if _BY_THAT.search(item.left) and any(known.amount == item.amount for known in candidates):
            continue  # 总投1.8亿，补贴是按1.8亿算还是按AI那点算: told again, not once more
        if word["denied"].search(item.left) and not word["claim_marks"].search(item.right):
            continue
        if _DIFFERENCE.search(item.left) and stacking and len(placed) > 1:
            continue  # 只补差额45万吗: what is left between two awards, not a third one
        if _THRESHOLD_AFTER.match(item.right) and (_THRESHOLD.search(item.left) or _TO_REACH.search(item.left)):
            continue  # 不满一千万的就不给, 要过千万才有资格: a threshold heard of
        if not (stacking or matched or inverse) and _THAT.search(item.left) and _AWARD_AFTER.match(item.right):
            claims.append(cap_claim(item))  # 那500万绩效还给不给: the policy's own figure
        elif not (stacking or matched or inverse) and _TAKES.search(item.left) and _AWARD_AFTER.match(item.right):
            claims.append(award_claim(item))  # 领1000万绩效: what is hoped for
        elif inverse and _is_goal(item, to_reach=to_reach) and _award_level(item, stacking) in (None, "city"):
            target = item.amount
        elif to_reach and _award_level(item, stacking) in (None, "city") and not shortfall:
            continue  # the base is what is asked for: what is spent so far (现在报价2480万) is none
        elif (
            (stacking or _OTHERS_OWN.search(item.left))
            and not matched
            and told_as_ceiling(item)
            and (level := _award_level(item, True))
        ):
            # 区里最高30万: what it gives is not known, only that it is no more.
            awards.append(Award(level, Interval(Decimal(0), item.money.maximum)))
            if level == "city":
                claims.append(cap_claim(item))
        elif stacking and _BOTH_LEVELS.search(item.left):
            awards += [Award("city", item.amount), Award("district", item.amount)]
        elif (stacking and not matched and (level := _award_level(item, stacking)) and level != "city") or (
            stacking and awards and (level := _award_level(item, stacking))
        ):
            awards.append(Award(level, item.amount))
        elif _BASE_BOUND.search(item.left) and not _AWARD_AFTER.match(item.right):
            candidates.append(item)  # 总投资最多不超过9000万: how much is spent at most
        elif of_years(item, text):
            continue  # 一年封顶200万，三年就是600万: what the asker makes of the ceiling is no base
        elif believed_cap(item) or believed_same(item):
            claims.append(cap_claim(item))
        elif not matched and (level := _award_level(item, stacking)):
            awards.append(Award(level, item.amount))
        elif (
            told_to_give(item, candidates)
            or (candidates and claimed and ANSWERED.search(item.left))
            or (stacking and reckoned(item, placed))
        ):
            claims.append(award_claim(item))
        elif matched and not stacking and _OTHER_LEVEL.search(item.left):
            continue  # 省里还给了200万: of the ratio between city and district neither side
        elif matched and _BY_A_LEVEL.search(item.left):
            candidates.append(item)  # 说是市里给450万: of a 1:1 measure what one level gives is the base
        elif (
            (given and item.money.start >= given.end())
            or (
                stacking
                and (
                    _AWARDED.search(item.left)
                    or _TAKEN.search(item.left)
                    or _APIECE.search(item.left)
                    or (told and _NAMED_AWARD.search(item.left) and not paid_last(item.left))
                )
                and not _base_after(item.right)
                and not (SPENT_BEFORE.search(item.left) or _costs_apiece(item) or _COST_NAMED.search(item.left))
            )
            or (awards and awards[-1].level == "named" and item.left.strip() in _AND)
        ):
            awards.append(Award("named", item.amount))
        elif (not matched and _CAN_GET.search(item.left) and _ASKED_AFTER.match(item.right)) or (
            claimed and _ends_with(word["claim_award"], item.left) and not _base_after(item.right)
        ):
            claims.append(award_claim(item))
        else:
            candidates.append(item)
    if not (stacking or matched or inverse):
        candidates = spent_only(placed, candidates, text, together=bool(_TOGETHER.search(text)))
    if len(awards) > 1:  # 90万、140万,230万都能进账: the sum that the asker makes of them is no base
        whole = sum(award.amount.maximum for award in awards)
        claims += [award_claim(item) for item in candidates if item.money.maximum == whole]
        candidates = [item for item in candidates if item.money.maximum != whole]
    return Roles(tuple(_latest(candidates, compared=compared)), tuple(claims), tuple(awards), target)


_DIFFERENCE = re.compile(r"(差额|差价|差的|差了|补差|补足|补齐)(部分|那|的|是|就是|这|约)*$")
_BASE_BOUND = re.compile(
    r"(投资|预算|单价|售价|销售额|造价|概算|(?<!支持)(?<!补助)(?<!补贴)(?<!奖励)经费|建设资金|建设费)额?(的)?(大概|估计|预计|应该)*(最多|最高|上限|不(会)?超过|顶多|撑死)(是|就|也就)?(不(会)?超过)?(大概|约)?$"
)
_BY_THAT = re.compile(r"(按|照|拿|以|看|用|算)(着|这|那|整个|全部|总)*$")
_THRESHOLD = re.compile(
    r"(不满|不到|(?<!只)不过|没过|不超过|达不到|低于|不足|没到|没满|少于|不够|小于|(?<![拿补领])满)(了)?$"
)
_TO_REACH = re.compile(
    r"(要|得|须|必须|起码|至少|最少|只有|超过|达到|做到|卖到|投到)[^,，。;]{0,10}?(过|到|超|达|满|够|有|出)?(了)?$"
)
_THRESHOLD_AFTER = re.compile(
    r"元?的?[^,，。;]{0,6}?(就|都|是|一律|统统|全)*(不给|不补|不奖|不支持|不批|不算|不收|没有补|没戏|没份|没资格|拿不到|不能|不行|免谈|才(受理|收|批|让|有资格|够格|能报|能申请))"
)
_THAT = re.compile(r"[那这](个|笔|项)?$")
_TAKES = re.compile(r"(领|享受|拿)(到|个|走)?$")
_AWARD_AFTER = re.compile(
    r"元?的?[^,，。;；\d能可会花付投]{0,4}(绩效(?!工资|奖)|补偿|奖励|补贴|补助|支持|奖补|贴息)(?!多少|几|比例|怎|[^,，。]{0,3}(多少|几|算))"
)
_TOGETHER = re.compile(r"两(年|项|个|件|笔|台|场)|一共|总共|合计|加起来|分别|各|一起|加上|都能")


def _is_goal(item: Placed, *, to_reach: bool) -> bool:
    """Whether an amount is the support that the base asked for must give."""
    if to_reach and (side := side_of(item)):
        return side == SUPPORT
    word = words()
    return bool(
        word["target"].search(item.left)
        or word["claim_cap"].search(item.left)
        or _REACHED.search(item.left)
        or _AWARDED.search(item.left)
    )


def _costs_apiece(item: Placed) -> bool:
    """AI部分分别是300万, and not 补贴分别是90万."""
    return bool(_APIECE.search(item.left) and _SPENT_APIECE.search(item.left))


_COST_NAMED = re.compile(r"(保险费|保费|算力费|利息|单价|售价|总投资)$")
_AWARDED = re.compile(
    r"(奖励(款|金)?|补贴(款)?|补助(款)?|支持(款)?|奖|补|拿|领|得|批|给|发|申请|资助|贴息|绩效|算下来|算出来|测下来|测算下来|(?<![预决结概估])算|测算|(?<!审)定|核定|是|这个|另一个|一个|那个)(到|了|过|的|是|有|能|可|个|我们|咱们?|你们这个)*(大概|约)?$"
)
_TAKEN = re.compile(r"(拿|领|享受|获得|兑现)(了|过|到)[^,，。;；\d付花投卖交费]{1,14}$")
"""领了概念验证中心的200万, 拿过市工信局智改数转130万: what was got, named by whom or what it is for."""
_NAMED_AWARD = re.compile(r"(示范|费|算力|首台套|首版次|展会|论坛)(是|有)?(大概|约)?$")
"""Only where awards are spoken of: 算力40万、示范60万都批了; alone it is what the matter costs (示范75万,各算各的)."""
_AWARDS_TOLD = re.compile(r"(批|奖|补|贴|拿|领|资助|支持)(?!(到|得|给)?(多少|几))|到手|到账|发了|给了")
_GIVEN_LIST = re.compile(
    r"(批|核|定|拿|到账)(下来|了)?的?[^,，。\d]{0,4}(支持|奖励|补贴|补助|资金|钱)[^,，。\d]{0,4}[:：]"
)
_APIECE = re.compile(r"(金额)?(分别|各自?)(为|是)(了)?$|(一|另)(份|边|头)(是|给|有)?$")
_SPENT_APIECE = re.compile(r"投资|投入|费用|部分|利息|保费|单价|售价|销售|成本|支出|总价|预算|付|花")
_BOTH_LEVELS = re.compile(
    r"((市|区|县)(里|级)?(和|跟|与|、)?(市|区|县)(里|级|上)?|两级)(两级|两边|两头|两家)?(财政)?[^,，。;；\d]{0,12}"
    r"(都|各)(自)?(能|可以)?(是|给|补|有|算|批|定|核|测)?(了|出|出来|下来|的是)*$"
)
_OTHER_LEVEL = re.compile(
    r"(省(里|级|厅|财政)?|国家|部里|科技部|工信部)(那边|另外|还|又|也|已经?|先)*(给|补|批|拨|支持|奖)(了|过|我们)*$"
)
_BY_A_LEVEL = re.compile(
    r"[市区县](里|级|财政|上|这边|那边)?(已经|已|会|可以|能|先|承诺|答应|说|每年|一年)*(给|出|拨|补|批|支持|拿|定|核定|认|掏|下达|安排|投)(了|出|下来)?$"
)
_RECEIVED = re.compile(r"元?(已经|已|都|也)*(到账|到手|拿到|批了|批下来|下来了|发了|兑现)")
_COSTS = re.compile(r"元?(的)?(总?投资|费用|算力费|利息|保费|销售额|单价|售价)")
_AND = frozenset({"和", "、", "与", "跟", "", "及"})
_CAN_GET = re.compile(
    r"(能|可以|会)(够)?(各自?|分别|都)?(补|奖|拿|领|给|得|补贴|奖励)(到|足|满|给)?$|(补贴|奖励|补助|支持)[^,，。]{0,6}(能|可以|会)(不能)?(够)?(到|达到|超过|有)$"
)
_ASKED_AFTER = re.compile(r"元?(的?(奖励|补贴|补助|奖金))?(吗|么|吧|嘛|不|没|对|是不是|[?？]|$)")
_REACHED = re.compile(r"到手(了)?$|(拿|补|奖|领|得|顶|够|拿满|补到|到|满)(到|满|足|了|的)?$")


def _ends_with(pattern: re.Pattern[str], left: str) -> bool:
    tail = left[-6:]
    return any(m.end() >= len(tail) - 3 for m in pattern.finditer(tail))


def _base_after(right: str) -> bool:
    return bool(re.match(r".{0,4}(投资|费用|利息|保费|销售|单价|的)", right))


def _award_level(item: Placed, stacking: bool) -> str | None:
    word = words()
    if _COSTS.match(item.right) or _ITS_BASE.search(item.left):
        return None
    context = item.left if len(item.left) > 1 else item.before + item.left
    context = _BY_ITS_BASE.sub("", context)
    if (
        (SPENT_BEFORE.search(context) and not _LEVEL_GIVES.search(context))
        or paid_last(context)
        or not (stacking or word["given"].search(context) or _RECEIVED.match(item.right))
    ):
        return None
    for level in ("district", "province", "nation", "other", "city"):
        for found in word[f"award_levels.{level}"].finditer(context):
            if word["award_verbs"].search(context, found.end()) or context[found.end() :].strip() in ("", "是", "的"):
                return level
    return None


_LEVEL_GIVES = re.compile(
    r"[市区县省镇](里|级|上|财政|那边|这边)(已经?|也|还|会|能|可以|先|再|又|都|另外|的)*(补|奖|给|拨|批|发|贴|补贴|奖励|支持)(了|过|给|我们)*(大概|约)?$"
)
"""算力费市里补60万: the cost only names what it is given for."""
_ITS_BASE = re.compile(r"(按照?|照|拿|以)[^,，。;；\d]{0,4}(单价|售价|总?投资|费用|利息|保费|销售)(总?额)?(的)?$")
"""区里补了300万，市里按投资3000万能再拿吗: what the support is reckoned by."""
_BY_ITS_BASE = re.compile(
    r"(按照?|照)[^,，。;；]{0,6}(单价|售价|总?投资|费用|利息|保费|销售额)(的?[^,，。;；]{0,4})?(来|去)?[测核]?算"
)
"""市里按单价算只有150万: by what a result was worked out says nothing of what the amount is."""


def _latest(candidates: Sequence[Placed], *, compared: bool) -> list[Placed]:
    """Of a change (从500万增加到800万, 原来500万现在800万) only the newer amount stays."""
    kept: list[Placed] = []
    for item in candidates:
        changed = None if compared else _CHANGED.search(item.ahead)
        monthly = any(MONTHLY.search(told.ahead) for told in (item, *kept[-1:]))
        within = changed and monthly and _IN_THE_YEAR.search(item.ahead)  # 7月起涨到每月35万: both count
        if kept and ((changed and not within) or _TAKEN_BACK.search(item.ahead)):
            kept.pop()
        kept.append(item)
    return kept


_CHANGED = re.compile(
    r"(增加?|涨价?|[降提]价|追加|提高?|升|调整?|改|变|降|减少?|压缩?|砍|缩减?|谈|磨)(了|掉)?"
    r"([\d.一二两三四五六七八九十]+(%|成)半?|百分之[一二三四五六七八九十]+|[一二三四五]分之一|一?半)?[,，]?(就|后|现在)?(到|至|成|为|只剩下?|剩下?|还剩)(了)?"
    r"(每个?月|一个月|月付|每年|一年|每季度?|每[台套])?$"
)
_IN_THE_YEAR = re.compile(r"[\d一二三四五六七八九十](月(?![付租])|季度)|[下后]半年|[后余剩][一二三四五六七八九\d]+个月")
_TAKEN_BACK = re.compile(r"不对(?!吗|么)|[哦啊呃噢]不|[说看写算搞弄]错|错了|口误|更正|纠正")


_OTHERS_OWN = re.compile(r"[区县省镇](里|级|财政|上)[^,，。;；\d]{0,6}$")
