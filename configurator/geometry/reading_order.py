"""The order in which mixed left-to-right and right-to-left text stands on the metal.

The part of the Unicode Bidirectional Algorithm (UAX #9) that one line of plain text needs: no explicit embeddings
(a design refuses those characters) and no paired-bracket rule. HarfBuzz mirrors brackets inside each run.
"""

import unicodedata

_LEFT, _RIGHT, _NUMBERS = {"L"}, {"R", "AL"}, {"EN", "AN"}


def levels(text: str) -> list[int]:
    """The embedding level of each character: even reads left to right, odd right to left."""
    kinds = [unicodedata.bidirectional(c) or "L" for c in text]
    base = 1 if next((k in _RIGHT for k in kinds if k in _LEFT | _RIGHT), False) else 0
    kinds = _neutrals(_numbers(kinds, base), base)
    return [1 if kind in _RIGHT else 2 if kind in _NUMBERS else 2 * base for kind in kinds]


def visual_order(levels_of_runs: list[int]) -> list[int]:
    """The indices of the runs from left to right (rule L2)."""
    order = list(range(len(levels_of_runs)))
    for threshold in range(max(levels_of_runs, default=0), 0, -1):
        start = 0
        while start < len(order):
            if levels_of_runs[order[start]] < threshold:
                start += 1
                continue
            end = start
            while end < len(order) and levels_of_runs[order[end]] >= threshold:
                end += 1
            order[start:end] = reversed(order[start:end])
            start = end
    return order


def _numbers(kinds: list[str], base: int) -> list[str]:
    """Rules W1 to W7: accents follow their letter; signs and separators inside a number belong to it."""
    kinds, edge = list(kinds), "R" if base else "L"
    strong = edge
    for i, kind in enumerate(kinds):
        if kind == "NSM":
            kinds[i] = kind = kinds[i - 1] if i else edge
        if kind in _LEFT | _RIGHT:
            strong = kind
        elif kind == "EN" and strong == "AL":
            kinds[i] = "AN"
    for i in range(1, len(kinds) - 1):
        before, kind, after = kinds[i - 1 : i + 2]
        if before == after and ((kind == "CS" and before in _NUMBERS) or (kind == "ES" and before == "EN")):
            kinds[i] = before
    for order in (range(1, len(kinds)), range(len(kinds) - 2, -1, -1)):  # signs such as € or % touching a number
        step = -1 if order.step == 1 else 1
        for i in order:
            if kinds[i] == "ET" and kinds[i + step] == "EN":
                kinds[i] = "EN"
    strong = edge
    for i, kind in enumerate(kinds):
        if kind in _LEFT | _RIGHT:
            strong = kind
        elif kind == "EN" and strong == "L":
            kinds[i] = "L"
    return kinds


def _neutrals(kinds: list[str], base: int) -> list[str]:
    """Rules N1 and N2: spaces and punctuation follow what stands on both sides if that agrees, else the line."""
    edge = "R" if base else "L"
    sides = ["L" if k in _LEFT else "R" if k in _RIGHT | _NUMBERS else "" for k in kinds]
    result = list(kinds)
    for i, side in enumerate(sides):
        if not side:
            before = next((s for s in reversed(sides[:i]) if s), edge)
            after = next((s for s in sides[i + 1 :] if s), edge)
            result[i] = before if before == after else edge
    return result
