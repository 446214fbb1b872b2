"""What can happen to chains, clasps, bails, hinges and ear fittings: worn through, torn, tired, bent, lost."""

from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache

from configurator import units
from configurator.measures import Fitting, FittingMeasure
from configurator.models.ledger import PERCENT, Sourced
from configurator.models.life import (
    PARTS_KEPT,
    UM_PER_MM,
    Hazard,
    Life,
    cost_usd,
    relative_wear,
    worn_out,
    yield_mpa,
)
from configurator.models.metal_prices import precious
from configurator.models.ranges import Range
from configurator.reference import Fact, Metal

LINE_OF_LINKS = 2  # hinges; more than two are the joints of a row of links

Found = Callable[[FittingMeasure, Metal, float, Life], Iterator[Hazard]]


@lru_cache(maxsize=PARTS_KEPT)
def of_fitting(fitting: FittingMeasure, metal_id: str, hanging_g: float, life: Life) -> tuple[Hazard, ...]:
    """Every hazard of one kind of fitting; `hanging_g` is what its links carry, 0 where nothing hangs."""
    return tuple(_OF_KIND[fitting.kind](fitting, life.reference.metals[metal_id], hanging_g, life))


def _chain(chain: FittingMeasure, metal: Metal, hanging_g: float, life: Life) -> Iterator[Hazard]:
    rows, labour = life.reference.assumptions, life.reference.labour
    yield _worn_through(
        chain,
        "the links of the chain, worn thin",
        "Renew the chain",
        _new_chain_usd(chain, metal, life),
        metal,
        hanging_g,
        life,
        rows["making_factor_chain"],
    )
    section = (chain.gauge_mm / Range.of(rows["ordinary_chain_wire"]).mid) ** 2
    strength = section * yield_mpa(metal, life) / yield_mpa(life.reference.metals["14k_yellow"], life)
    rate = life.assumed("chain_broken") * PERCENT * strength ** -life.assumed("tug_exponent")
    kind = rows.get(f"chain_broken_{chain.variety}")  # a cable chain, and any that no row speaks of, is the reference
    rate = rate if kind is None else rate * life.row(kind)
    rate, cost, used = rate * life.wear_of_links(), cost_usd(life, "chain_solder"), rows["chain_broken"]
    yield life.mishap("chain_torn", "the chain, torn", "Solder the chain", rate, cost, used, labour["chain_solder"])


def _new_chain_usd(chain: FittingMeasure, metal: Metal, life: Life) -> Range:
    """A chain of the same weight at today's metal price, and the work of hanging it; the old one's scrap is not taken
    off, since what a bench pays for it varies."""
    reference = life.reference
    mass_g = units.mass_g(chain.volume_mm3, metal.density_g_cm3)
    usd = mass_g * sum(share * reference.latest_usd_per_g(element) for element, share in precious(metal).items())
    parts = [Range.of(reference.assumptions["making_factor_chain"]).times(usd), cost_usd(life, "clasp_replace")]
    return Range(*(sum(getattr(part, end) for part in parts) for end in ("low", "mid", "high")))


def _jump_ring(ring: FittingMeasure, metal: Metal, hanging_g: float, life: Life) -> Iterator[Hazard]:
    part, job = "the jump ring, worn thin", "Renew and solder the jump ring"
    if ring.count > 1:
        part, job = "the jump rings, worn thin", "Renew and solder the jump rings"
    cost = cost_usd(life, "chain_solder").times(ring.count)
    yield _worn_through(ring, part, job, cost, metal, hanging_g, life, life.reference.labour["chain_solder"])


def _bail(bail: FittingMeasure, metal: Metal, hanging_g: float, life: Life) -> Iterator[Hazard]:
    part, job, row = "the bail, worn thin by the chain", "Rebuild the bail", "bail_replace"
    yield _worn_through(bail, part, job, cost_usd(life, row), metal, hanging_g, life, life.reference.labour[row])


def _hinge(hinge: FittingMeasure, metal: Metal, hanging_g: float, life: Life) -> Iterator[Hazard]:
    part, job = "the hinge, worn loose", "Fit a new hinge pin"
    if hinge.count > LINE_OF_LINKS:
        part, job = "the joints between the links, worn loose", "Tighten or rebuild the worn links"
    row = "hinge_repair"
    yield _worn_through(hinge, part, job, cost_usd(life, row), metal, hanging_g, life, life.reference.labour[row])


def _worn_through(
    fitting: FittingMeasure,
    part: str,
    job: str,
    cost: Range,
    metal: Metal,
    hanging_g: float,
    life: Life,
    paid: Sourced,
) -> Hazard:
    """Metal rubbing on metal takes a wire down to what no longer holds."""
    rows = life.reference.assumptions
    row = rows[f"link_wear_{fitting.kind}"]
    um_per_year = life.row(row) * life.row(relative_wear(metal, life.reference)) * life.wear_of_links()
    if hanging_g:
        load = hanging_g / Range.of(rows["ordinary_pendant"]).mid
        um_per_year = um_per_year * load ** life.assumed("pendant_weight_exponent")
    years = fitting.gauge_mm * (1 - life.assumed("worn_wire_left")) * UM_PER_MM / um_per_year
    return worn_out(f"{fitting.kind}_worn", part, job, years, cost, row, rows["worn_wire_left"], paid)


def _clasp(clasp: FittingMeasure, metal: Metal, hanging_g: float, life: Life) -> Iterator[Hazard]:
    """Its spring or tongue tired; paced by the bench's usual interval, which is one for every kind of piece."""
    rows, labour = life.reference.assumptions, life.reference.labour
    usual = labour["clasp_replace_interval"]
    known = [rows.get(f"clasp_life_{name}") for name in (clasp.grade, clasp.variety)]
    used: list[Fact] = [usual, *(row for row in known if row is not None)]
    years = 1 / life.worn()
    for row in used:
        years = years * life.row(row)
    part, cost = "the clasp, no longer closing safely", cost_usd(life, "clasp_replace")
    yield worn_out("clasp_tired", part, "Replace the clasp", years, cost, *used, labour["clasp_replace"])


def _post(post: FittingMeasure, metal: Metal, hanging_g: float, life: Life) -> Iterator[Hazard]:
    row, least = life.reference.assumptions["post_bent"], life.reference.wear["earring_post_min_diameter"]
    stiffness = (post.gauge_mm / Range.of(least).mid) ** 3  # a round wire's section modulus
    strength = stiffness * yield_mpa(metal, life) / yield_mpa(life.reference.metals["14k_yellow"], life)
    rate = life.row(row) * PERCENT * post.count * strength ** -life.assumed("bending_exponent") * life.worn()
    part = "the earring posts, bent" if post.count > 1 else "the earring post, bent"
    cost, repair = cost_usd(life, "post_repair"), life.reference.labour["post_repair"]
    yield life.mishap("post_bent", part, "Straighten an earring post", rate, cost, row, least, repair)


def _back(back: FittingMeasure, metal: Metal, hanging_g: float, life: Life) -> Iterator[Hazard]:
    rows = life.reference.assumptions
    row = rows.get(f"earring_lost_{back.variety}") or rows["earring_lost"]  # friction backs, unless a row says other
    part = "the earring backs, loosened or lost" if back.count > 1 else "the earring back, loosened or lost"
    yield _lost(back, row, "back_lost", part, "Fit a new earring back", life)


def _hook(hook: FittingMeasure, metal: Metal, hanging_g: float, life: Life) -> Iterator[Hazard]:
    part = "the ear hooks, bent or slipped out" if hook.count > 1 else "the ear hook, bent or slipped out"
    row = life.reference.assumptions["earring_lost_hook"]
    yield _lost(hook, row, "hook_lost", part, "Bend back or replace an ear hook", life)


def _lost(fitting: FittingMeasure, row: Fact, id: str, part: str, job: str, life: Life) -> Hazard:
    rate = life.row(row) * PERCENT * fitting.count * life.worn()
    return life.mishap(id, part, job, rate, cost_usd(life, "back_replace"), row, life.reference.labour["back_replace"])


_OF_KIND: Mapping[Fitting, Found] = {
    "chain": _chain,
    "clasp": _clasp,
    "jump_ring": _jump_ring,
    "bail": _bail,
    "hinge": _hinge,
    "post": _post,
    "back": _back,
    "hook": _hook,
}
