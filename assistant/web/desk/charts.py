"""The overview's plots as SVG in the page: its own colours in light and dark, no script, words for screen readers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from math import ceil, log10

from markupsafe import Markup

from assistant.records.statistics import Day
from assistant.web.desk.wording import say
from assistant.web.view.html import Content, tag

_WIDTH, _HEIGHT = 640, 220
_LEFT, _RIGHT, _TOP, _BOTTOM = 44, 12, 12, 34
_INNER = _WIDTH - _LEFT - _RIGHT
_OUTCOMES: dict[str, Callable[[Day], int]] = {
    "answered": lambda day: day.answered,
    "needs_information": lambda day: day.needs_information,
    "not_covered": lambda day: day.not_covered,
}
_SHARES: dict[str, Callable[[Day], int]] = {
    "answered": lambda day: day.answered,
    "not_covered": lambda day: day.not_covered,
    "down": lambda day: day.down,
}
_TIMES: dict[str, Callable[[Day], float | None]] = {"median": lambda day: day.median, "slow": lambda day: day.slow}
_LABELS = 6


def stacked_days(days: Sequence[Day]) -> Markup:
    """Questions a day as bars, by what became of them."""
    top = _round_up(max(day.questions for day in days))
    width = _INNER / len(days)
    bars: list[Content] = []
    for place, day in enumerate(days):
        base = 0
        parts: list[Content] = [tag("title", _day_told(day))]
        for name, count in ((name, of(day)) for name, of in _OUTCOMES.items()):
            if count:
                high, low = _y(base + count, top), _y(base, top)
                x = _LEFT + place * width + width * 0.12
                parts.append(
                    tag("rect", x=_n(x), y=_n(high), width=_n(width * 0.76), height=_n(low - high), class_=f"is-{name}")
                )
            base += count
        bars.append(tag("g", parts))
    total = sum(day.questions for day in days)
    told = say("chart.outcomes", count=total, days=len(days))
    return _figure(told, [_grid(top, "{:.0f}"), bars, _day_labels(days)], list(_OUTCOMES))


def shares(days: Sequence[Day]) -> Markup:
    """The shares of a day's questions that were answered, refused, voted down."""
    asked = [(place, day) for place, day in enumerate(days) if day.questions]
    lines: list[Content] = [
        _line([(place, of(day) / day.questions) for place, day in asked], len(days), 1.0, name)
        for name, of in _SHARES.items()
    ]
    return _figure(say("chart.shares"), [_grid(1.0, "{:.0%}"), lines, _day_labels(days)], list(_SHARES))


def times(days: Sequence[Day]) -> Markup:
    """How long answers took: the middle one and the slow ones."""
    slowest = max((day.slow for day in days if day.slow is not None), default=1.0)
    top = _round_up(slowest)
    lines: list[Content] = []
    for name, of in _TIMES.items():
        points = [(place, value) for place, day in enumerate(days) if (value := of(day)) is not None]
        lines.append(_line(points, len(days), top, name))
    return _figure(say("chart.times"), [_grid(top, "{:.0f}"), lines, _day_labels(days)], list(_TIMES))


def bars(counts: Sequence[tuple[str, int]], title: str) -> Markup:
    """Names with counts as lying bars: a list, so that it can be read as one."""
    most = max(count for _, count in counts)
    items = [
        tag(
            "li",
            tag("span", name, class_="bar-name"),
            tag(
                "span",
                tag("span", style=f"width:{max(2, round(100 * count / most))}%"),
                class_="bar",
                aria_hidden="true",
            ),
            tag("span", count, class_="figure"),
        )
        for name, count in counts
    ]
    return tag("ol", items, class_="lying-bars", aria_label=title)


def _figure(told: str, content: Content, names: Sequence[str]) -> Markup:
    legend = [
        tag("li", tag("span", class_=f"swatch is-{name}", aria_hidden="true"), say(f"chart.names.{name}"))
        for name in names
    ]
    drawing = tag("svg", tag("title", told), content, viewBox=f"0 0 {_WIDTH} {_HEIGHT}", role="img", class_="chart")
    return tag("figure", drawing, tag("figcaption", tag("ul", legend, class_="legend")), class_="chart-figure")


def _line(points: Sequence[tuple[int, float]], days: int, top: float, name: str) -> Content:
    width = _INNER / days
    at = [(_LEFT + (place + 0.5) * width, _y(value, top)) for place, value in points]
    if not at:
        return None
    path = "M" + " L".join(f"{_n(x)},{_n(y)}" for x, y in at)
    dots = [tag("circle", cx=_n(x), cy=_n(y), r=3.5, class_=f"dot is-{name}") for x, y in at] if len(at) <= 40 else None
    return tag("g", tag("path", d=path, class_=f"line is-{name}"), dots)


def _grid(top: float, form: str) -> Iterator[Markup]:
    for part in range(5):
        value = top * part / 4
        y = _y(value, top)
        yield tag("path", d=f"M{_LEFT},{_n(y)} H{_WIDTH - _RIGHT}", class_="grid")
        if top >= 4 or part in (0, 4) or top == 1.0:
            yield tag("text", form.format(value), x=_LEFT - 6, y=_n(y + 4), text_anchor="end")


def _day_labels(days: Sequence[Day]) -> Iterator[Markup]:
    step, width = max(1, ceil(len(days) / _LABELS)), _INNER / len(days)
    for place in range(0, len(days), step):
        x = _LEFT + (place + 0.5) * width
        yield tag(
            "text", f"{days[place].day.month}-{days[place].day.day}", x=_n(x), y=_HEIGHT - 5, text_anchor="middle"
        )


def _day_told(day: Day) -> str:
    parts = [f"{say(f'chart.names.{name}')} {of(day)}" for name, of in _OUTCOMES.items()]
    return f"{day.day.isoformat()}：{'，'.join(parts)}"


def _y(value: float, top: float) -> float:
    return _HEIGHT - _BOTTOM - (_HEIGHT - _TOP - _BOTTOM) * value / top


def _round_up(value: float) -> float:
    """The next number above that a scale with four steps looks good with."""
    if value <= 4:
        return 4.0
    power = 10.0 ** int(log10(value))
    return next(step * power for step in (1, 2, 4, 6, 8, 10, 20) if step * power >= value)


def _n(value: float) -> str:
    return f"{value:.1f}"
