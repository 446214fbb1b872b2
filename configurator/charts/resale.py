"""What the design and its shelf twin would bring if sold, year by year, beside what was paid."""

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from configurator import wording
from configurator.charts import chart, theme

TOLD_YEAR = 10  # the year the verdict speaks of
ALIKE_SHARE = 0.02  # of the price: nearer than that, two pieces keep the same


def channel_of(evaluation: Any, side: str) -> Any:
    """The way of selling that is drawn: the scenario's, else the one that brings most at the median."""
    return getattr(evaluation, side).resale.chosen


@chart(id="resale", title="What it would bring if you sold it", page="compare", order=1, group="keeps")
def resale_by_year(evaluation: Any) -> go.Figure:
    """P10 to P90 of one way of selling each piece, with the price that was paid as a mark at the start."""
    traces: list[dict[str, object]] = []
    top = 0.0
    for side, look in theme.SIDES.items():
        channel, price = channel_of(evaluation, side), getattr(evaluation, side).quote.total_usd
        top = max(top, price.mid, *channel.high)
        paid = wording.money(price.mid)
        traces += [
            theme.band(look, channel.years, channel.low, channel.high),
            theme.curve(
                look,
                channel.years,
                channel.mid,
                f"{look.name}, year %{{x}}<br>about $%{{y:,.0f}}; eight of ten: %{{customdata}}",
                name=f"{look.name}: {wording.lowered(channel.channel)}",
                customdata=[
                    f"{wording.money(low)}{wording.DASH}{wording.money(high)}"
                    for low, high in zip(channel.low, channel.high, strict=True)
                ],
            ),
            theme.marks(
                look,
                [0],
                [price.mid],
                f"{look.name}: bought for {paid}",
                name=f"{look.name}: price paid",
                mode="markers+text",
                text=[f"paid {paid}"],
                textposition="middle right",
                showlegend=False,
            ),
        ]
    layout = {
        "height": 340,
        "xaxis": {"title": "years after buying", "range": [-0.5, channel.years[-1]], "dtick": 5},
        "yaxis": {"title": "in today's money", "range": [0, 1.08 * top], "nticks": 6, **theme.DOLLARS},
    }
    return go.Figure(traces, layout)


def verdict(evaluation: Any) -> str:
    """What either piece brings after ten years, which keeps more of its price, and that making is not recovered."""
    kept = {side: channel_of(evaluation, side).mid[TOLD_YEAR] for side in theme.SIDES}
    shares = {side: usd / getattr(evaluation, side).quote.total_usd.mid for side, usd in kept.items()}
    if abs(shares["custom"] - shares["twin"]) < ALIKE_SHARE:
        compared = "Neither keeps more of its price than the other"
    else:
        more = max(shares, key=lambda side: shares[side])
        compared = (
            "Your design keeps more of its price"
            if more == "custom"
            else "The off-the-shelf piece keeps more of its price"
        )
    channel = wording.lowered(channel_of(evaluation, "custom").channel)
    return (
        f"{compared}: after {TOLD_YEAR} years yours would bring about {wording.money(kept['custom'])} "
        f"({wording.percent(shares['custom'])} of the price) by {channel}, "
        f"off the shelf it is {wording.money(kept['twin'])} ({wording.percent(shares['twin'])}). "
        f"{evaluation.custom.resale.notes[0]}"
    )


def alt(evaluation: Any) -> str:
    """Both bands at every tenth year, beside the price."""
    said = []
    for side, look in theme.SIDES.items():
        channel, price = channel_of(evaluation, side), getattr(evaluation, side).quote.total_usd
        bands = [
            f"year {year}: {wording.money(mid)} ({wording.money(low)}{wording.DASH}{wording.money(high)})"
            for year, low, mid, high in zip(channel.years, channel.low, channel.mid, channel.high, strict=True)
            if year % TOLD_YEAR == 0
        ]
        said.append(
            f"{look.name}, paid {wording.money(price.mid)}; by {wording.lowered(channel.channel)} it brings in "
            f"{'; '.join(bands)}."
        )
    return " ".join(said)


def table(evaluation: Any) -> pd.DataFrame:
    """Every way of selling both pieces, year by year, P10, P50 and P90."""
    rows = [
        (look.name, channel.channel, *told)
        for side, look in theme.SIDES.items()
        for channel in getattr(evaluation, side).resale.channels
        for told in zip(channel.years, channel.low, channel.mid, channel.high, strict=True)
    ]
    return pd.DataFrame(rows, columns=["piece", "channel", "year", "low_usd", "mid_usd", "high_usd"]).round(2)
