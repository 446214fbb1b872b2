"""The rules that make the off-the-shelf piece, each a switch with its source and what it does to price and metal."""

import streamlit as st

from configurator import reference, wording
from configurator.reference import Source
from configurator.reference.facts import ESTIMATE
from configurator.scenario import Scenario
from configurator.shelf_rules import TriedRule, switched, tried
from configurator.ui import facts, state

LEAST_USD, LEAST_G = 1, 0.02  # less is no difference


def rules_form() -> None:
    """Every rule that has something to change for the design on screen; tried when it is opened."""
    opened = st.expander(
        "What makes the other one an off-the-shelf piece", icon=":material/rule:", key="rules", on_change="rerun"
    )
    if not opened.open:
        return
    usual, assumed = Scenario(), state.assumed()
    found = tried(state.current(), state.scenario())
    with opened:
        if found:
            st.html(
                '<p class="ks-lead">Each of these is one of our rules. Switch one off, and the other piece is made, '
                "weighed and priced again without it; its charts follow. Amounts are at the middle of our ranges.</p>"
            )
        else:
            st.write("Nothing: your design is what a shop would have in its case.")
        for one in found:
            _switch(one)
        st.button(
            "All rules as usual",
            icon=":material/restart_alt:",
            on_click=_as_usual,
            disabled=(assumed.rules_off, assumed.rules_on) == (usual.rules_off, usual.rules_on),
            key="rules.usual",
        )


def _switch(one: TriedRule) -> None:
    rule = reference.load().twin_rules[one.change.rule]
    key = f"rule.{rule.id}"

    def changed() -> None:
        state.assume(**switched(state.assumed(), rule, st.session_state[key]))

    st.session_state[key] = one.on  # the scenario is the truth; the switch follows it
    with st.container(gap="xxsmall", key=f"ruled.{rule.id}"):
        st.toggle(facts.markdown(one.change.what), key=key, on_change=changed)
        st.html(f'<p class="ks-small">{facts.escape(effect(one))} {_sources(one)}</p>')


def _as_usual() -> None:
    usual = Scenario()
    state.assume(rules_off=usual.rules_off, rules_on=usual.rules_on)


def effect(one: TriedRule) -> str:
    """What a rule does to the off-the-shelf piece: `Makes it $63 cheaper, with 0.41 g less metal.`"""
    said = []
    if abs(one.usd) >= LEAST_USD:
        said.append(f"{wording.money(abs(one.usd))} {'dearer' if one.usd > 0 else 'cheaper'}")
    if abs(one.metal_g) >= LEAST_G:
        said.append(f"{wording.grams(abs(one.metal_g))} {'heavier' if one.metal_g > 0 else 'lighter'} in metal")
    if not said:
        return f"{'Changes' if one.on else 'Would change'} neither price nor metal."
    return f"{'Makes' if one.on else 'Would make'} it {' and '.join(said)}."


def _sources(one: TriedRule) -> str:
    """Where the rule is from, linked where it has an address."""
    sources = reference.load().sources
    return f"Source: {'; '.join(_linked(sources[id]) for id in one.change.source)}."


def _linked(source: Source) -> str:
    if source.id == ESTIMATE:
        return "our own estimate"
    title = facts.escape(source.title)
    return f'<a href="{facts.escape(source.url)}" target="_blank" rel="noopener">{title}</a>' if source.url else title
