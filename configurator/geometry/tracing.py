"""A client's own handwriting or drawing: from the bytes of a picture to the outlines that a design keeps.

Nothing of the picture is trusted: its size is checked before it is decoded, only PNG and JPEG are opened, and what
comes out is a bounded list of whole numbers.
"""

import io

import numpy as np
from contourpy import contour_generator
from manifold3d import CrossSection, FillRule
from numpy.typing import NDArray
from PIL import Image, ImageOps
from PIL.ImageFile import ImageFile
from scipy import ndimage

from configurator.design import DRAWING_GRID, MAX_DRAWING_OUTLINES, MAX_DRAWING_POINTS, Drawing, InvalidDesign

MAX_BYTES = 8_000_000
MAX_PIXELS = 24_000_000  # a telephone's picture; decoded it takes under 100 MB
_WORKING_PX = 700  # the longer side that outlines are found on
_SMOOTH_PX = 1.0
_PAPER_SHARE = 0.5  # paper is taken as the brightest within this share of the picture: shadows across it go
_LEAST_CONTRAST = 0.12  # between ink and paper, of the paper's brightness
_MOST_INK = 0.7  # of the picture
_SPECK_SHARE = 1e-4  # of the ink's box: less is dust
_FINEST, _COARSEST, _COARSER = 1.0, 12.0, 1.3  # steps of the grid that outlines may be simplified by


def trace(picture: bytes) -> Drawing:
    """The outlines of the dark ink in a PNG or JPEG. Raises `InvalidDesign` in one sentence that says what to do."""
    depth = _ink_depth(_opened(picture))
    level = _threshold(depth)
    ink = depth > level
    parted = 0 < ink.mean() <= _MOST_INK and depth[ink].mean() - depth[~ink].mean() >= _LEAST_CONTRAST
    if not parted:
        raise InvalidDesign("No drawing is seen in this picture; take one of dark ink on plain light paper.")
    outlines = [line for line in contour_generator(z=np.pad(depth, 1)).lines(level) if len(line) > 3]
    section = CrossSection([np.asarray(line)[:-1] * [1, -1] for line in outlines], FillRule.EvenOdd)
    low_x, low_y, high_x, high_y = section.bounds()
    scale = (DRAWING_GRID - 1) / max(high_x - low_x, high_y - low_y)
    section = section.translate((-low_x, -low_y)).scale((scale, scale))
    return _simplified(section, _SPECK_SHARE * (high_x - low_x) * (high_y - low_y) * scale**2)


def _opened(picture: bytes) -> Image.Image:
    if len(picture) > MAX_BYTES:
        raise InvalidDesign(f"This picture is too large a file; up to {MAX_BYTES // 1_000_000} MB can be read.")
    try:
        opened = Image.open(io.BytesIO(picture), formats=("PNG", "JPEG"))
        pixels = opened.width * opened.height
        image = _grey(opened) if pixels <= MAX_PIXELS else None
    except Exception:  # decoders of a stranger's bytes raise whatever they run into
        raise InvalidDesign("This file is not a picture that can be read; use a PNG or a JPEG.") from None
    if image is None:
        raise InvalidDesign(
            f"This picture has {pixels / 1e6:.0f} million points; up to {MAX_PIXELS // 1_000_000} million can be read: "
            "save it smaller."
        )
    return image


def _grey(opened: ImageFile) -> Image.Image:
    """The picture upright, small enough to work on, what is transparent as white paper."""
    opened.draft("L", (2 * _WORKING_PX, 2 * _WORKING_PX))
    image = ImageOps.exif_transpose(opened)
    image = image.convert("RGBA" if image.has_transparency_data else "L")
    image.thumbnail((_WORKING_PX, _WORKING_PX))
    if image.mode == "L":
        return image
    return Image.alpha_composite(Image.new("RGBA", image.size, "white"), image).convert("L")


def _ink_depth(image: Image.Image) -> NDArray[np.float64]:
    """How much darker than the paper round it each point is, (rows, columns), 0 to 1."""
    grey = ndimage.gaussian_filter(np.asarray(image, dtype=np.float64), _SMOOTH_PX)
    size = max(3, int(_PAPER_SHARE * max(grey.shape)))
    paper = ndimage.grey_closing(grey, size=(size, size), mode="nearest")
    return 1 - grey / np.maximum(paper, 1.0)


def _threshold(depth: NDArray[np.float64]) -> float:
    """Otsu's: where the two classes that it parts lie farthest from each other."""
    count, edge = np.histogram(depth, bins=128)
    middle, below = (edge[1:] + edge[:-1]) / 2, np.cumsum(count)
    total = np.cumsum(count * middle)
    above = below[-1] - below
    apart = total / np.maximum(below, 1) - (total[-1] - total) / np.maximum(above, 1)
    return float(edge[1:][int(np.argmax(below * above * apart**2))])


def _simplified(section: CrossSection, speck: float) -> Drawing:
    """Outlines on the grid, as few points as the format takes; dust and pinholes go."""
    step = _FINEST
    while step <= _COARSEST:
        loops = [np.rint(loop).astype(int) for loop in section.simplify(step).to_polygons()]
        loops = [loop for loop in loops if len(loop) > 2 and abs(_area(loop)) > speck]
        if 0 < len(loops) <= MAX_DRAWING_OUTLINES and sum(len(loop) for loop in loops) <= MAX_DRAWING_POINTS:
            return tuple(tuple(int(v) for v in np.clip(loop, 0, DRAWING_GRID - 1).ravel()) for loop in loops)
        step *= _COARSER
    raise InvalidDesign("This drawing has too many fine details to be cut; draw it larger, with a thicker pen.")


def _area(loop: NDArray[np.integer]) -> float:
    x, y = loop.T
    return float(np.sum(x * np.roll(y, -1) - y * np.roll(x, -1)) / 2)
