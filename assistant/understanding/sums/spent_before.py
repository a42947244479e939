"""What the asker spent himself before he had a company (个体户 … 下个月转成公司): it was not the company's money."""

from __future__ import annotations

import re

from assistant.understanding.query import DialogueState, Query


def spent_before_the_company(query: Query, state: DialogueState) -> bool:
    """Whether sums told before were those of the asker himself, who founds a company only with this turn."""
    founded = state.facts.get("applicant") == "individual" and query.facts.get("applicant") == "company"
    return founded and _FOUNDED.search(query.question) is not None and "其实" not in query.question


_FOUNDED = re.compile(
    r"(注册|成立|创办|开办?|设立|办|[转变改升](成|为|做))(了|起来|个|一|家|有限|责任|自己的)*(公司|企业)"
    r"|公司(也|就|都|刚|已经?)*(注册|成立|开|办)(下来|起来|好|完)?了"
)
