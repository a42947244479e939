"""The share of a contract or a plan that is paid or carried out (签了500万，只付了三成; 计划投1500万，完成了六成)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.policy.measure import Measure
from assistant.understanding.sums.amounts import words
from assistant.understanding.sums.base_amount import BaseAmount, Surroundings
from assistant.understanding.sums.match import Scored
from assistant.understanding.sums.shares import shared


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
    if not (measure.base and "实际支付" in measure.base.name):
        return None
    share = next((r for r in around.rates if _PAID.search(around.text[max(0, r.start - 10) : r.start])), None)
    contract = next((s.item for s in scored if words()["planned"].search(s.item.left + "|" + s.item.right[:6])), None)
    if share and contract is None:
        contract = next((s.item for s in scored if s.item.money.end <= share.start), None)
    return shared(contract, share) if share and contract else None


_PAID = re.compile(r"(付|结|支付|付款|打款|结算)(了|过|掉|到|清|完)?(大概|约|大约|差不多|将近)?$")
