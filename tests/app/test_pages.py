"""Every page opens, every pick changes the design, and nothing a visitor does loses it."""

import io
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

import pytest
from PIL import Image, ImageDraw
from streamlit.testing.v1 import AppTest

from configurator import charts, evaluate, geometry, presets, wording
from configurator.design import Design, Inscription, InvalidDesign, Stone
from configurator.scenario import Scenario
from configurator.ui import compare_room, scenario_form, state, stone_form, words_form
from tests.app.asked import answer, asked
from tests.app.shown import drawn, html

PAGES = sorted(f"pages/{page.name}" for page in (Path(__file__).parents[2] / "pages").glob("*.py"))
Visit = Callable[[AppTest, str], AppTest]
STONE = {"role": "center", "cut": "oval", "length_mm": 8.0, "width_mm": 6.0}


def design(app: AppTest) -> Design:
    return Design.from_json(app.session_state["design_json"])


def state_of(app: AppTest) -> Scenario:
    if "scenario_json" not in app.session_state:
        return Scenario()
    return Scenario.model_validate_json(app.session_state["scenario_json"])


def topic(app: AppTest, name: str) -> AppTest:
    app.button_group(key="topic").set_value(name).run()
    assert not app.exception
    return app


@pytest.mark.parametrize("page", PAGES)
def test_every_page_opens_from_a_deep_link(app: AppTest, visit: Visit, page: str) -> None:
    visit(app, page)
    assert not app.error


def test_it_opens_on_a_finished_design(app: AppTest) -> None:
    assert design(app) == presets.opening()
    assert "off the shelf" in html(app)


@pytest.mark.parametrize("name", ["Piece", "Metal", "Stones", "Inscription", "Details"])
def test_every_topic_opens(app: AppTest, name: str) -> None:
    topic(app, name)


@pytest.mark.parametrize("preset", presets.presets(), ids=lambda preset: preset.id)
@pytest.mark.parametrize("page", PAGES)
def test_every_preset_shows_on_every_page(visit: Visit, preset: presets.Preset, page: str) -> None:
    app = AppTest.from_file(str(Path(__file__).parents[2] / "app.py"), default_timeout=60)
    app.query_params["d"] = preset.design.to_link()
    app.run()
    assert design(app) == preset.design
    visit(app, page)


def test_a_wider_band_is_heavier_and_undo_takes_it_back(app: AppTest) -> None:
    topic(app, "Details")
    before = design(app)
    slider = app.slider(key="option.solitaire.width_mm")
    slider.set_value(slider.value + 0.5).run()
    assert design(app).options["width_mm"] == pytest.approx(before.options["width_mm"] + 0.5)
    app.button(key="undo").click().run()
    assert design(app) == before
    assert app.slider(key="option.solitaire.width_mm").value == before.options["width_mm"]


def test_a_gem_that_is_grown_can_be_had_both_ways_and_undo_takes_it_back(app: AppTest) -> None:
    topic(app, "Stones")
    before = design(app)
    natural = before.stones[0].gem
    app.button_group(key="origin.center").set_value(f"{natural}_lab").run()
    assert not app.exception
    assert design(app).stones[0].gem == f"{natural}_lab"
    app.button(key="undo").click().run()
    assert design(app) == before


@pytest.mark.parametrize(
    ("before", "tile", "after"),
    [
        ("ruby", "emerald", "emerald"),
        ("ruby_lab", "emerald", "emerald_lab"),
        ("diamond_lab", "peridot", "peridot"),  # not grown
        ("moissanite", "ruby", "ruby"),
    ],
)
def test_who_wants_it_grown_keeps_it_grown_where_it_is(
    monkeypatch: pytest.MonkeyPatch, before: str, tile: str, after: str
) -> None:
    start = state.edited(presets.opening(), stones=[{**STONE, "gem": before}])
    steps: list[Design] = []
    monkeypatch.setattr(state, "current", lambda: start)
    monkeypatch.setattr(state, "change", lambda step: steps.append(step(start)))
    stone_form._change_gem("center", tile)
    assert [design.stones[0].gem for design in steps] == [after]
    assert evaluate.complete(steps[0])


@pytest.mark.parametrize(
    ("style", "before", "cut", "tile", "after"),
    [
        ("bezel", "diamond", "princess", "moonstone", "round_cabochon"),
        ("bezel", "moonstone", "oval_cabochon", "opal", "oval_cabochon"),
        ("bezel", "turquoise", "oval", "lapis", "oval"),  # faceted by choice, and both are usually domes
        ("bezel", "moonstone", "oval_cabochon", "ruby", "round_brilliant"),
        ("bezel", "amethyst", "oval_cabochon", "ruby", "oval_cabochon"),
        ("bypass", "diamond", "oval", "opal", "oval"),  # which takes no dome
        ("pearl", "pearl", "sphere", "turquoise", "sphere"),
    ],
)
def test_a_gem_of_another_nature_comes_in_its_own_cut(
    monkeypatch: pytest.MonkeyPatch, style: str, before: str, cut: str, tile: str, after: str
) -> None:
    width_mm = 6.0
    length_mm = width_mm if cut in ("princess", "sphere") else 7.8
    stone = {"role": "center", "gem": before, "cut": cut, "length_mm": length_mm, "width_mm": width_mm}
    start = evaluate.complete(Design.from_dict({"piece": "ring", "style": style, "stones": [stone]}))
    steps: list[Design] = []
    monkeypatch.setattr(state, "current", lambda: start)
    monkeypatch.setattr(state, "change", lambda step: steps.append(step(start)))
    stone_form._change_gem("center", tile)
    (changed,) = evaluate.complete(steps[0]).stones
    assert (changed.gem, changed.cut, changed.width_mm) == (tile, after, width_mm)


def test_a_pearl_in_prongs_is_refused_and_nothing_is_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    start = evaluate.complete(Design(piece="ring", style="solitaire"))
    steps: list[Design] = []
    monkeypatch.setattr(state, "current", lambda: start)
    monkeypatch.setattr(state, "change", lambda step: steps.append(step(start)))
    stone_form._change_gem("center", "pearl")
    with pytest.raises(InvalidDesign, match="choose the style Pearl"):
        evaluate.complete(steps[0])


@pytest.mark.parametrize("there", ["pearl", "solitaire", "bezel", "bypass"])
def test_a_ring_of_one_stone_turns_into_a_pearl_ring_and_back(there: str) -> None:
    width_mm = 2.4
    start = evaluate.complete(Design(piece="ring", style=there, options={"width_mm": width_mm}))
    for style in ("pearl", "solitaire", "pearl", "bezel"):
        start = evaluate.restyled(start, style)
        assert start.style == style
        assert (start.stones[0].gem == "pearl") == (style == "pearl")
        assert start.options["width_mm"] == width_mm, "what the new style can keep it keeps"


def test_words_are_cut_and_taken_out_again(app: AppTest) -> None:
    topic(app, "Inscription")
    app.text_input(key="words.inside.0").set_value("Always").run()
    assert design(app).inscriptions[0].text == "Always"
    app.text_input(key="words.inside.0").set_value("").run()
    assert design(app).inscriptions == ()


def test_every_place_of_a_piece_takes_several_lines_and_gives_them_back(app: AppTest) -> None:
    state_before = design(app)
    app.session_state["design_json"] = evaluate.complete(Design(piece="ring", style="signet")).to_json()
    topic(app, "Inscription")
    assert app.button_group(key="words.place.ring.signet").options == ["Inside", "Outside", "Table"]
    app.button_group(key="words.place.ring.signet").set_value("front").run()
    app.text_input(key="words.front.0").set_value("AB").run()
    app.button(key="words.more").click().run()
    app.text_input(key="words.front.1").set_value("2026").run()
    assert [(line.place, line.text) for line in design(app).inscriptions] == [("front", "AB"), ("front", "2026")]
    app.button_group(key="words.which.front.2").set_value(1).run()
    app.slider(key="words.height").set_value(1.2).run()
    app.button_group(key="words.raised").set_value(True).run()
    assert [(line.height_mm, line.raised) for line in design(app).inscriptions] == [(2.5, False), (1.2, True)]
    app.text_input(key="words.front.0").set_value("").run()
    assert [line.text for line in design(app).inscriptions] == ["2026"]
    assert design(app) != state_before
    assert not app.exception


def test_a_symbol_is_put_after_the_words(app: AppTest) -> None:
    topic(app, "Inscription")
    app.text_input(key="words.inside.0").set_value("Anna").run()
    app.button_group(key="words.symbol").set_value("♥").run()
    assert design(app).inscriptions[0].text == "Anna ♥"
    assert app.button_group(key="words.symbol").value is None


@pytest.mark.parametrize("symbol", words_form.SYMBOLS)
def test_every_symbol_that_is_offered_can_be_made(symbol: str) -> None:
    line = Inscription(text=symbol, font="script")
    evaluate.shape(evaluate.complete(Design(piece="ring", style="plain_band", inscriptions=[line])))


def test_words_that_are_too_large_can_be_made_to_fit(app: AppTest) -> None:
    topic(app, "Inscription")
    app.text_input(key="words.inside.0").set_value("Forever").run()
    app.slider(key="words.height").set_value(3.0).run()
    assert "It fits at" in html(app)
    assert app.slider(key="words.height").value == 3.0
    app.button(key="words.fit").click().run()
    assert f"It fits at {design(app).inscriptions[0].height_mm:.1f} mm" not in html(app)
    assert 0.6 < design(app).inscriptions[0].height_mm < 3.0
    assert not [button for button in app.button if button.key == "words.fit"]


def test_words_of_a_place_that_a_new_style_lacks_are_left_out() -> None:
    lines = [Inscription(text="AB", place="front"), Inscription(text="Always")]
    signet = evaluate.complete(Design(piece="ring", style="signet", inscriptions=lines))
    assert [line.text for line in evaluate.restyled(signet, "plain_band").inscriptions] == ["Always"]


@pytest.mark.parametrize("words", ["W" * 60, "abc\u202edef", "\u0007bell"])
def test_words_that_cannot_be_cut_are_refused_and_nothing_is_lost(app: AppTest, words: str) -> None:
    topic(app, "Inscription")
    before = design(app)
    app.text_input(key="words.inside.0").set_value(words).run()
    assert not app.exception
    assert design(app) == before
    assert "Kept as it was" in html(app)


@pytest.mark.parametrize("token", ["nonsense", "%3Cscript%3E", "A" * 3_000])
def test_a_broken_link_opens_the_front_design_with_a_sentence(token: str) -> None:
    app = AppTest.from_file(str(Path(__file__).parents[2] / "app.py"), default_timeout=60)
    app.query_params["d"] = token
    app.run()
    assert not app.exception
    assert design(app) == presets.opening()
    assert "link is broken" in html(app)


def test_the_design_follows_the_visitor_from_page_to_page(app: AppTest, visit: Visit) -> None:
    topic(app, "Details")
    app.slider(key="option.solitaire.width_mm").set_value(2.6).run()
    changed = design(app)
    for page in [*PAGES, PAGES[0]]:
        visit(app, page)
    assert design(app) == changed
    link = app.query_params["d"]
    assert Design.from_link(link if isinstance(link, str) else link[0]) == changed


def test_a_tap_that_still_carries_the_address_from_before_the_last_one_loses_nothing(app: AppTest) -> None:
    topic(app, "Details")
    before = app.query_params["d"]
    app.slider(key="option.solitaire.width_mm").set_value(2.6).run()
    app.query_params["d"] = before  # what a quick second tap brings along
    app.slider(key="option.solitaire.thickness_mm").set_value(2.2).run()
    assert design(app).options["width_mm"] == pytest.approx(2.6)
    assert design(app).options["thickness_mm"] == pytest.approx(2.2)


def test_a_stone_chosen_before_a_plain_band_is_still_there_after_it(app: AppTest) -> None:
    ruby = Stone(role="center", gem="ruby", cut="oval", length_mm=8.0, width_mm=6.0)
    chosen = presets.opening().model_copy(update={"stones": (ruby,)})
    plain = evaluate.restyled(chosen, "plain_band")
    assert evaluate.restyled(plain, "solitaire", chosen.stones).stones[0].gem == "ruby"


def test_refused_words_stay_in_the_box_to_be_mended(app: AppTest) -> None:
    topic(app, "Inscription")
    app.text_input(key="words.inside.0").set_value("W" * 60).run()
    assert app.text_input(key="words.inside.0").value == "W" * 60


def test_the_first_words_of_a_plain_piece_stay_in_the_box_when_they_are_refused(app: AppTest) -> None:
    app.session_state["design_json"] = evaluate.complete(Design(piece="pendant", style="disc")).to_json()
    topic(app, "Inscription")
    app.text_input(key="words.front.0").set_value("M" * 60).run()
    assert not app.exception
    assert app.text_input(key="words.front.0").value == "M" * 60
    assert design(app).inscriptions == ()


def test_initials_become_a_monogram_and_a_line_again(app: AppTest) -> None:
    app.session_state["design_json"] = evaluate.complete(Design(piece="pendant", style="disc")).to_json()
    topic(app, "Inscription")
    app.text_input(key="words.front.0").set_value("AKM").run()
    app.button_group(key="words.arrangement").set_value("ringed_monogram").run()
    assert not app.exception
    assert [(line.arrangement, line.height_mm) for line in design(app).inscriptions] == [("ringed_monogram", 6.0)]
    app.text_input(key="words.front.0").set_value("AKMO").run()
    assert "two or three letters" in html(app)
    assert design(app).inscriptions[0].text == "AKM"
    app.text_input(key="words.front.0").set_value("AK").run()
    app.button_group(key="words.arrangement").set_value("line").run()
    assert [(one.arrangement, one.text, one.height_mm) for one in design(app).inscriptions] == [("line", "AK", 2.5)]


def ink(width: int = 900, height: int = 600, paper: int = 255) -> bytes:
    """A picture of a ring of ink."""
    picture = Image.new("L", (width, height), paper)
    ImageDraw.Draw(picture).ellipse((250, 100, 650, 500), outline=20, width=60)
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


def test_a_picture_of_handwriting_becomes_a_line_that_can_be_taken_out_again(app: AppTest) -> None:
    app.session_state["design_json"] = evaluate.complete(Design(piece="pendant", style="disc")).to_json()
    topic(app, "Inscription")
    app.file_uploader[0].upload("ring.png", ink(), "image/png").run()
    assert not app.exception
    [line] = design(app).inscriptions
    assert (line.place, line.height_mm, len(line.drawing or ())) == ("front", 5.0, 2)
    app.text_input(key="words.front.0").set_value("").run()
    assert design(app).inscriptions == ()


def test_a_file_that_is_no_picture_is_refused_in_a_sentence(app: AppTest) -> None:
    topic(app, "Inscription")
    before = design(app)
    app.file_uploader[0].upload("words.png", b"nothing of the kind", "image/png").run()
    assert not app.exception
    assert "not a picture that can be read" in html(app)
    assert design(app) == before


def test_start_over_opens_the_first_design_and_can_be_undone(app: AppTest) -> None:
    topic(app, "Details")
    app.slider(key="option.solitaire.width_mm").set_value(2.6).run()
    changed = design(app)
    app.button(key="restart").click().run()
    assert design(app) == presets.opening()
    app.button(key="undo").click().run()
    assert design(app) == changed


def test_compare_shows_both_pieces_with_their_numbers(app: AppTest, visit: Visit) -> None:
    visit(app, "pages/compare.py")
    viewers = [one for one in app.get("bidi_component") if one.proto.component_name == "keepsake_viewer"]
    assert len(viewers) == html(app).count("ks-facts") == 2


def test_sources_can_be_searched(app: AppTest, visit: Visit) -> None:
    visit(app, "pages/sources.py")
    everything = len(app.dataframe[0].value)
    app.text_input(key="sources.search").set_value("14k yellow density").run()
    found = app.dataframe[0].value
    assert 0 < len(found) < everything
    assert found["quantity"].str.contains("14k", case=False).all()


@pytest.mark.parametrize("style", geometry.STYLES["ring"])
def test_every_style_can_be_opened_by_link_and_shows_its_options(style: str) -> None:
    app = AppTest.from_file(str(Path(__file__).parents[2] / "app.py"), default_timeout=60)
    app.query_params["d"] = Design(piece="ring", style=style).to_link()
    app.run()
    assert not app.exception
    topic(app, "Details")
    topic(app, "Stones")
    assert design(app).style == style


def test_another_kind_of_piece_keeps_the_metal_and_the_ring_waits_as_it_was(app: AppTest) -> None:
    topic(app, "Piece")
    before = design(app)
    app.button_group(key="piece").set_value("pendant").run()
    assert not app.exception
    assert (design(app).piece, design(app).metal) == ("pendant", before.metal)
    assert design(app).inner_diameter_mm is None
    assert all(box.key != "ring_size" for box in app.selectbox)
    app.button_group(key="piece").set_value("ring").run()
    assert design(app) == before


KINDS = [f"{piece}/{style}" for piece, styles in geometry.STYLES.items() for style in styles]


@pytest.mark.parametrize("kind", KINDS)
def test_every_topic_opens_for_every_style(app: AppTest, kind: str) -> None:
    piece, _, style = kind.partition("/")
    wanted = evaluate.complete(Design(piece=piece, style=style))
    app.query_params["d"] = wanted.to_link()
    app.run()
    assert design(app) == wanted
    for name in ("Metal", "Stones", "Inscription", "Details", "Piece"):
        topic(app, name)
        assert design(app) == wanted


def test_a_stones_proportions_move_inside_the_trades_ranges(app: AppTest) -> None:
    oval = Stone(role="center", gem="ruby", cut="oval", length_mm=8.4, width_mm=6.0)
    app.query_params["d"] = evaluate.complete(Design(piece="ring", style="solitaire", stones=(oval,))).to_link()
    app.run()
    topic(app, "Stones")
    app.button_group(key="stone.part").set_value("Size and grade").run()
    ratio, depth = app.slider(key="ratio.center"), app.slider(key="depth.center")
    assert (ratio.min, ratio.max, depth.min, depth.max) == (1.3, 1.7, 58.0, 63.0)
    app.slider(key="ratio.center").set_value(1.5).run()
    app.slider(key="depth.center").set_value(62.0).run()
    assert not app.exception
    (stone,) = design(app).stones
    assert (stone.length_mm, stone.width_mm, stone.depth_mm) == (9.0, 6.0, 3.72)
    assert evaluate.shape(design(app)).measures.stones[0].depth_mm == pytest.approx(3.72)
    table, crown = app.slider(key="table.center"), app.slider(key="crown.center")
    assert (table.min, table.max, crown.min, crown.max) == (53.0, 63.0, 12.0, 15.0)
    app.slider(key="table.center").set_value(58.0).run()
    app.slider(key="crown.center").set_value(13.0).run()
    assert not app.exception
    (stone,) = design(app).stones
    assert (stone.depth_mm, stone.table_pct, stone.crown_height_pct) == (3.72, 58.0, 13.0)


@pytest.mark.parametrize("group", charts.groups("compare"))
def test_compare_draws_one_question_at_a_time_and_says_each_chart_in_words(
    app: AppTest, visit: Visit, group: str
) -> None:
    visit(app, "pages/compare.py")
    answer(app, compare_room.QUESTION, group)
    assert not app.exception
    wanted, shown = charts.on_page("compare", group), drawn(app)
    found = evaluate.evaluate(design(app))
    for plot, chart in zip(shown, wanted, strict=True):
        assert plot["title"] == chart.title
        assert plot["said"] == chart.verdict(found)
        assert plot["numbers"] == "closed"
        assert bool(plot["figure"]) == (chart.worth_drawing is None or chart.worth_drawing(found))
        if not plot["figure"]:
            continue
        assert plot["alt"].startswith(f"{chart.title}. ")
        assert len(plot["alt"]) > len(chart.title) + 40
        assert plot["figure"]["data"]
        assert plot["figure"]["layout"]["height"] > 0, "room is kept before it is drawn"
    assert not app.get("download_button"), "tables are made when they are opened"
    for chart in wanted:
        app.session_state[f"chart.{chart.id}.numbers"] = True
    app.run()
    assert not app.exception
    assert len(app.get("download_button")) == len(app.dataframe) == sum(chart.table is not None for chart in wanted)


def test_an_assumption_changes_the_numbers_follows_to_the_design_page_and_is_taken_back(
    app: AppTest, visit: Visit
) -> None:
    visit(app, "pages/compare.py")
    answer(app, compare_room.QUESTION, "lasts")
    before = html(app)
    answer(app, "wearer", "manual")
    assert not app.exception
    assert state_of(app) == Scenario(wearer="manual")
    assert html(app) != before
    assert "how it is worn: manual work" in html(app)
    visit(app, "pages/design.py")
    manual = evaluate.evaluate(design(app), Scenario(wearer="manual")).custom.durability.first_service_years.mid
    assert manual < evaluate.evaluate(design(app)).custom.durability.first_service_years.mid
    assert wording.years(manual) in html(app)
    visit(app, "pages/compare.py")
    app.button(key="scenario.usual").click().run()
    assert state_of(app) == Scenario()


def test_every_assumption_can_be_changed_within_its_bounds_and_emptied(app: AppTest, visit: Visit) -> None:
    visit(app, "pages/compare.py")
    answer(app, compare_room.QUESTION, "why")
    answer(app, "discount_rate_pct", 3.0)
    answer(app, "labour_pct", 120.0)
    answer(app, "channel", "auction")
    answer(app, "metal_outlook", "falling")
    answer(app, "tax_pct", 8.5)
    wanted = datetime.now(UTC).date() + timedelta(days=200)
    answer(app, "occasion", wanted.isoformat())
    assert not app.exception
    assert state_of(app) == Scenario(
        discount_rate_pct=3,
        labour_pct=120,
        channel="auction",
        metal_outlook="falling",
        tax_pct=8.5,
        occasion=wanted,
    )
    answer(app, "occasion", None)
    answer(app, "tax_pct", None)
    assert (state_of(app).occasion, state_of(app).tax_pct) == (None, None)
    slider = asked(app)["labour_pct"]
    assert (slider["low"], slider["high"]) == (40, 300)


def test_every_field_of_the_scenario_is_asked_for_in_words_or_somewhere_else() -> None:
    for name, about in Scenario.model_fields.items():
        if name not in scenario_form.ELSEWHERE:
            words = scenario_form.words_of(name)
            assert words.does.endswith(".")
            choices = get_args(about.annotation) if get_origin(about.annotation) is Literal else ()
            assert set(choices) <= set(words.choices), name
    assert set(scenario_form.WORDS) <= set(Scenario.model_fields)


# Another value of each field than the usual one, with the day to begin where only that makes dates.
OTHERWISE: dict[str, list[dict[str, Any]]] = {
    "wearer": [{"wearer": "manual"}],
    "country": [{"country": "gb"}, {"country": "gb", "start": date(2027, 3, 22)}],
    "tax_pct": [{"tax_pct": 12.0}],
    "metal_outlook": [{"metal_outlook": "falling"}],
    "channel": [{"channel": "scrap"}],
    "discount_rate_pct": [{"discount_rate_pct": 4.0}],
    "labour_pct": [{"labour_pct": 140.0}],
    "start": [{"start": date(2027, 3, 22)}],
    "occasion": [{"start": date(2027, 3, 22), "occasion": date(2027, 6, 1)}],
}


def test_a_question_asks_for_every_assumption_that_changes_its_charts_and_for_no_other() -> None:
    groups = charts.groups("compare")

    def drawn(design: Design, scenario: Scenario) -> dict[str, list[tuple[str, ...]]]:
        found = evaluate.evaluate(design, scenario)
        return {
            group: [
                (chart.draw(found).to_json(), *(said(found) for said in (chart.verdict, chart.alt) if said))
                for chart in charts.on_page("compare", group)
            ]
            for group in groups
        }

    moved: dict[str, set[str]] = {group: set() for group in groups}
    for preset in presets.presets()[::4]:
        for name, others in OTHERWISE.items():
            for other in others:
                beside = {"start": other["start"]} if name != "start" and "start" in other else {}
                before, after = (drawn(preset.design, Scenario(**fields)) for fields in (beside, other))
                for group in groups:
                    if before[group] != after[group]:
                        moved[group].add(name)
    assert set(OTHERWISE) == set(scenario_form.ASKED)
    assert moved == {group: set(scenario_form.asked_for(group)) for group in groups}


def test_an_assumption_out_of_bounds_is_refused_in_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    session: dict[str, object] = {}
    monkeypatch.setattr(state.st, "session_state", session)
    assert state.assume(labour_pct=150)
    assert not state.assume(labour_pct=1000)
    assert state.refusal() == "labour_pct is 1000; it can be at most 300."
    assert state.scenario().labour_pct == 150
    state.assume_the_usual()
    assert state.scenario() == Scenario()
    assert state.refusal() is None


def test_the_neighbours_wait_until_they_are_asked_for(app: AppTest, visit: Visit) -> None:
    visit(app, "pages/compare.py")
    answer(app, compare_room.QUESTION, "near")
    assert drawn(app) == []
    app.button(key="neighbours.try").click().run()
    assert not app.exception
    assert len(drawn(app)) == 1
