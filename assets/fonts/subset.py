"""Makes the font files of this folder from the packages named in fonts.csv; run by hand when a font changes.

    npm install --prefix SCRATCH <package>@<version> ...     (those of fonts.csv, and of UI below at 5.3.0)
    python assets/fonts/subset.py SCRATCH/node_modules

A font keeps the letters people have engraved, its joining, kerning and accents, and nothing else: no hinting (we cut
outlines, we never rasterise them), no alternates that only a font menu could reach. None of the fonts reserves its
name, so a subset may keep it (OFL 1.1, clause 3).
"""

import csv
import shutil
import sys
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

HERE = Path(__file__).parent

# Others: 400.
WEIGHT = {
    "serif": "500Medium",
    "capitals": "500Medium",
    "sans": "500Medium",
    "hebrew": "500Medium",
    "pictures": "700Bold",
}


def standard_rows(codec: str, first: int, last: int) -> list[int]:
    """The characters of some rows of a national standard of 94 by 94 places, in its EUC form."""
    places = [bytes([0xA0 + row, 0xA0 + cell]) for row in range(first, last + 1) for cell in range(1, 95)]
    return [ord(c) for place in places if (c := place.decode(codec, "ignore"))]


def big5_frequent() -> list[int]:
    """Big5's frequently used characters, by its table."""
    cells = [*range(0x40, 0x7F), *range(0xA1, 0xFF)]
    places = [bytes([lead, cell]) for lead in range(0xA4, 0xC7) for cell in cells]
    return [ord(c) for place in places if (c := place.decode("big5", "ignore"))]


LATIN = [*range(0x20, 0x7F), *range(0xA0, 0x180), 0x218, 0x219, 0x21A, 0x21B, 0x1E9E, *range(0x1EA0, 0x1EFA)]
ACCENTS = [*range(0x300, 0x305), 0x306, 0x307, 0x308, 0x309, 0x30A, 0x30B, 0x30C, 0x31B, 0x323, 0x327, 0x328]
PUNCTUATION = [*range(0x2010, 0x2016), *range(0x2018, 0x201F), 0x2020, 0x2021, 0x2022, 0x2026, 0x2032, 0x2033]
PUNCTUATION += [0x2039, 0x203A, 0x20AC, 0x2116, 0x2190, 0x2192, 0x2212, 0x221E, 0x2248, 0x2260, 0x25CA]
GREEK, CYRILLIC = [*range(0x370, 0x400)], [*range(0x400, 0x460), 0x490, 0x491]
GREEK_POLYTONIC = [*range(0x1F00, 0x2000)]
KEPT = {
    "script": LATIN + ACCENTS + PUNCTUATION + CYRILLIC,
    "brush": LATIN + ACCENTS + PUNCTUATION,
    "serif": LATIN + ACCENTS + PUNCTUATION + GREEK + GREEK_POLYTONIC + CYRILLIC,
    "capitals": LATIN + ACCENTS + PUNCTUATION,
    "sans": LATIN + ACCENTS + PUNCTUATION + CYRILLIC,
    "world": LATIN + ACCENTS + PUNCTUATION + GREEK + GREEK_POLYTONIC + CYRILLIC,
    "hebrew": [0x20, *range(0x591, 0x5F5), *range(0xFB1D, 0xFB50), *PUNCTUATION],
    "arabic": [
        0x20,
        0x60C,
        0x61B,
        0x61F,
        *range(0x621, 0x653),
        *range(0x660, 0x66E),
        0x670,
        0x67E,
        0x686,
        0x698,
        0x6A9,
        0x6AF,
        0x6BE,
        0x6C0,
        0x6C1,
        0x6C3,
        0x6CC,
        0x6D2,
        0x6D3,
        *range(0x6F0, 0x6FA),
        0x200C,
        0x200D,
    ],
    "devanagari": [0x20, 0x200C, 0x200D, 0x25CC, *range(0x900, 0x980)],
    "chinese": sorted(  # the common characters of China, Japan and Taiwan by their own standards, and kana
        {
            *standard_rows("gb2312", 16, 55),
            *standard_rows("euc_jp", 16, 47),
            *big5_frequent(),
            *[0x3001, 0x3002, 0x3005, 0x300C, 0x300D, 0x30FB, 0x30FC],
            *range(0x3041, 0x3097),
            *range(0x30A1, 0x30FB),
        }
    ),
    "korean": standard_rows("euc_kr", 16, 40),
    "symbols": [
        *[0x2600, 0x2605, 0x2606, 0x2661, 0x2665, 0x26A1, 0x2708, 0x2726, 0x2727, 0x273F, 0x2740, 0x2744, 0x2764],
        *[0x2B50, 0x1F33F, 0x1F54A],
    ],
    "pictures": [
        *[0x1F308, 0x1F30A, 0x1F319, 0x1F331, 0x1F332, 0x1F333, 0x1F339, 0x1F33B, 0x1F340, 0x1F408, 0x1F415, 0x1F426],
        *[0x1F43E, 0x1F451, 0x1F463, 0x1F48D, 0x1F511, 0x1F525, 0x1F98B, 0x2728],
    ],
    "marks": [
        0x2609,
        0x263D,
        0x263E,
        0x2640,
        0x2642,
        *range(0x2648, 0x2654),
        0x266A,
        0x266B,
        0x2626,
        0x271D,
        0x262E,
        0x262F,
        0x2693,
        0x2694,
        0x2660,
        0x2663,
        0x2666,
        0x26AD,
        0x26B2,
        0x2721,
        0x262A,
        0x2618,
        0x2625,
        0x262C,
        0x2638,
        0x2695,
        0x2696,
        0x269C,
        0x2720,
    ],
}
WEB = [c for c in LATIN if c < 0x180] + PUNCTUATION  # enough to show every style's own letters in the picker
# To show the signs on screen: font faces of .streamlit/config.toml.
WEB_SIGNS = {name: KEPT[name] for name in ("symbols", "marks", "pictures")} | {"devanagari": [0x950]}
FEATURES = ["ccmp", "locl", "rlig", "liga", "clig", "calt", "rclt", "kern", "mark", "mkmk", "abvm", "blwm", "dist"]
FEATURES += ["init", "medi", "fina", "isol", "nukt", "akhn", "rphf", "rkrf", "pref", "blwf", "half", "vatu", "cjct"]
FEATURES += ["pres", "abvs", "blws", "psts", "haln", "curs", "cfar", "pstf"]

UI = {  # copied as they are: the shop window's own type, and the licence of each
    "cormorant-garamond-500.woff2": (
        "@fontsource/cormorant-garamond",
        "files/cormorant-garamond-latin-500-normal.woff2",
    ),
    "cormorant-garamond-600.woff2": (
        "@fontsource/cormorant-garamond",
        "files/cormorant-garamond-latin-600-normal.woff2",
    ),
    "cormorant-garamond-ext-500.woff2": (
        "@fontsource/cormorant-garamond",
        "files/cormorant-garamond-latin-ext-500-normal.woff2",
    ),
    "cormorant-garamond-ext-600.woff2": (
        "@fontsource/cormorant-garamond",
        "files/cormorant-garamond-latin-ext-600-normal.woff2",
    ),
    "inter.woff2": ("@fontsource-variable/inter", "files/inter-latin-wght-normal.woff2"),
    "inter-ext.woff2": ("@fontsource-variable/inter", "files/inter-latin-ext-wght-normal.woff2"),
    "OFL-cormorant-garamond.txt": ("@fontsource/cormorant-garamond", "LICENSE"),
    "OFL-inter.txt": ("@fontsource-variable/inter", "LICENSE"),
}


def write_subset(source: Path, target: Path, letters: list[int], flavor: str | None = None) -> None:
    """Writes `letters` of `source` as a font without hints."""
    options = Options()
    options.hinting = False
    options.layout_features = FEATURES
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
    options.notdef_outline = True
    options.glyph_names = False
    options.drop_tables += ["DSIG", "meta", "STAT"]
    font = TTFont(source, lazy=True)
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=letters)
    subsetter.subset(font)
    font.flavor = flavor
    target.parent.mkdir(parents=True, exist_ok=True)
    font.save(target)


def main(packages: Path) -> None:
    with (HERE / "fonts.csv").open(encoding="utf-8", newline="") as table:
        for row in csv.DictReader(table):
            package = packages / row["package"]
            [source] = (package / WEIGHT.get(row["id"], "400Regular")).glob("*.ttf")
            write_subset(source, HERE / row["file"], KEPT[row["id"]])
            if row["web_file"]:
                write_subset(source, HERE / row["web_file"], WEB_SIGNS.get(row["id"], WEB), "woff2")
            shutil.copyfile(package / "LICENSE_FONT", HERE / row["licence_file"])
    for name, (package_name, path) in UI.items():
        shutil.copyfile(packages / package_name / path, HERE / "ui" / name)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
