"""What the design and its shelf twin would bring if sold, year by year, beside what was paid."""

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from configurator import wording
from configurator.charts import chart, theme

SIDES = {"custom": ("Your design", theme.DESIGN, "solid"), "twin": ("Off the shelf", theme.TWIN, "dash")}
BAND_OPACITY = 0.18
LINE_PX, MARK_PX = 3, 11
TOLD_YEAR = 10  # the year the verdict speaks of
ALIKE_SHARE = 0.02  # of the price: nearer than that, two pieces keep the same


def best_channel(side: Any) -> Any:
    """The channel that brings most at the median, what a patient seller could get; or the one that was asked for."""
    return side.resale.chosen


@chart(id="resale", title="What it would bring if you sold it", page="compare", order=3)
def resale_by_year(evaluation: Any) -> go.Figure:
    """P10 to P90 of the best realistic channel of each piece, with the price that was paid as a mark at the start."""
    figure = go.Figure()
    top = 0.0
    for side, (name, colour, dash) in SIDES.items():
        found = getattr(evaluation, side)
        channel, price = best_channel(found), found.quote.total_usd
        top = max(top, price.mid, *channel.high)
        figure.add_scatter(
            x=[*channel.years, *reversed(channel.years)],
            y=[*channel.high, *reversed(channel.low)],
            fill="toself",
            fillcolor=_faint(colour),
            line={"width": 0},
            name=f"{name}: eight of ten cases",
            hoverinfo="skip",
            showlegend=False,
        )
        figure.add_scatter(
            x=channel.years,
            y=channel.mid,
            name=f"{name}: {channel.channel[:1].lower()}{channel.channel[1:]}",
            mode="lines",
            line={"color": colour, "dash": dash, "width": LINE_PX},
            customdata=[
                f"{wording.money(low)}{wording.DASH}{wording.money(high)}"
                for low, high in zip(channel.low, channel.high, strict=True)
            ],
            hovertemplate=f"{name}, year %{{x}}<br>about $%{{y:,.0f}}; eight of ten: %{{customdata}}<extra></extra>",
        )
        figure.add_scatter(
            x=[0],
            y=[price.mid],
            name=f"{name}: price paid",
            mode="markers+text",
            text=[f"paid {wording.money(price.mid)}"],
            textposition="middle right",
            textfont={"color": colour},
            marker={"color": colour, "size": MARK_PX, "symbol": "diamond"},
            showlegend=False,
            hovertemplate=f"{name}: bought for {wording.money(price.mid)}<extra></extra>",
        )
    figure.update_layout(template=theme.template(), height=340)
    figure.update_xaxes(title="years after buying", range=[-0.5, channel.years[-1]], nticks=7)
    figure.update_yaxes(title="in today's money", range=[0, 1.08 * top], tickprefix="$", tickformat=",.0f", nticks=6)
    return figure


def verdict(evaluation: Any) -> str:
    """What either piece brings after ten years, which keeps more of its price, and that making is not recovered."""
    kept = {side: _after(getattr(evaluation, side)) for side in SIDES}
    shares = {side: usd / getattr(evaluation, side).quote.total_usd.mid for side, usd in kept.items()}
    if abs(shares["custom"] - shares["twin"]) < ALIKE_SHARE:
        compared = "Neither keeps more of its price than the other"
    else:
        more = max(shares, key=lambda side: shares[side])
        compared = (
            "Your design keeps more of its price" if more == "custom" else "The shelf twin keeps more of its price"
        )
    return (
        f"{compared}: after {TOLD_YEAR} years yours would bring about {wording.money(kept['custom'])} "
        f"({wording.percent(shares['custom'])} of the price) by {_how(evaluation.custom)}, the twin "
        f"{wording.money(kept['twin'])} ({wording.percent(shares['twin'])}). "
        f"{evaluation.custom.resale.notes[0]}"
    )


def _after(side: Any) -> float:
    return float(best_channel(side).mid[TOLD_YEAR])


def _how(side: Any) -> str:
    said = best_channel(side).channel
    return f"{said[:1].lower()}{said[1:]}"


def _faint(colour: str) -> str:
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return f"rgba({red},{green},{blue},{BAND_OPACITY})"


def table(evaluation: Any) -> pd.DataFrame:
    """Every channel of both pieces, year by year, P10, P50 and P90."""
    frames = []
    for side, (name, _, _) in SIDES.items():
        for channel in getattr(evaluation, side).resale.channels:
            frames.append(
                pd.DataFrame(
                    {
                        "piece": name,
                        "channel": channel.channel,
                        "year": channel.years,
                        "low_usd": channel.low,
                        "mid_usd": channel.mid,
                        "high_usd": channel.high,
                    }
                ).round(2)
            )
    return pd.concat(frames, ignore_index=True)
