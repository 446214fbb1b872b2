"""The scripts of our own components. A component's inline code is sent again with every change, so each has two lines
that fetch a module, which the browser keeps; they run from a blob: address, so they resolve it against the page.
"""

import hashlib
from functools import cache
from pathlib import Path

from configurator.charts import theme

_HERE = Path(__file__).parent
PLOT, PLOTLY = "keepsake/plot.js", "keepsake/plotly.js"
INTO_VIEW, FIELDS = "keepsake/into_view.js", "keepsake/fields.js"
VIEWER = "keepsake/assets/viewer/keepsake.js"
FILES = {  # by their address below the app's root
    PLOT: _HERE / "plot.js",
    PLOTLY: theme.SCRIPT,
    INTO_VIEW: _HERE / "into_view.js",
    FIELDS: _HERE / "fields.js",
    VIEWER: _HERE.parents[1] / "assets" / "viewer" / "keepsake.js",
}


@cache
def url(address: str) -> str:
    """Where the browser fetches a script, relative to the page; another address whenever the script is another."""
    return f"{address}?v={hashlib.blake2b(FILES[address].read_bytes(), digest_size=5).hexdigest()}"


def loader(address: str, export: str) -> str:
    """Inline JavaScript that hands a component over to one export of a script."""
    # Two lines: Streamlit takes a single one for the path of a file.
    return f'const m=import(new URL("{url(address)}",document.baseURI))\nexport default async c=>(await m).{export}(c)'
