"""Support against base as an SVG drawing: the ceiling's knee, the user's point, a band where the clause gives a range.

Drawn here and not by a plotting library: a few lines of SVG that follow the page's colours (light and dark), print
sharply, need no script and carry a description for screen readers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from markupsafe import Markup

from assistant.calculator.formatting import format_yuan
from assistant.calculator.interval import Interval
from assistant.calculator.inverse import base_for_cap
from assistant.calculator.steps import show
from assistant.policy.measure import Kind, Measure
from assistant.web.view.html import Content, tag
from assistant.web.wording import say

_WIDTH, _HEIGHT = 640, 300
_LEFT, _RIGHT, _TOP, _BOTTOM = 92, 16, 18, 46
_NICE = (Decimal(1), Decimal(2), Decimal("2.5"), Decimal(5), Decimal(10))


@dataclass(frozen=True, slots=True)
class Point:
    """A user's base with what it gives (one matter, one year)."""

    base: Interval
    amount: Interval


@dataclass(frozen=True, slots=True)
class _Scale:
    across: Decimal
    up: Decimal

    def x(self, base: Decimal) -> str:
        return _number(_LEFT + (_WIDTH - _LEFT - _RIGHT) * float(min(base, self.across) / self.across))

    def y(self, amount: Decimal) -> str:
        return _number(_HEIGHT - _BOTTOM - (_HEIGHT - _TOP - _BOTTOM) * float(min(amount, self.up) / self.up))

    def at(self, base: Decimal, amount: Decimal) -> str:
        return f"{self.x(base)},{self.y(amount)}"


def plot(measure: Measure, points: Sequence[Point], *, uplifted: bool, key: str) -> Markup | None:
    """The drawing for one measure; ``key`` makes its ids its own. None for a measure that has no curve to draw."""
    curves = _curves(measure, uplifted=uplifted)
    if curves is None:
        return None
    low, high, ceiling = curves
    knees = [base for base, _ in (*low, *high)]
    widest = max([*knees, *(point.base.maximum for point in points)], default=Decimal(1))
    across = _round_up(widest * Decimal("1.25"))
    top = max([ceiling or Decimal(0), *(point.amount.maximum for point in points), _value(high, across)])
    scale = _Scale(across, _round_up(top * Decimal("1.1")))
    title, description = _words(measure, points)
    return tag(
        "figure",
        tag(
            "svg",
            tag("title", title, id=f"{key}-title"),
            tag("desc", description, id=f"{key}-desc"),
            _grid(scale),
            _ceilings(measure, ceiling, scale),
            _band(low, high, scale),
            _knees((low, high), scale) if measure.rate else None,
            [_point(point, scale) for point in points],
            viewBox=f"0 0 {_WIDTH} {_HEIGHT}",
            role="img",
            aria_labelledby=f"{key}-title {key}-desc",
            class_="plot",
        ),
        tag("figcaption", say("plot.caption", base=measure.base.name if measure.base else "")),
        class_="plot-figure",
    )


Curve = tuple[tuple[Decimal, Decimal], ...]
"""Corners (base, support) of a curve that rises in straight lines; after the last corner it stays level, unless the
curve has a single corner: then it rises on with slope 1 from nothing."""


def _curves(measure: Measure, *, uplifted: bool) -> tuple[Curve, Curve, Decimal | None] | None:
    zero = (Decimal(0), Decimal(0))
    if measure.kind is Kind.MATCHED:
        return (zero,), (zero,), None
    if measure.cap is None:
        return None
    cap = measure.cap.amount
    if measure.rate is None:
        return (zero, (cap, Decimal(0))), (zero, (cap, cap)), cap
    factor = 1 + measure.uplift.rate if uplifted and measure.uplift else Decimal(1)
    top = cap * factor
    low = (zero, (cap / (measure.rate.minimum * factor), cap))
    high = (zero, (top / (measure.rate.maximum * factor), top))
    return low, high, top


def _value(curve: Curve, base: Decimal) -> Decimal:
    if len(curve) == 1:
        return base
    (_, _), (knee, level) = curve
    return level if base >= knee else level * base / knee


def _band(low: Curve, high: Curve, scale: _Scale) -> list[Content]:
    upper, lower = _corners(high, scale), _corners(low, scale)
    line = "M" + " L".join(scale.at(*corner) for corner in upper)
    if low == high:
        return [tag("path", d=line, class_="curve")]
    back = " L".join(scale.at(*corner) for corner in reversed(lower))
    under = "M" + " L".join(scale.at(*corner) for corner in lower)
    return [
        tag("path", d=f"{line} L{back} Z", class_="band"),
        tag("path", d=line, class_="curve"),
        tag("path", d=under, class_="curve"),
    ]


def _corners(curve: Curve, scale: _Scale) -> list[tuple[Decimal, Decimal]]:
    inside = [corner for corner in curve if corner[0] <= scale.across]
    return [*inside, (scale.across, _value(curve, scale.across))]


def _grid(scale: _Scale) -> Iterator[Markup]:
    for base in _ticks(scale.across):
        x = scale.x(base)
        yield tag("path", d=f"M{x},{_TOP} V{_HEIGHT - _BOTTOM}", class_="grid")
        anchor = "end" if base == scale.across else "middle"
        yield tag("text", format_yuan(base), x=x, y=_HEIGHT - _BOTTOM + 24, text_anchor=anchor)
    for amount in _ticks(scale.up):
        y = scale.y(amount)
        yield tag("path", d=f"M{_LEFT},{y} H{_WIDTH - _RIGHT}", class_="grid")
        yield tag("text", format_yuan(amount), x=_LEFT - 8, y=float(y) + 4, text_anchor="end")


def _ceilings(measure: Measure, top: Decimal | None, scale: _Scale) -> Iterator[Markup]:
    """The clause's ceiling, and the one that would rise with the uplift."""
    if measure.cap is None or top is None:
        return
    yield _ceiling(measure.cap.amount, "ceiling", scale)
    if top != measure.cap.amount:
        yield _ceiling(top, "raised", scale)


def _ceiling(ceiling: Decimal, name: str, scale: _Scale) -> Markup:
    y = scale.y(ceiling)
    return tag(
        "g",
        tag("path", d=f"M{_LEFT},{y} H{_WIDTH - _RIGHT}", class_="ceiling"),
        tag(
            "text",
            say(f"plot.{name}", amount=format_yuan(ceiling)),
            x=_WIDTH - _RIGHT - 8,
            y=float(y) - 6,
            text_anchor="end",
            class_="ceiling-text",
        ),
    )


def _knees(curves: Iterable[Curve], scale: _Scale) -> list[Markup]:
    """Where the ceiling is reached, at the highest and at the lowest rate."""
    knees = dict.fromkeys(curve[-1] for curve in curves)
    return [tag("circle", cx=scale.x(base), cy=scale.y(level), r=4, class_="knee") for base, level in knees]


def _point(point: Point, scale: _Scale) -> Markup:
    x = scale.x(point.base.maximum)
    high, low = scale.y(point.amount.maximum), scale.y(point.amount.minimum)
    label = show(point.amount)
    right = float(x) > _WIDTH * 0.6
    return tag(
        "g",
        tag("title", f"{show(point.base)} → {label}"),
        tag("path", d=f"M{x},{_HEIGHT - _BOTTOM} V{high}", class_="plumb"),
        tag("path", d=f"M{x},{low} V{high}", class_="span"),
        tag("circle", cx=x, cy=high, r=6, class_="point"),
        tag("circle", cx=x, cy=low, r=6, class_="point") if low != high else None,
        tag(
            "text",
            label,
            x=float(x) + (-12 if right else 12),
            y=min(float(high) + 20, _HEIGHT - _BOTTOM - 6),
            text_anchor="end" if right else "start",
            class_="point-text",
        ),
    )


def _words(measure: Measure, points: Sequence[Point]) -> tuple[str, str]:
    title = say("plot.title", name=measure.short)
    told = [say("plot.point", base=show(point.base), amount=show(point.amount)) for point in points]
    if (reach := base_for_cap(measure)) and measure.cap:
        told.append(say("plot.knee", base=show(reach), amount=format_yuan(measure.cap.amount)))
    return title, "".join(told)


def _ticks(top: Decimal) -> list[Decimal]:
    step = _nice(top / 4)
    return [step * count for count in range(int(top / step) + 1)]


def _nice(value: Decimal) -> Decimal:
    power = Decimal(10) ** value.adjusted()
    return next(factor * power for factor in _NICE if factor * power >= value)


def _round_up(value: Decimal) -> Decimal:
    step = _nice(value / 4)
    return step * (int(value / step) + (1 if value % step else 0))


def _number(value: float) -> str:
    return f"{value:.1f}"
