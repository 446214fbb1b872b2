"""Words on screen that are computed from rows: short names and one plain line for every metal and stone."""

from collections.abc import Iterable

from configurator.reference import Gem, Metal

_GROUPS = {"yellow": "Yellow gold", "rose": "Rose gold", "white": "White gold"}
_COLOURLESS = {"diamond", "moissanite", "cz", "sapphire_white", "topaz_white", "rock_crystal"}
_RING_WEAR = {
    "daily": "Fine for every day.",
    "protected": "Fine for every day in a setting that guards its edge.",
    "occasional": "Better for occasional wear than for every day.",
    "not_advised": "Not advised in a ring worn daily; choose it for a pendant or earrings.",
}
_SOFT_MOHS = 7.0  # quartz dust scratches anything softer
_DAILY = ("daily", "protected")
_ALTERNATIVES = 3

CUT_HINTS = {
    "round_brilliant": "The most light back to the eye, and the safest edge: no corners.",
    "oval": "Looks larger than a round of the same weight.",
    "cushion": "A soft square; gentle corners, broad flashes.",
    "princess": "Square and bright; its four corners need a prong each.",
    "emerald": "Long steps like a hall of mirrors; shows a clean stone at its best.",
    "pear": "One rounded end, one tip; the tip wants metal over it.",
    "marquise": "Long and slender; both tips want metal over them.",
    "asscher": "A square emerald cut: steps that run into a windmill.",
    "radiant": "Straight sides, cut corners and the sparkle of a brilliant.",
    "baguette": "A slim bar of long, quiet steps; its corners want metal over them.",
    "trillion": "A bright triangle; its three points want metal over them.",
    "heart": "Two lobes and a tip; the tip wants metal over it.",
    "rose_cut": "Flat below, a low dome of triangles above: soft, candle-lit, antique.",
    "round_cabochon": "A smooth dome without facets: colour and glow instead of sparkle.",
    "oval_cabochon": "A long smooth dome: the classic form of moonstone, opal and turquoise.",
    "sphere": "Round all over: a pearl as it grew, or a polished bead.",
}


def metal_group(metal: Metal) -> str:
    """The heading a metal stands under."""
    if metal.kind == "gold":
        return next((label for word, label in _GROUPS.items() if word in metal.id), "Yellow gold")
    return {"platinum": "Platinum and palladium", "palladium": "Platinum and palladium", "silver": "Silver"}.get(
        metal.kind, "Other"
    )


def short_metal(metal: Metal) -> str:
    """A name that fits under a swatch: the karat or fineness, with what sets the alloy apart."""
    if metal.kind == "gold":
        alloy = {"ni": "nickel", "pd": "palladium", "ag": "silver", "high": "nickel+", "rich": "pale"}
        other = next((word for end, word in alloy.items() if metal.id.endswith(f"_{end}")), "")
        return f"{metal.karat_text} {other}".strip()
    return (
        metal.label.replace("Platinum ", "Pt ")
        .replace("Palladium ", "Pd ")
        .replace(" silver", "")
        .replace("(", "")
        .replace(")", "")
    )


def metal_hint(metal: Metal) -> str:
    """What choosing this metal means, in one or two short sentences."""
    parts = [f"{metal.label}."]
    if metal.au_permille:
        parts.append(f"{metal.au_permille / 10:.3g} % gold by weight.")
    if metal.nickel:
        parts.append("Contains nickel, which some skins react to.")
    if metal.rhodium_plated == "yes":
        parts.append("Usually rhodium-plated for whiteness; the plating wears and is renewed.")
    if metal.plating == "gold":
        layer = f"At least {metal.plating_um_low:g} µm" if metal.plating_um_low else "A thin layer"
        parts.append(f"{layer} of gold over a base metal; the layer wears through and has to be plated again.")
    tarnish = metal.tarnish.split(";")[0]
    if tarnish.startswith("yes"):
        parts.append("Tarnishes; a cloth brings it back.")
    return " ".join(parts)


def short_gem(gem: Gem) -> str:
    """The trade's name, kind after colour: `Ruby, laboratory-grown` is shown as `Laboratory-grown ruby`."""
    species, *varieties = gem.label.split(" (")[0].split(", ")
    name = " ".join((*reversed(varieties), species.lower())) if varieties else species
    return name[0].upper() + name[1:]


def gem_group(gem: Gem) -> str:
    """The heading a stone stands under."""
    if (gem.natural_id or gem.id) in _COLOURLESS:
        return "Colourless"
    return "Coloured stones" if gem.transparent else "Opaque and glowing stones"


def gem_hint(gem: Gem) -> str:
    """What choosing this stone means: hardness, how it wears, usual treatment."""
    wear = f"Hardness {gem.mohs:g}: " + (
        "dust does not scratch it." if gem.mohs > _SOFT_MOHS else "ordinary dust scratches it in time."
    )
    grown = " The same mineral, grown in a laboratory; it brings little when sold again." if gem.natural_id else ""
    return f"{short_gem(gem)}. {wear} {_RING_WEAR[gem.ring_suitability]}{grown}"


def gem_origin(gem: Gem) -> str:
    """Where a stone is from, always beside its name: `Natural ruby`, `Laboratory-grown ruby`, `Cultured pearl`."""
    name = short_gem(gem)
    if gem.natural_id or gem.optics == "pearl":
        return name
    return f"{name}, made in a laboratory" if gem.is_lab_grown else f"Natural {name.lower()}"


def gem_mark(gem: Gem) -> str:
    """A word of warning that fits under a tile; empty for stones that stand daily wear in a ring."""
    return "" if gem.ring_suitability in _DAILY else "not every day"


def gem_care(gem: Gem, month: str, same_month: Iterable[Gem]) -> str:
    """Why a stone of the month does not suit a ring worn every day, and which others of it do; empty if it does."""
    if gem.ring_suitability in _DAILY:
        return ""
    soft = gem.mohs < _SOFT_MOHS
    reasons = [f"dust scratches it (hardness {gem.mohs:g})"] if soft else []
    if gem.cleavage == "perfect":
        reasons.append("a knock can split it")
    elif gem.toughness.startswith("poor") or not soft:
        reasons.append("its edges chip")
    name = short_gem(gem)
    words = f"{name} is too {'soft' if soft else 'brittle'} for a ring worn every day: {' and '.join(reasons)}."
    harder = [g for g in same_month if g.ring_suitability in _DAILY and (g.mohs > gem.mohs or not soft)]
    harder.sort(key=lambda g: (_DAILY.index(g.ring_suitability), -g.mohs))
    kinds = {g.species: short_gem(g).lower() for g in reversed(harder)}  # the best of each species
    if kinds:
        names = list(reversed(kinds.values()))[:_ALTERNATIVES]
        return f"{words} {'Harder' if soft else 'Tougher'} stones of {month}: {', '.join(names)}."
    return f"{words} It does well in a pendant or earrings."
