"""What the client chose: a frozen value, JSON in and out; no mesh, no money.

The format is public (see README, "The design format"): it is the saved file, the body of a link and the input of the
command line. One design has exactly one spelling (`to_json`), so caches, rows and links can compare text.
Whether an id is still sold, and whether the piece can be made, is decided further on; a saved design must always open.
"""

import json
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from configurator import links

VERSION = 1
MAX_JSON_BYTES = 20_000  # a design is under 2 kB; anything larger is not a design
MAX_LINK_CHARACTERS = 4_000
MAX_INSCRIPTION_CHARACTERS = 60
MAX_INSCRIPTIONS = 6
DRAWING_GRID = 1000  # a drawing's coordinates are whole numbers below this
MAX_DRAWING_POINTS = 450  # so that a design with a drawing still fits a link
MAX_DRAWING_OUTLINES = 60

Piece = Literal["ring", "pendant", "earrings", "bracelet"]
Finish = Literal["polished", "satin", "brushed", "hammered"]
Sourcing = Literal["mined", "recycled", "fairmined"]
Place = Literal["inside", "outside", "back", "front"]
Arrangement = Literal["line", "monogram", "ringed_monogram"]
Coordinate = Annotated[int, Field(ge=0, lt=DRAWING_GRID, strict=True)]
Outline = Annotated[tuple[Coordinate, ...], Field(min_length=6, max_length=2 * MAX_DRAWING_POINTS)]
Drawing = tuple[Outline, ...]
Id = Annotated[str, Field(pattern=r"^[a-z0-9_]{1,40}$")]
Option = bool | int | float | Annotated[str, Field(pattern=r"^[a-z0-9_]{1,40}$")]


class InvalidDesign(ValueError):
    """A design that cannot be opened or made. Its text is for the client and says what would work."""


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False, str_strip_whitespace=True)


def _mm(low: float, high: float, default: Any = ..., **about: Any) -> Any:
    return Field(default, ge=low, le=high, json_schema_extra={"unit": "mm"}, **about)


def _share_of_width(about: str) -> Any:
    return Field(None, gt=0, lt=100, json_schema_extra={"unit": "% of width"}, description=about)


USUAL_PROPORTIONS = {"depth_mm": None, "table_pct": None, "crown_height_pct": None}  # of a stone, as its cut has them


class Stone(_Part):
    """The stones of one role (the centre, the halo, the side stones): all alike."""

    role: Id
    gem: Id = "diamond"
    cut: Id = "round_brilliant"
    length_mm: float = _mm(0.7, 25.0)
    width_mm: float = _mm(0.7, 25.0)
    depth_mm: float | None = _mm(0.3, 20.0, None, description="left out: the cut's usual proportions")
    table_pct: float | None = _share_of_width("the flat top; left out: the cut's usual; only of cuts that have a table")
    crown_height_pct: float | None = _share_of_width("from the girdle up to the table; left out: the cut's usual")
    colour: Literal["D", "E", "F", "G", "H", "I", "J"] | None = None
    clarity: Literal["IF", "VVS1", "VVS2", "VS1", "VS2", "SI1", "SI2", "I1"] | None = None

    @field_validator("length_mm", "width_mm", "depth_mm", "table_pct", "crown_height_pct")
    @classmethod
    def _round(cls, value: float | None) -> float | None:
        return None if value is None else round(value, 3)

    @model_validator(mode="after")
    def _length_is_the_longer(self) -> Self:
        if self.length_mm < self.width_mm:
            raise ValueError(
                f"the {self.role} stone's length ({self.length_mm:g} mm) is less than its width "
                f"({self.width_mm:g} mm); give the longer side as length_mm"
            )
        return self


class Inscription(_Part):
    """One line of lettering, a monogram, or a drawing that stands like a line; then `text` is only its name."""

    text: str = Field(min_length=1)
    place: Place = "inside"
    font: Id = "script"
    height_mm: float = _mm(0.6, 12.0, 1.4)
    depth_mm: float = _mm(0.05, 0.6, 0.3)
    raised: bool = Field(False, description="stands out of the metal instead of being cut into it; never inside")

    arrangement: Arrangement = Field(
        "line",
        description="a monogram is two or three initials grown together on a flat face, height_mm high, ring and all",
    )
    drawing: Drawing | None = Field(
        None,
        min_length=1,
        max_length=MAX_DRAWING_OUTLINES,
        description="outlines of the ink, each x0, y0, x1, y1, …, y up; what lies in an odd number of them is ink",
    )

    @field_validator("drawing")
    @classmethod
    def _can_be_drawn(cls, drawing: Drawing | None) -> Drawing | None:
        points = sum(len(outline) for outline in drawing or ()) / 2
        if points > MAX_DRAWING_POINTS:
            raise ValueError(f"the drawing has {points:g} points; up to {MAX_DRAWING_POINTS} can be kept")
        if any(len(outline) % 2 for outline in drawing or ()):
            raise ValueError("an outline of the drawing has an odd count of numbers; give x and y of each point")
        return drawing

    @field_validator("text")
    @classmethod
    def _can_be_engraved(cls, text: str) -> str:
        text = unicodedata.normalize("NFC", text)
        if len(text) > MAX_INSCRIPTION_CHARACTERS:
            raise ValueError(
                f"the inscription has {len(text)} characters; up to {MAX_INSCRIPTION_CHARACTERS} can be engraved"
            )
        # Joiners (U+200C, U+200D) shape Indic and Persian words; every other control or format character is
        # invisible on metal, and bidirectional overrides can make a text read differently from what is cut.
        if any(unicodedata.category(c).startswith("C") and c not in "\u200c\u200d" for c in text):
            raise ValueError(
                "the inscription holds a line break or an invisible control character; "
                "type it again as plain letters on one line"
            )
        return text

    @field_validator("height_mm", "depth_mm")
    @classmethod
    def _round(cls, value: float) -> float:
        return round(value, 3)

    @model_validator(mode="after")
    def _initials_of_a_monogram(self) -> Self:
        if self.arrangement == "line":
            return self
        if self.drawing is not None:
            raise ValueError("a drawing cannot be a monogram; leave one of the two out")
        if self.place not in ("front", "back"):
            raise ValueError("a monogram needs a flat face, a front or a back; have these letters as a line here")
        bare = [c for c in self.text if not unicodedata.category(c).startswith("M")]  # accents belong to their letters
        if len(bare) not in (2, 3) or not all(c.isalpha() for c in bare):
            raise ValueError(
                f"a monogram is two or three letters with nothing between, such as AKM; "
                f"give those, or have “{self.text}” as a line"
            )
        return self


class Design(_Part):
    """One piece of jewelry as the client chose it.

    Raises `InvalidDesign` from `from_json`, `from_dict` and `from_link`; pydantic's `ValidationError` from the
    constructor, which only our own code calls.
    """

    version: Literal[1] = 1
    piece: Piece
    style: Id
    options: dict[Id, Option] = Field(default_factory=dict, max_length=40)
    inner_diameter_mm: float | None = _mm(11.0, 26.0, None, description="rings and bangles; left out: 17.3 mm (US 7)")
    metal: Id = "14k_yellow"
    accent_metal: Id | None = None
    finish: Finish = "polished"
    stones: tuple[Stone, ...] = Field((), max_length=12)
    inscriptions: tuple[Inscription, ...] = Field((), max_length=MAX_INSCRIPTIONS)
    metal_sourcing: Sourcing = "recycled"
    heirlooms: tuple[()] = Field((), description="reserved: reused gold and stones; must be empty for now")

    @field_validator("inner_diameter_mm")
    @classmethod
    def _round(cls, value: float | None) -> float | None:
        return None if value is None else round(value, 3)

    @field_validator("options")
    @classmethod
    def _one_spelling(cls, options: dict[str, Option]) -> dict[str, Option]:
        return {k: round(v, 4) if isinstance(v, float) else v for k, v in sorted(options.items())}

    @model_validator(mode="after")
    def _one_entry_a_role(self) -> Self:
        roles = [stone.role for stone in self.stones]
        if len(set(roles)) != len(roles):
            raise ValueError("two entries of `stones` have the same role; give each role once")
        return self

    @model_validator(mode="after")
    def _one_drawing(self) -> Self:
        if sum(line.drawing is not None for line in self.inscriptions) > 1:
            raise ValueError("a design can carry one drawing; take the other out first")
        return self

    def stone(self, role: str) -> Stone | None:
        """The stones of one role, or None when the piece has none."""
        return next((stone for stone in self.stones if stone.role == role), None)

    def to_json(self) -> str:
        """The one canonical spelling: keys sorted, no spaces, every field present."""
        return json.dumps(self.model_dump(mode="json"), sort_keys=True, separators=(",", ":"), ensure_ascii=False)

    def to_link(self) -> str:
        """The design as URL-safe text for a query parameter (about 100 characters)."""
        body = json.dumps(
            self.model_dump(mode="json", exclude_defaults=True) | {"version": self.version},
            sort_keys=True,
            separators=(",", ":"),
            ensure_ascii=False,
        )
        return links.packed(body)

    @classmethod
    def from_json(cls, text: str | bytes) -> Self:
        """Reads a saved design of this version or an older one.

        Raises `InvalidDesign` with one sentence naming the field, what was given and what is allowed.
        """
        if len(text) > MAX_JSON_BYTES:
            raise InvalidDesign(
                f"This file is too large to be a design ({len(text) // 1000} kB); a design is under 20 kB."
            )
        try:
            raw = json.loads(text)
        except (ValueError, RecursionError):
            raise InvalidDesign("This is not a design: it is not readable as JSON.") from None
        return cls.from_dict(raw)

    @classmethod
    def from_dict(cls, raw: Any) -> Self:
        """Reads a design from parsed JSON; see `from_json`."""
        if not isinstance(raw, Mapping):
            raise InvalidDesign("This is not a design: a design is one JSON object with at least piece and style.")
        try:
            return cls.model_validate(upgrade(raw))
        except ValidationError as error:
            raise InvalidDesign(in_words(error)) from None

    @classmethod
    def from_link(cls, token: str) -> Self:
        """Reads what `to_link` wrote. Raises `InvalidDesign`; safe on any text from anyone."""
        broken = InvalidDesign("This link is broken or incomplete; ask for it again, or start from a fresh design.")
        if not token or len(token) > MAX_LINK_CHARACTERS:
            raise broken
        try:
            text = links.unpacked(token, MAX_JSON_BYTES)
        except ValueError:
            raise broken from None
        return cls.from_json(text)


# One step per version: the raw object of version n becomes that of version n + 1.
_STEPS: dict[int, Callable[[dict[str, Any]], dict[str, Any]]] = {}


def upgrade(
    raw: Mapping[str, Any],
    steps: Mapping[int, Callable[[dict[str, Any]], dict[str, Any]]] | None = None,
    target: int = VERSION,
) -> dict[str, Any]:
    """Carries a saved object to `target`, one version at a time; a newer one is refused, never cut down.

    Raises `InvalidDesign`.
    """
    steps = _STEPS if steps is None else steps
    current = dict(raw)
    version = current.get("version", 1)
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        raise InvalidDesign(f"version is {_shown(version)}; it should be a whole number from 1 to {target}.")
    if version > target:
        raise InvalidDesign(
            f"This design was saved by a newer Keepsake (format {version}; this one reads up to {target}). "
            "Open it there, or update this one."
        )
    for step in range(version, target):
        current = {**steps[step](current), "version": step + 1}
    return current


def in_words(error: ValidationError, whole: str = f"a design of version {VERSION}") -> str:
    """One sentence for people from pydantic's first complaint about a `whole`: field, given, allowed."""
    first = error.errors(include_url=False)[0]
    field = _named(first["loc"])
    given, context = _shown(first.get("input")), first.get("ctx", {})
    match first["type"]:
        case "value_error":
            text = str(context["error"])
            return text[0].upper() + text[1:] + "."
        case "missing":
            needs = {"stones": "a stone needs role, length_mm and width_mm", "inscriptions": "a line needs its text"}
            return f"{field} is missing; {needs.get(str(first['loc'][0]), 'a design needs at least piece and style')}."
        case "extra_forbidden":
            return f"{field} is not a field of {whole}; check the spelling or remove it."
        case "greater_than_equal" | "less_than_equal" | "greater_than" | "less_than":
            word = "at least" if "greater" in first["type"] else "at most"
            limit = next(iter(context.values()))
            return f"{field} is {given}; it can be {word} {limit:g}."
        case "literal_error":
            return f"{field} is {given}; it can be {context['expected']}."
        case "string_pattern_mismatch":
            return f"{field} is {given}; ids are lower-case letters, digits and underscores, such as 14k_yellow."
        case "too_long":
            return f"{field} holds {context['actual_length']} entries; it can hold at most {context['max_length']}."
        case _ if first["loc"][:1] == ("options",):
            name = ".".join(str(step) for step in first["loc"][:2])
            return f"{name} is {given}; an option is a number, true or false, or a short lower-case word."
        case kind:
            wanted = next((words for start, words in _KINDS.items() if kind.startswith(start)), None)
            said = f"it has to be {wanted}" if wanted else f"{first['msg'][0].lower()}{first['msg'][1:]}"
            return f"{field or 'The design'} is {given}; {said}."


_KINDS = {
    "float": "a number",
    "finite_number": "a finite number",
    "int": "a whole number",
    "string_too_short": "text of at least one character",
    "string_type": "text",
    "bool": "true or false",
    "list": "a list in square brackets",
    "tuple": "a list in square brackets",
    "date": "a day such as 2026-12-24",
    "dict": "an object in curly brackets",
    "model": "an object in curly brackets",
}
_LISTED = {"stones": "stone", "inscriptions": "inscription"}


def _named(place: Sequence[int | str]) -> str:
    """Where in a design: stones, 0, length_mm is "stone 1: length_mm"."""
    steps = [step for step in place if not str(step).startswith(("function-", "tuple["))]
    if len(steps) > 1 and steps[0] in _LISTED and isinstance(steps[1], int):
        rest = ".".join(map(str, steps[2:]))
        return f"{_LISTED[str(steps[0])]} {steps[1] + 1}" + (f": {rest}" if rest else "")
    return ".".join(map(str, steps))


def _shown(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=True, default=str) if not isinstance(value, float) else f"{value:g}"
    return text if len(text) <= 40 else text[:37] + "…"
