"""Answers about a department of the policy: the articles that it is responsible for."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answering.compose.draft import Draft
from assistant.answering.wording import say
from assistant.policy.document import Article
from assistant.understanding.query import Query


def compose_by_department(draft: Draft, departments: Sequence[str], query: Query) -> None:
    """For which articles each department (as the policy writes it) is responsible; of a single one what it holds."""
    for department in departments:
        articles = [a for a in draft.corpus.policy.document.articles if department in a.departments]
        key = "of_department"
        if _ALONE.search(query.question) and (alone := [a for a in articles if _alone(department, a)]):
            articles, key = alone, "of_department_alone"
        whole = len(articles) == 1 and not query.asks & {"article", "overview"}
        for article in articles:
            draft.cite(article.number, article.clauses[0].text)
            held = draft.corpus.policy.of_article(article.number) if whole else ()
            for measure in held:
                draft.cite(article.number, measure.quote)
            draft.lines += [f"{article.label}：{measure.statement}" for measure in held] or [
                say("overview.article", label=article.label, heading=article.heading)
            ]
        sentence = say(f"article.{key}", department=department, labels="、".join(a.label for a in articles))
        if draft.conclusion:
            draft.lines.append(f"{sentence}。")
        else:
            draft.conclusion = sentence
        if articles and key == "of_department":
            draft.lines.append(say("article.not_parted"))
        draft.responsible((department,))


def _alone(department: str, article: Article) -> bool:
    """Whether no other department of the city is responsible for the article (the districts are for each)."""
    return all(name == department or name.startswith(_DISTRICTS) for name in article.departments)


# 只有市工信局一家负责的是哪条
_ALONE = re.compile(
    r"(只有|只由|单独|独家|仅由?|就).{0,10}(一家|一个部门|自己|单独)|(一家|一个部门|单独|独自|独家)(负责|牵头|管)"
)
_DISTRICTS = "各县级市"
