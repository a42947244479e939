from __future__ import annotations

import pytest

from assistant.understanding.english_figures import amounts_and_dates, plain_figures, spelled_numbers


def in_chinese(text: str) -> str:
    for step in (spelled_numbers, plain_figures, amounts_and_dates):
        for start, end, replacement in reversed(step(text)):
            text = text[:start] + replacement + text[end:]
    return text


@pytest.mark.parametrize(
    ("typed", "figure"),
    [
        ("RMB 1.5k", "1500元"),
        ("3.2M yuan", "320万元"),
        ("20 mn RMB", "2000万元"),
        ("half a million yuan", "50万元"),
        ("one and a half million yuan", "150万元"),
        ("a million and a half yuan", "150万元"),
        ("three quarters of a million yuan", "75万元"),
        ("two hundred and fifty thousand yuan", "25万元"),
        ("RMB two million five hundred thousand", "250万元"),
        ("thirty-eight million RMB", "3800万元"),
        ("two point five million yuan", "250万元"),
        ("0.5 billion", "5亿"),
        ("300 ten thousand yuan", "300万元"),
        ("1.2 hundred million yuan", "1.2亿元"),
        ("RMB 3,5 million", "350万元"),
        ("RMB 3.500.000", "350万元"),
        ("CHF 3'500'000", "350万瑞士法郎"),
        ("35,00,000 rmb", "350万元"),
        ("between 2 and 3 million yuan", "between 200万元到300万元"),
        ("three to five million yuan", "300万元到500万元"),
        ("HK$2,000,000", "200万港元"),
        ("S$3 million", "300万新加坡元"),
        ("twenty-five per cent", "25%"),
        ("是1.35 million吗", "是135万吗"),
        ("May 23, 2023", "2023年5月23日"),
    ],
)
def test_figures_as_chinese_writes_them(typed: str, figure: str) -> None:
    assert in_chinese(typed) == figure


@pytest.mark.parametrize(
    "typed", ["one platform and two companies", "a 5 m long machine", "5m long", "a 70B model", "we have 300,000 users"]
)
def test_counts_and_measures_are_no_amounts(typed: str) -> None:
    assert in_chinese(typed) == typed


def test_a_vague_sum_stays_vague() -> None:
    assert in_chinese("several million") == "几百万"
    assert in_chinese("a couple of thousand") == "几千"
