"""Approved answers as ``Answer`` values, and the check that each must pass, when written and when used."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import date

from assistant.answering.answer import Answer, Citation, CrosscheckView, Status
from assistant.answering.compose.lookups import day
from assistant.answering.crosscheck import CheckResult, Evidence, check_text
from assistant.answering.views import validity_view
from assistant.answering.wording import say
from assistant.logs import get_logger
from assistant.policy.loader import Policy
from assistant.records.approved import Approved, Check

_log = get_logger(__name__)

# What an officer must be able to show in the policy. Days, telephone numbers and offices are the officer's own word:
# they are what the policy leaves open, and often the reason for writing an answer.
_FAULTS = {
    "amount": "金额",
    "rate": "比例",
    "ratio": "配比",
    "ceiling": "上限",
    "period": "周期",
    "equation": "算式",
    "article": "条号",
}


def check_for(policy: Policy, question: str, articles: Sequence[str]) -> Check:
    """A check of an officer's words: its amounts, rates and ceilings must stand in the articles or the question."""

    def check(wording: str) -> list[str]:
        return _unsupported(_checked(policy, question, articles, wording))

    return check


def reviewed_answer(policy: Policy, question: str, approved: Approved, as_of: date) -> Answer | None:
    """An approved answer as asked on ``as_of``; None when the policy no longer carries its figures (logged)."""
    checked = _checked(policy, question, approved.articles, approved.wording)
    if faults := _unsupported(checked):
        _log.error("defect: approved answer failed the cross-check", approved=approved.id, unsupported=faults)
        return None
    found = [policy.document.by_number[number] for number in approved.articles if number in policy.document.by_number]
    departments = dict.fromkeys(name for article in found for name in article.departments)
    marked = f"（人工审核：{day(approved.approved_at.date())}）"
    return Answer(
        id=uuid.uuid4().hex,
        question=question,
        as_of=as_of,
        status=Status.ANSWERED,
        text="\n\n".join([*_notices(policy, as_of), approved.wording, marked]),
        citations=tuple(
            Citation(
                document=policy.document.id,
                title=policy.document.title,
                article=article.number,
                quote=article.text,
                start=article.start,
                end=article.end,
            )
            for article in found
        ),
        departments=tuple(departments),
        validity=validity_view(policy.validity, as_of),
        crosscheck=CrosscheckView(figures=checked.figures),
    )


def _checked(policy: Policy, question: str, articles: Sequence[str], wording: str) -> CheckResult:
    found = [policy.document.by_number[number] for number in articles if number in policy.document.by_number]
    period = policy.validity
    evidence = Evidence(
        quotes=tuple(article.text for article in found),
        words=(question,),
        metadata=(day(period.effective), day(period.last_day), f"{period.years}年", policy.hotline),
        articles=frozenset(article.number for article in found),
    )
    return check_text(wording, evidence)


def _unsupported(checked: CheckResult) -> list[str]:
    kinds = (fault.partition(" ") for fault in checked.unsupported)
    return [f"{_FAULTS[kind]} {what}" for kind, _, what in kinds if kind in _FAULTS]


def _notices(policy: Policy, as_of: date) -> list[str]:
    period = policy.validity
    shown = {"effective": day(period.effective), "last_day": day(period.last_day), "contact": policy.contact_department}
    if period.ended(as_of):
        return [say("notice.ended", **shown)]
    return [say("notice.before", **shown)] if as_of < period.effective else []
