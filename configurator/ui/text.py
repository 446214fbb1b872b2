"""Words on screen that are computed from rows: short names and one plain line for every metal and stone."""

from configurator.reference import Gem, Metal

_GROUPS = {"yellow": "Yellow gold", "rose": "Rose gold", "white": "White gold"}
_COLOURLESS = {"diamond", "diamond_lab", "moissanite", "cz", "sapphire_white", "topaz_white"}
_RING_WEAR = {
    "daily": "Fine for every day.",
    "protected": "Fine for every day in a setting that guards its edge.",
    "occasional": "Better for occasional wear than for every day.",
    "not_advised": "Not advised in a ring worn daily; choose it for a pendant or earrings.",
}
_SOFT_MOHS = 7.0  # quartz dust scratches anything softer

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
    """The trade's name, kind after colour: `Sapphire, blue` is shown as `Blue sapphire`."""
    name = gem.label.split(" (")[0]
    species, comma, variety = name.partition(", ")
    return f"{variety[0].upper()}{variety[1:]} {species.lower()}" if comma else name


def gem_group(gem: Gem) -> str:
    """The heading a stone stands under."""
    if gem.id in _COLOURLESS:
        return "Colourless"
    return "Coloured stones" if gem.transparent else "Opaque and glowing stones"


def gem_hint(gem: Gem) -> str:
    """What choosing this stone means: hardness, how it wears, usual treatment."""
    wear = f"Hardness {gem.mohs:g}: " + (
        "dust does not scratch it." if gem.mohs > _SOFT_MOHS else "ordinary dust scratches it in time."
    )
    return f"{short_gem(gem)}. {wear} {_RING_WEAR[gem.ring_suitability]}"
