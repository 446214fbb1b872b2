"""The shop's own figures: what may be set, what it changes, what is refused and why, and the way back."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from configurator import prices, reference
from configurator.evaluate import evaluate
from configurator.models.ranges import Range
from configurator.presets import opening
from configurator.prices import BY_HAND, RefusedPrices, read_figures, read_upload
from configurator.scenario import Scenario
from configurator.whys import whys

TODAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
HEADER = b"id,low,mid,high,unit,date,note\n"
MARGIN = b"overhead_and_margin_custom_multiple"


pytestmark = pytest.mark.usefixtures("shop_folder")


@pytest.fixture
def take_up() -> Callable[[bytes], None]:
    """Takes up a table of figures, each time a second later."""
    seconds = iter(range(1000))

    def up(body: bytes) -> None:
        prices.accept(proposed(body), "upload", NOW + timedelta(seconds=next(seconds)))

    return up


def proposed(body: bytes, header: bytes = HEADER) -> prices.FigureProposal:
    return prices.propose_figures(read_figures(header + body), TODAY)


def total() -> float:
    return evaluate(opening()).custom.quote.total_usd.mid


# --- what is taken up -------------------------------------------------------------------------------------------------


def test_labour_of_the_shops_own_changes_the_price_and_its_source_names_the_shop_and_the_day(
    take_up: Callable[[bytes], None],
) -> None:
    before = evaluate(opening())
    take_up(b"set_prong_center,100,120,180,USD/stone,2026-11-20,our setter\n")
    after = evaluate(opening())
    row = reference.load().labour["set_prong_center"]
    assert Range.of(row) == Range(100, 120, 180)
    assert (row.as_of, row.note) == ("2026-11-20", "our setter")
    assert after.reference_version != before.reference_version
    assert after.custom.quote.total_usd.mid > before.custom.quote.total_usd.mid
    making = next(line for line in after.custom.quote.lines if line.item == "making")
    assert "The shop's own, 20 November 2026" in making.source
    assert making.as_of == "2026-11-20"
    listed = [number for number in reference.numbers(reference.load()) if number.id == "set_prong_center"]
    assert [source.title for source in listed[0].sources] == ["The shop's own, 20 November 2026"]


def test_what_the_shop_adds_can_be_set_and_is_still_told_to_nobody(take_up: Callable[[bytes], None]) -> None:
    before = total()
    take_up(MARGIN + b",2.2,2.3,2.4,x,2026-11-20,our secret\n")
    assert total() > before
    both = evaluate(opening())
    said = f"{both.custom.quote.lines} {whys(both)} {reference.numbers(reference.load())}"
    assert "our secret" not in said
    assert not any(number.id in reference.SHOP_ONLY for number in reference.numbers(reference.load()))


def test_a_margin_in_percent_is_read_as_the_share_of_the_price(take_up: Callable[[bytes], None]) -> None:
    take_up(MARGIN + b",,50,,%,2026-11-20,\n")
    assert reference.load().assumptions[MARGIN.decode()].mid == pytest.approx(2)


def test_a_gem_of_the_shops_own_moves_at_every_weight(take_up: Callable[[bytes], None]) -> None:
    before = reference.load().gems["sapphire_blue"]
    low, high = before.price_usd_per_ct[2][1:]
    take_up(f"gem_sapphire_blue,{low * 2},,{high * 3},USD/ct,2026-11-20,\n".encode())
    after = reference.load().gems["sapphire_blue"]
    for (carat, one, two), (same, three, four) in zip(before.price_usd_per_ct, after.price_usd_per_ct, strict=True):
        assert (carat, one * 2, two * 3) == (same, pytest.approx(three), pytest.approx(four))
    assert after.price_as_of == "2026-11-20"


def test_a_tax_of_the_shops_own_is_in_the_price(take_up: Callable[[bytes], None]) -> None:
    before = evaluate(opening(), Scenario(country="gb")).custom.quote.total_usd.mid
    take_up(b"tax_gb,,25,,%,2026-11-20,\n")
    after = evaluate(opening(), Scenario(country="gb")).custom.quote.total_usd.mid
    assert after == pytest.approx(before * 1.25 / 1.20, rel=1e-4)


def test_every_figure_that_can_be_set_changes_its_row(take_up: Callable[[bytes], None]) -> None:
    rows = reference.settable(reference.load())
    assert {"bench_rate_usd_per_hour", "gem_emerald", "tax_us", "casting_metal_markup", "diamond_rebase_2008"} <= set(
        rows
    )
    assert set(rows) >= reference.SHOP_ONLY
    assert not [id for id in rows if id.startswith("mass_")], "other shops' figures are not this shop's to set"
    lines = []
    for row in rows.values():
        ends = [None if value is None else value * 1.05 for value in (row.low, row.mid, row.high)]
        if row.has_mid and ends[1] is None:
            given = [value for value in ends if value is not None]
            ends[1] = sum(given) / len(given)
        lines.append(
            ",".join([row.id, *("" if end is None else repr(end) for end in ends), row.unit, "2026-11-20", "ours"])
        )
    take_up("\n".join(lines).encode())
    changed = reference.settable(reference.load())
    assert [id for id in rows if changed[id].as_of != "2026-11-20" and not id.startswith("tax_")] == []
    assert [id for id, row in rows.items() if changed[id] == row and any((row.low, row.mid, row.high))] == []


def test_a_row_without_numbers_goes_back_and_the_others_stay(take_up: Callable[[bytes], None]) -> None:
    take_up(b"set_bead,4,9,20,USD/stone,2026-11-20,\nfinal_polish,30,50,90,USD/ring,2026-11-20,\n")
    take_up(b"set_bead,,,,USD/stone,2026-11-20,\n")
    assert reference.load().labour["set_bead"] == reference.delivered().labour["set_bead"]
    assert reference.load().labour["final_polish"].mid == 50


def test_going_back_to_what_was_delivered_is_the_delivered_version(take_up: Callable[[bytes], None]) -> None:
    take_up(b"set_bead,4,9,20,USD/stone,2026-11-20,\n")
    first = reference.load().version
    prices.accept(
        prices.propose(read_upload(b"element,date,usd_per_troy_ounce\ngold,2026-11-20,4300\n"), TODAY, BY_HAND),
        "upload",
        NOW + timedelta(minutes=1),
    )
    both = reference.load().version
    prices.accept(prices.back_to(()), "back", NOW + timedelta(minutes=2))
    prices.accept(prices.as_delivered(), "back", NOW + timedelta(minutes=3))
    assert reference.load().version == reference.delivered().version
    assert [state.version for state in reversed(prices.history())][:2] == [first, both]
    assert prices.history()[0].version == reference.delivered().version
    [kept] = [state for state in prices.history() if state.version == first]
    prices.accept(prices.earlier(kept.name), "back", NOW + timedelta(minutes=4))
    assert reference.load().version == first


def test_a_broken_file_leaves_the_last_good_figures(take_up: Callable[[bytes], None], shop_folder: Path) -> None:
    take_up(b"set_bead,4,9,20,USD/stone,2026-11-20,\n")
    (shop_folder / "figures-20301122T120000000000Z-upload.csv").write_text("id,low\nset_bead,1\n")
    assert reference.load().labour["set_bead"].mid == 9


def test_a_table_with_semicolons_may_have_decimal_commas(take_up: Callable[[bytes], None]) -> None:
    german = b"id;low;mid;high;unit;date;note\nset_bead;3,5;7,25;15;USD/stone;2026-11-20;\n"
    prices.accept(prices.propose_figures(read_figures(german), TODAY), "upload", NOW)
    assert Range.of(reference.load().labour["set_bead"]) == Range(3.5, 7.25, 15)


# --- what is refused --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "The file is empty"),
        (HEADER, "There is no figure in it"),
        (b"id,low,mid,high,unit\nset_bead,1,2,3,USD/stone\n", "The column date is missing"),
        (HEADER + b"set_prong_centre,30,60,150,USD/stone,2026-11-20,\n", "the nearest is set_prong_center"),
        (HEADER + b"set_bead,3,7,15,EUR/stone,2026-11-20,\n", "the unit is “EUR/stone”"),
        (HEADER + b"set_bead,3,-7,15,USD/stone,2026-11-20,\n", "mid is “-7”, which is less than nothing"),
        (HEADER + b"set_bead,3,7000,8000,USD/stone,2026-11-20,\n", "too far from the delivered figure"),
        (HEADER + b"set_bead,20,7,15,USD/stone,2026-11-20,\n", "low, mid and high should not fall: 20, 7, 15"),
        (HEADER + b"set_bead,3,,15,USD/stone,2026-11-20,\n", "mid is missing"),
        (HEADER + b"set_bead,3,7,15,USD/stone,2026-11-23,\n", "23 November 2026 is in the future"),
        (HEADER + b"set_bead,3,7,15,USD/stone,20 Nov,\n", "give a day such as 2026-11-22"),
        (HEADER + b"set_bead,3,nan,15,USD/stone,2026-11-20,\n", "not a finite number"),
        (HEADER + "set_bead,3,€7,15,USD/stone,2026-11-20,\n".encode(), "write a plain number such as 4100.50"),
        (HEADER + b'set_bead,3,"1,200",1500,USD/stone,2026-11-20,\n', "write a plain number such as 4100.50"),
        (HEADER + b"set_bead,3,7,15,USD/stone,2026-11-20," + b"n" * 121 + b"\n", "up to 120 characters"),
        (HEADER + b"set_bead,3,7,15,USD/stone,2026-11-20,\n" * 2, "Line 3: set_bead is there twice"),
        (HEADER + b"gem_emerald,100,200,300,USD/ct,2026-11-20,\n", "has a low and a high, and no mid"),
        (HEADER + b"tax_gb,,100,,%,2026-11-20,\n", "100 % is as much as the price itself or more"),
        (HEADER + b"tax_atlantis,,20,,%,2026-11-20,\n", "is no figure that can be set; the nearest is tax_"),
        (HEADER + MARGIN + b",1,1,1,x,2026-11-20,\n", "a margin of 0 % or less"),
        (HEADER + MARGIN + b",,0,,%,2026-11-20,\n", "a margin of 0 % or less"),
        (HEADER + MARGIN + b",,100,,%,2026-11-20,\n", "a margin of 100 % would leave nothing of the price"),
        (HEADER + b"keystone_multiple,2,2,3,x,2026-11-20,\n", "is no figure that can be set"),
        (HEADER + b"set_bead,3,7,15,USD/stone,2026-11-20,\n" * 501, "up to 500"),
    ],
)
def test_a_bad_figure_is_refused_in_a_sentence_and_the_last_good_one_stays(
    data: bytes, sentence: str, take_up: Callable[[bytes], None]
) -> None:
    take_up(b"final_polish,30,50,90,USD/ring,2026-11-20,\n")
    version = reference.load().version
    with pytest.raises(RefusedPrices) as caught:
        prices.propose_figures(read_figures(data), TODAY)
    assert sentence in str(caught.value)
    assert reference.load().version == version


def test_figures_in_use_already_are_no_change(take_up: Callable[[bytes], None]) -> None:
    body = b"set_bead,4,9,20,USD/stone,2026-11-20,\n"
    take_up(body)
    with pytest.raises(RefusedPrices, match="nothing would change"):
        proposed(body)
