"""One look for every chart: transparent ground, quiet grid, colours that survive colour blindness and dark mode."""

import plotly.graph_objects as go

# Teal against bronze stays apart in the three common kinds of colour blindness, and in grey.
DESIGN = "#2F6F6A"
TWIN = "#B5793A"
METAL = "#B59A5B"
STONES = "#6F8FB3"
MAKING = "#8C9A6B"
CREATIVE = "#A57C94"
OTHER = "#B9B1A5"

INK = {"light": "#24211d", "dark": "#efebe3"}
GRID = {"light": "rgba(36,33,29,0.12)", "dark": "rgba(239,235,227,0.16)"}
WHISKER = "#8a837a"  # a grey that shows on light and on dark
FAMILY = "Inter, sans-serif"
SIZE_PX = 14  # readable at arm's length on a tablet

# For `st.plotly_chart(config=...)`: nothing on the chart but the chart, and a page that still scrolls under a finger.
CONFIG = {"displayModeBar": False, "scrollZoom": False, "doubleClick": False, "responsive": True}


def template(mode: str = "light") -> go.layout.Template:
    """The plotly template of a mode, "light" or "dark"."""
    ink, grid = INK[mode], GRID[mode]
    axis = {"gridcolor": grid, "zerolinecolor": grid, "linecolor": grid, "ticks": "", "automargin": True}
    return go.layout.Template(
        layout={
            "font": {"family": FAMILY, "size": SIZE_PX, "color": ink},
            "paper_bgcolor": "rgba(0,0,0,0)",
            "plot_bgcolor": "rgba(0,0,0,0)",
            "colorway": [DESIGN, TWIN, STONES, METAL, MAKING, CREATIVE, OTHER],
            "margin": {"l": 8, "r": 8, "t": 8, "b": 8},
            "xaxis": axis | {"fixedrange": True},
            "yaxis": axis | {"fixedrange": True},
            "legend": {"orientation": "h", "yanchor": "bottom", "y": 1.02, "x": 0, "traceorder": "normal"},
            "hoverlabel": {"font": {"family": FAMILY, "size": SIZE_PX}},
            "bargap": 0.35,
            "dragmode": False,
            "separators": ".,",
        }
    )


def dressed(figure: go.Figure, mode: str = "light") -> go.Figure:
    """The same figure in the look of a mode; pages call it with the reader's light or dark."""
    return figure.update_layout(template=template(mode))
