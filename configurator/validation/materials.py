"""Ring sizes and densities: what is defined, and what mixing says."""

from configurator import reference, units
from configurator.reference import Metal, RingSize
from configurator.validation.report import Bar, Case, Check, within

DENSITY_PCT = 4.0
ROUNDING_PERMILLE = 1  # compositions are published in whole numbers
DIAMETER_MM, CIRCUMFERENCE_MM = 0.0006, 0.06  # the tables are rounded to a thousandth and to a tenth


def ring_sizes() -> Check:
    """Every row of the size table, through millimetres, in every country."""
    rows = reference.load().ring_sizes
    wrong = [case for row in rows for case in _disagreements(row)]
    seven = next(row for row in rows if row.us_size == 7)
    return Check(
        id="ring_sizes",
        title="Ring sizes",
        question="Is a US 7 the same ring in London, Paris, Tokyo and Delhi?",
        compared=f"{len(rows)} sizes from US {rows[0].us_size:g} to US {rows[-1].us_size:g}: our conversion to "
        "millimetres and on to the British, European, Swiss, Japanese, Chinese and Indian size, against "
        f"published tables. US 7 has to be {seven.uk_size} in Britain, and not N as many charts print.",
        bars=(
            Bar(label="conversions that disagree", measured=len(wrong), sense="exactly", limit=0),
            Bar(
                label="US 7 is N½ and not N",
                measured=float(units.uk_ring_size(seven.inner_diameter_mm) == "N½"),
                sense="exactly",
                limit=1,
            ),
        ),
        cases=tuple(wrong),
    )


def _disagreements(row: RingSize) -> list[Case]:
    mm = row.inner_diameter_mm
    pairs: list[tuple[str, float, float, float]] = [
        ("mm inside", mm, units.us_ring_diameter_mm(row.us_size), DIAMETER_MM),
        ("mm round", row.inner_circumference_mm, units.circumference_mm(mm), CIRCUMFERENCE_MM),
        ("EU", row.eu_size, units.eu_ring_size(mm), 0),
        ("CH", row.ch_it_es_nl_size, row.inner_circumference_mm - units.IN_SIZE_ZERO_MM, CIRCUMFERENCE_MM),
        ("UK", 1, float(row.uk_size == units.uk_ring_size(mm)), 0),
    ]
    if row.jp_size is not None:
        pairs.append(("JP", row.jp_size, units.jp_ring_size(mm), 0))
    if row.cn_size is not None:
        pairs.append(("CN", row.cn_size, units.jp_ring_size(mm), 0))
    if row.in_size is not None:
        pairs.append(("IN", row.in_size, units.in_ring_size(mm), 0))
    return [
        within(f"US {row.us_size:g}, {name}", name, stated, ours, allowed / abs(stated) if stated else 0)
        for name, stated, ours, allowed in pairs
        if abs(stated - ours) > allowed
    ]


def alloy_density() -> Check:
    """Every alloy whose composition is known against the ideal mixture of its elements."""
    tables = reference.load()
    mixed = [m for m in tables.metals.values() if abs(sum(m.permille.values()) - 1000) <= ROUNDING_PERMILLE]
    cases = tuple(
        within(metal.label, "g/cm³", _ideal_density(metal), metal.density_g_cm3, DENSITY_PCT / 100) for metal in mixed
    )
    others = [metal.label for metal in tables.metals.values() if metal not in mixed]
    worst = max(abs(case.mid / case.documented - 1) for case in cases) * 100
    return Check(
        id="alloy_density",
        title="Densities of alloys",
        question="Do the densities we weigh with fit what the alloys are made of?",
        compared="The published density of every alloy with what its elements would give if each kept its own volume. "
        "Real alloys shrink or swell a little.",
        bars=(Bar(label="largest difference", measured=round(worst, 2), sense="at most", limit=DENSITY_PCT, unit="%"),),
        cases=cases,
        left_out=(f"No complete composition is published: {', '.join(others)}.",) if others else (),
    )


def _ideal_density(metal: Metal) -> float:
    elements, parts = reference.load().elements, metal.permille
    return sum(parts.values()) / sum(share / elements[name].density_g_cm3 for name, share in parts.items())
