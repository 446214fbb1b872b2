"""The shop's own prices: what is taken up, what is refused and why, the history, and what a feed may bring."""

import json
import threading
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from configurator import prices, reference
from configurator.evaluate import evaluate
from configurator.presets import opening
from configurator.prices import BY_FEED, BY_HAND, Given, RefusedPrices, feed, read_upload
from configurator.reference import shop_prices

TODAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
HEADER = b"element,date,usd_per_troy_ounce\n"


pytestmark = pytest.mark.usefixtures("shop_folder")


def uploaded(body: bytes) -> prices.Proposal:
    return prices.propose(read_upload(HEADER + body), TODAY, BY_HAND)


def taken_up(body: bytes, later: timedelta = timedelta(0)) -> None:
    prices.accept(uploaded(body), "upload", NOW + later)


def in_use(element: str) -> tuple[float, str]:
    price = reference.load().latest_spot(element)
    return price.usd_per_troy_ounce, price.date


def refusal(data: bytes) -> str:
    with pytest.raises(RefusedPrices) as caught:
        prices.propose(read_upload(data), TODAY, BY_HAND)
    return str(caught.value)


# --- what is taken up -------------------------------------------------------------------------------------------------


def test_a_new_price_is_in_the_next_evaluation_and_the_version_says_so() -> None:
    before = evaluate(opening())
    gold = reference.load().latest_usd_per_g("gold")
    taken_up(b"gold,2026-11-20,4650.8\n")  # a tenth more
    after = evaluate(opening())
    assert reference.load().latest_usd_per_g("gold") == pytest.approx(gold * 1.1)
    assert after.reference_version != before.reference_version
    assert after.custom.quote.as_of == "2026-11-20"
    [metal] = [line for line in after.custom.quote.lines if line.kind == "metal"]
    [metal_before] = [line for line in before.custom.quote.lines if line.kind == "metal"]
    assert metal_before.mid < metal.mid < metal_before.mid * 1.1 + 0.01, "14k gold is not all gold"
    assert "The shop's own price table" in metal.source
    assert [price.date for price in after.custom.quote.metal_prices if price.element == "gold"] == ["2026-11-20"]


def test_an_evaluation_from_before_can_be_had_again_by_going_back() -> None:
    before = evaluate(opening())
    taken_up(b"gold,2026-11-20,4650.8\n")
    first = evaluate(opening())
    taken_up(b"gold,2026-11-21,4300\n", timedelta(hours=1))
    [_, state] = prices.history()
    assert state.version == first.reference_version
    prices.accept(prices.earlier(state.name), "back", NOW + timedelta(hours=2))
    assert evaluate(opening()).custom.quote == first.custom.quote
    prices.accept(prices.as_delivered(), "back", NOW + timedelta(hours=3))
    assert evaluate(opening()).custom.quote == before.custom.quote
    assert len(prices.history()) == 4, "going back adds to the history"


def test_a_metal_that_is_not_in_the_table_keeps_the_shops_price() -> None:
    taken_up(b"gold,2026-11-20,4300\n")
    taken_up(b"silver,2026-11-21,70\n", timedelta(hours=1))
    assert (in_use("gold"), in_use("silver")) == ((4300, "2026-11-20"), (70, "2026-11-21"))


def test_a_wrong_date_can_be_put_right() -> None:
    taken_up(b"gold,2026-11-22,4300\n")
    taken_up(b"gold,2026-11-20,4300\n", timedelta(minutes=1))
    assert in_use("gold") == (4300, "2026-11-20")


def test_a_table_of_the_series_own_form_is_read() -> None:
    header = b"id,element,date,kind,usd_per_troy_ounce,note,sources,confidence\n"
    row = b'x,gold,2026-11-20,london_fix,4300,"from the refiner, by telephone",whoever,high\n'
    [given] = read_upload(b"\xef\xbb\xbf" + header + row)
    [change] = prices.propose([given], TODAY, BY_HAND).changes
    assert (change.after.kind, change.after.note) == ("london_fix", "from the refiner, by telephone")
    assert change.after.sources == ("shop_prices",), "what staff upload is the shop's own"


def test_nothing_changes_until_it_is_accepted() -> None:
    version = reference.load().version
    uploaded(b"gold,2026-11-20,4300\n")
    assert reference.load().version == version
    assert prices.history() == ()


def test_the_same_prices_give_the_same_version_in_any_session(shop_folder: Path) -> None:
    taken_up(b"gold,2026-11-20,4300\n")
    version = reference.load().version
    [file] = shop_folder.iterdir()
    other = shop_folder.parent / "other"
    other.mkdir()
    (other / file.name).write_bytes(file.read_bytes())
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(shop_prices.FOLDER_SETTING, str(other))
        assert reference.load().version == version


def test_a_table_with_semicolons_may_have_decimal_commas() -> None:
    german = b"element;date;usd_per_troy_ounce\r\ngold;2026-11-20;4300,50\r\n"
    prices.accept(prices.propose(read_upload(german), TODAY, BY_HAND), "upload", NOW)
    assert in_use("gold") == (4300.5, "2026-11-20")


# --- what is refused --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "The file is empty"),
        (b" \n\n", "The file is empty"),
        (HEADER, "There is no price in it"),
        (b"x" * 200_001, "larger than 200 kB"),
        (b"\xff\xfe\x00g", "not UTF-8 text"),
        (b"PK\x03\x04\x00\x00", "not text"),
        (b"element,date,usd_per_g\ngold,2026-11-20,136\n", "usd_per_troy_ounce is missing"),
        (HEADER.strip() + b",eur\ngold,2026-11-20,4300,1\n", "“eur” is not one of"),
        (HEADER + b"gold,2026-11-20\n", "Line 2: there are 2 cells"),
        (HEADER + b'gold,2026-11-20,"4300\n', "this is not CSV"),
        (HEADER + b"gold,2026-11-20,-5\n", "Line 2: the price is “-5”, which is not plausible"),
        (HEADER + b"gold,2026-11-20,0\n", "not plausible"),
        (HEADER + b"gold,2026-11-20,nan\n", "not a finite number"),
        (HEADER + b"gold,2026-11-20,1e400\n", "not a finite number"),
        (HEADER + b'gold,2026-11-20,"4.300,50"\n', "not a number: write a plain number such as 4100.50"),
        (HEADER + b'gold,2026-11-20,"4,100"\n', "without a currency sign or commas"),
        (HEADER + "gold,2026-11-20,€4100\n".encode(), "“€4100”, which is not a number: write a plain number"),
        (b"element;date;usd_per_troy_ounce\ngold;2026-11-20;4.300,50\n", "write a plain number such as 4100.50"),
        (HEADER + b"gold,2026-11-20,\n", "the price is missing"),
        (HEADER + b"gold,2026-11-20,45000\n", "too far from the price in use"),
        (HEADER + b"gold,2026-11-20,138.25\n", "looks like a price per gram"),
        (HEADER + b"silver,2026-11-20,2140\n", "looks like a price per kilogram"),
        (HEADER + b"mithril,2026-11-20,4300\n", "the metal is “mithril”, which should be one of gold"),
        (HEADER + b"gold,2026-11-23,4300\n", "23 November 2026 is in the future; today is 22 November 2026"),
        (HEADER + b"gold,2026-02-30,4300\n", "the date is “2026-02-30”"),
        (HEADER + b"gold,20 Nov 2026,4300\n", "give a day such as 2026-11-22"),
        (HEADER + b"gold,2026-11-20,4300\ngold,2026-11-20,4310\n", "Line 3: gold of 20 November 2026 is there twice"),
        (HEADER + b"gold,2026-03-20,4300\n", "older than the price that came with Keepsake (June 2026)"),
        (HEADER.strip() + b",kind\ngold,2026-11-20,4300,monthly_average\n", "only prices of a day"),
        (HEADER.strip() + b",note\ngold,2026-11-20,4300," + b"n" * 121 + b"\n", "up to 120 characters"),
        (HEADER + b"gold,2026-11-20,4300\n" * 501, "up to 500"),
    ],
)
def test_bad_prices_are_refused_in_a_sentence_and_the_last_good_ones_stay(data: bytes, sentence: str) -> None:
    taken_up(b"silver,2026-11-20,70\n")
    version = reference.load().version
    assert sentence in refusal(data)
    assert reference.load().version == version


def test_every_wrong_line_is_named() -> None:
    told = refusal(HEADER + b"gold,2026-11-20,-5\nmithril,2026-11-20,5\nsilver,2027-11-20,70\n")
    assert all(f"Line {line}:" in told for line in (2, 3, 4))


def test_prices_in_use_already_are_no_change() -> None:
    taken_up(b"gold,2026-11-20,4300\n")
    assert "nothing would change" in refusal(HEADER + b"gold,2026-11-20,4300\n")


def test_of_two_who_change_prices_at_once_the_second_looks_again() -> None:
    one, two = uploaded(b"gold,2026-11-20,4300\n"), uploaded(b"gold,2026-11-20,4400\n")
    prices.accept(one, "table", NOW)
    with pytest.raises(RefusedPrices, match="changed by somebody else"):
        prices.accept(two, "table", NOW + timedelta(seconds=1))
    assert in_use("gold")[0] == 4300


def test_a_clock_that_went_back_cannot_hide_a_price_behind_an_older_one() -> None:
    taken_up(b"gold,2026-11-20,4300\n")
    with pytest.raises(RefusedPrices, match="is the clock"):
        taken_up(b"gold,2026-11-21,4400\n", -timedelta(hours=1))


def test_a_folder_that_cannot_be_made_is_a_sentence(shop_folder: Path) -> None:
    shop_folder.parent.write_text("a file where the folder should be", encoding="utf-8")
    with pytest.raises(RefusedPrices, match="cannot be written"):
        taken_up(b"gold,2026-11-20,4300\n")


@pytest.mark.parametrize(
    "junk",
    [
        b"",
        b"\x00\xff",
        b"id,element\n",
        b"id,element,date,kind,usd_per_troy_ounce,note,sources,confidence\n"
        b"gold_x,gold,2026-13,spot,4300,,shop_prices,medium\n",
        b"id,element,date,kind,usd_per_troy_ounce,note,sources,confidence\n"
        b"gold_x,gold,2026-11-20,spot,4300,,nobody,medium\n",
    ],
)
def test_a_broken_file_never_stops_the_app_and_the_newest_whole_one_is_used(shop_folder: Path, junk: bytes) -> None:
    taken_up(b"gold,2026-11-20,4300\n")
    (shop_folder / "prices-20261123T000000000000Z-upload.csv").write_bytes(junk)
    (shop_folder / "notes.csv").write_bytes(junk)
    assert in_use("gold")[0] == 4300
    broken, whole = prices.history()
    assert broken.problem
    assert not broken.version
    assert whole.version == reference.load().version
    with pytest.raises(RefusedPrices, match="cannot be read"):
        prices.earlier(broken.name)


def test_a_price_file_is_written_whole_or_not_at_all(shop_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    taken_up(b"gold,2026-11-20,4300\n")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("configurator.prices.book.os.fsync", full)
    with pytest.raises(RefusedPrices, match="No space left"):
        taken_up(b"gold,2026-11-21,4400\n", timedelta(hours=1))
    assert len(list(shop_folder.iterdir())) == 1
    assert in_use("gold")[0] == 4300


def test_a_name_from_outside_the_history_opens_nothing() -> None:
    with pytest.raises(RefusedPrices, match="no longer in the history"):
        prices.earlier("../prices-20261123T000000000000Z-upload.csv")


# --- the feed ---------------------------------------------------------------------------------------------------------

GOOD = {"XAU": 4165.200195, "XAG": 65.5, "XPT": 1700.0, "XPD": 1600.0}


class Api(ThreadingHTTPServer):
    """A local stand-in for the price API, which answers in its shape or as badly as a test wants."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Answers)
        self.said: dict[str, object] = {}
        self.raw: bytes | None = None
        self.status = 200
        self.wait_s = 0.0
        self.asked: list[str] = []
        for symbol, price in GOOD.items():
            self.say(symbol, price=price)

    def handle_error(self, *_: object) -> None:
        """A visitor who hung up is what some tests are about."""

    def say(self, symbol: str, **fields: object) -> None:
        usual = {
            "currency": "USD",
            "currencySymbol": "$",
            "exchangeRate": 1,
            "name": symbol,
            "symbol": symbol,
            "updatedAt": "2026-11-22T10:08:54Z",
            "updatedAtReadable": "a few seconds ago",
        }
        self.said[symbol] = usual | fields


class _Answers(BaseHTTPRequestHandler):
    server: Api

    def do_GET(self) -> None:
        self.server.asked.append(self.path)
        time.sleep(self.server.wait_s)
        body = self.server.raw
        if body is None:
            body = json.dumps(self.server.said[self.path.rpartition("/")[2]]).encode()
        self.send_response(self.server.status)
        self.send_header("Location", "/price/XAU")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """A test needs no log."""


@pytest.fixture
def api() -> Iterator[Api]:
    with Api() as server:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield server
        server.shutdown()


def gold_api(server: Api) -> feed.GoldApi:
    return feed.GoldApi(address=f"http://127.0.0.1:{server.server_port}", silence_s=0.3, answer_s=0.6, most_bytes=2_000)


def test_a_feed_brings_the_prices_of_the_day(api: Api) -> None:
    assert feed.is_due(NOW)
    assert feed.refresh(gold_api(api), NOW) == "The price feed brought gold, silver, platinum, palladium."
    assert api.asked == ["/price/XAU", "/price/XAG", "/price/XPT", "/price/XPD"]
    assert in_use("gold") == (4165.200195, "2026-11-22")
    assert reference.load().latest_spot("gold").sources == ("gold_api",)
    assert not feed.is_due(NOW)
    assert feed.is_due(NOW + timedelta(days=1))
    assert feed.refresh(gold_api(api), NOW) == "The price feed brought nothing new."


@pytest.mark.parametrize(
    ("raw", "status", "sentence"),
    [
        (b"<html>busy</html>", 200, "not what it should be"),
        (b"\xff\xfe", 200, "not what it should be"),
        (b"[" * 1_900, 200, "not what it should be"),
        (b'{"price": 4165}', 200, "not what it should be"),
        (b'{"symbol": "XAU", "currency": "USD", "price": -1, "updatedAt": "2026-11-22T10:00:00Z"}', 200, "should be"),
        (b'{"symbol": "XAU", "currency": "USD", "price": NaN, "updatedAt": "2026-11-22T10:00:00Z"}', 200, "should be"),
        (b'{"symbol": "XAU", "currency": "USD", "price": "1", "updatedAt": "2026-11-22T10:00:00Z"}', 200, "should be"),
        (b'{"symbol": "XAU", "currency": "USD", "price": 4165, "updatedAt": "yesterday"}', 200, "should be"),
        (b'{"symbol": "XAU", "currency": "EUR", "price": 4165, "updatedAt": "2026-11-22T10:00:00Z"}', 200, "another"),
        (b'{"symbol": "BTC", "currency": "USD", "price": 4165, "updatedAt": "2026-11-22T10:00:00Z"}', 200, "another"),
        (b" " * 5_000, 200, "too long"),
        (b"", 500, "does not answer"),
        (b"", 302, "does not answer"),
    ],
)
def test_garbage_from_a_feed_leaves_the_last_good_prices(api: Api, raw: bytes, status: int, sentence: str) -> None:
    taken_up(b"gold,2026-11-20,4300\n")
    version = reference.load().version
    api.raw, api.status = raw, status
    told = feed.refresh(gold_api(api), NOW)
    assert sentence in told
    assert told.endswith("The last good prices stay.")
    assert reference.load().version == version


def test_a_feed_that_is_silent_is_not_waited_for(api: Api) -> None:
    api.wait_s = 2.0
    began = time.monotonic()
    assert "does not answer" in feed.refresh(gold_api(api), NOW)
    assert time.monotonic() - began < 1.5


def test_a_feed_that_is_not_there_is_a_sentence() -> None:
    with Api() as gone:
        address = f"http://127.0.0.1:{gone.server_port}"
    assert "does not answer" in feed.refresh(feed.GoldApi(address=address, silence_s=0.3), NOW)


def test_a_jump_is_refused_for_its_metal_alone(api: Api) -> None:
    api.say("XAG", price=200.0)
    told = feed.refresh(gold_api(api), NOW)
    assert "brought gold, platinum, palladium." in told
    assert "Silver at 200.00 USD an ounce is too far from the price in use (66.70, June 2026)" in told
    assert "from 53.36 to 83.38 can be taken up" in told  # 25 % either way
    assert in_use("silver") == (66.7, "2026-06")
    assert in_use("gold") == (4165.200195, "2026-11-22")


def test_a_jump_that_a_feed_may_not_make_staff_may() -> None:
    given = Given(where="Silver", element="silver", date="2026-11-22", usd_per_troy_ounce="120")
    with pytest.raises(RefusedPrices, match="too far"):
        prices.propose([given], TODAY, BY_FEED)
    assert prices.propose([given], TODAY, BY_HAND).changes[0].share == pytest.approx(120 / 66.7 - 1)


def test_a_price_from_the_future_is_refused(api: Api) -> None:
    api.say("XAU", price=4165.0, updatedAt="2026-11-25T10:00:00Z")
    assert "in the future" in feed.refresh(gold_api(api), NOW)
    assert in_use("gold") == (4228, "2026-06")


def test_a_price_by_hand_of_today_is_not_overruled(api: Api) -> None:
    taken_up(b"gold,2026-11-22,4300\n")
    assert "silver" in feed.refresh(gold_api(api), NOW + timedelta(minutes=1))
    assert in_use("gold") == (4300, "2026-11-22")


def test_while_a_feed_is_silent_its_last_prices_are_used_and_age(api: Api) -> None:
    feed.refresh(gold_api(api), NOW)
    api.status, api.raw = 503, b""
    later = NOW + timedelta(days=40)
    assert feed.is_due(later)
    assert "does not answer" in feed.refresh(gold_api(api), later)
    assert in_use("gold") == (4165.200195, "2026-11-22")
