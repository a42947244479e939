"""A part that a turn takes off the sum told before (再减掉维保80万; 860万里60万是运维，不算; 有300万是退货的)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.calculator.money import Money, find_money

_TAKE_OFF = re.compile(r"(减掉|减去|扣掉|扣除|去掉|刨去|刨掉|剔除|除去|拿掉|撇开|抛开)[^,，。;；\d]{0,6}$")
_IS_OFF = re.compile(
    r"元?(的|是|属于|算|都|已经|要|得)*(退货|退款|退回|退了|退掉|退给|冲红|红冲|作废|没收回|收不回|取消了?|追(了)?回来?(了|的|$))"
    r"|元?(的|都|是|要是|如果|假如|万一|就)*(不算|不认|不能算|不该算|算不上|要?扣掉|得?扣掉|要?去掉|剔除)(的|吧|了)?(的话)?呢?(?=$|[,，。?？])"
)
_OFF_AFTER = re.compile(
    r"(剔除|扣掉|扣除|去掉|刨掉|刨去|减掉|拿掉)|[,，](也|都|这|那|又|根本)*(不算|不能算|不该算|算不上|不属于|不认)(?![^,，。]{0,6}[吗么?？])"
)
_OF_THE_WHOLE = re.compile(
    r"元?(的)?(结算|决算|总|合同|付款|销售|总额|金额)?(数字?|额|价|款)?(里|中|当中)(面|头|边)?(还|也|又|有|含|混|包|带|进|了|着|括)*"
)


def taken_off(text: str, told: str) -> str | None:
    """``told`` less what ``text`` takes off it; None where it takes nothing off."""
    before = find_money(told)
    text = _without_whole(text, before)
    amounts = find_money(text)
    # 其中有30万是经营贷，扣掉之后看78万: what is left is told as well.
    left = len(amounts) == _TWO and before and sum(money.minimum for money in amounts) == before[-1].minimum
    if left and _OFF_AFTER.search(text, amounts[0].end, amounts[1].start):
        return f"{told}，扣掉{amounts[0].text}"
    if len(amounts) != 1 or not before or amounts[0].maximum >= before[0].minimum:
        return None
    off = takes_off(text, amounts[0]) or _OFF_AFTER.search(text, amounts[0].end)
    return f"{told}，扣掉{amounts[0].text}" if off else None


_TWO = 2


def takes_off(text: str, part: Money) -> bool:
    """Whether ``text`` takes ``part`` off the sum told before (再减掉维保80万, 有300万是退货的)."""
    return bool(_TAKE_OFF.search(text[: part.start]) or _IS_OFF.match(text, part.end))


def _without_whole(text: str, before: Sequence[Money]) -> str:
    """``text`` from what it says of a part, where it says the sum told before again (860万里60万是运维)."""
    amounts = find_money(text)
    if len(amounts) != _TWO or not any(money.minimum == amounts[0].minimum for money in before):
        return text
    within = _OF_THE_WHOLE.match(text, amounts[0].end)
    return text[within.end() :] if within and amounts[1].maximum < amounts[0].minimum else text
