"""The share of a contract or a plan that is paid or carried out (签了500万，只付了三成; 计划投1500万，完成了六成)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.policy.measure import Measure
from assistant.understanding.sums.amounts import words
from assistant.understanding.sums.base_amount import BaseAmount, Surroundings
from assistant.understanding.sums.match import Scored
from assistant.understanding.sums.shares import less, shared


def share_done(scored: Sequence[Scored], around: Surroundings) -> BaseAmount | None:
    """The share of a plan that is carried out, where that is asked for (计划投1500万，完成了六成，按已完成的算)."""
    rate = next((r for r in around.rates if _DONE.search(around.text[max(0, r.start - 8) : r.start])), None)
    planned = [s.item for s in scored if s.planned and not s.excluded]
    return shared(planned[0], rate) if rate and len(planned) == 1 and _DONE_ASKED.search(around.text) else None


_DONE = re.compile(r"(完成|投|建|干|执行|花|用|做)(了|到|掉|好)?(了)?(大概|约|差不多|将近)?$")
_DONE_ASKED = re.compile(
    r"(按|就|照|算)[^,，。;；]{0,4}(已经?|现在|目前|眼下)?(完成|投|花|建|干|执行|做)(了|完|好|出去|的)"
)


def paid_share(measure: Measure, scored: Sequence[Scored], around: Surroundings) -> BaseAmount | None:
    """The paid share of a contract (签了500万，只付了三成), for a measure that counts what was paid."""
    if not (measure.base and "实际" in measure.base.name):
        return None
    if rest := _without_unpaid(scored):
        return rest
    share = next((r for r in around.rates if _PAID.search(around.text[max(0, r.start - 10) : r.start])), None)
    contract = next((s.item for s in scored if words()["planned"].search(s.item.left + "|" + s.item.right[:6])), None)
    if share and contract is None:
        contract = next((s.item for s in scored if s.item.money.end <= share.start), None)
    return shared(contract, share) if share and contract else None


_PAID = re.compile(r"(付|结|支付|付款|打款|结算|分?摊|承担|负担)(了|过|掉|到|清|完)?(大概|约|大约|差不多|将近)?$")


def _without_unpaid(scored: Sequence[Scored]) -> BaseAmount | None:
    """A bill without what is still owed of it (应付266万，还欠着46万没付); None where what was paid is told as well."""
    owed = [s.item for s in scored if _OWED.search(s.item.left) or _NOT_PAID.match(s.item.right)]
    bills = [s.item for s in scored if s.item not in owed and (s.planned or s.whole or _BILL.search(s.item.left))]
    if len(owed) != 1 or len(bills) != 1 or len(scored) != _BOTH or bills[0].money.minimum <= owed[0].money.maximum:
        return None
    return less(bills[0], owed)


_BOTH = 2
_OWED = re.compile(
    r"(还|仍|尚)?(欠|拖欠|赊)(着|了|款|费|平台|他们|它)*(大概|约)?$|(没付|未付|没结|未结|没交)的?(是|有|还有|大概|约)*$"
)
_NOT_PAID = re.compile(
    r"元?(的)?(尾款)?(还|一直|目前|暂时|拖着|欠着|至今)*(没|未|没有)(有)?(付|结|交|给|打|还|支付|结清|付清)"
)
_BILL = re.compile(r"账单|(该|应|要)(付|交)|开(了|票|出)|费用?(一共|总共|共|合计|是)*(大概|约)?$")
