"""Keepsake's front door: the table of pages, and the server that serves them.

Streamlit runs this file as a script for every visit; the web server imports it once to find `app`.
"""

import streamlit as st

from configurator.ui import price_feed, server, shell

if __name__ == "__main__":
    shell.run(
        {
            "pages/design.py": ("Design", ":material/diamond:"),
            "pages/compare.py": ("Compare", ":material/balance:"),
            "pages/methods.py": ("Methods", ":material/rule:"),
            "pages/sources.py": ("Sources", ":material/menu_book:"),
        },
        staff={"pages/prices.py": ("Metal prices", ":material/price_change:")},
    )
else:
    server.warm_up()
    price_feed.start()
    app = st.App(__file__, routes=server.routes(), middleware=server.middleware())
