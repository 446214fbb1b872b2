"""The casting as binary STL in millimetres, for the foundry's printer and for any CAD program.

The format knows no alloys: a piece of two is one solid here, and two bodies in 3MF and OBJ.
"""

import numpy as np
from numpy.typing import NDArray

from configurator.export.order import Order

SUFFIX = "stl"
LABEL = "Solid for casting and 3D printing (mm)"
PURPOSES = ("casting",)

_HEADER_BYTES = 80  # of the format; text that does not start with "solid", which would announce the other kind
_TRIANGLE = np.dtype([("normal", "<f4", 3), ("corners", "<f4", (3, 3)), ("attribute", "<u2")])


def write(order: Order) -> bytes:
    """The solid, seats and lettering cut.

    Raises `InvalidDesign` when a check says that it cannot be cast: such a file must not reach a foundry.
    """
    solid = order.united()
    corners = solid.vertices_mm[solid.faces]
    normals = _normals(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    lengths = np.linalg.norm(normals, axis=1)[:, None]
    rows = np.zeros(len(corners), _TRIANGLE)
    rows["normal"] = np.divide(normals, lengths, out=np.zeros_like(normals), where=lengths > 0)
    rows["corners"] = corners
    # What matters most comes first: there is room for no more than a line.
    header = " ".join(reversed(order.remarks())).encode("ascii")
    return header.ljust(_HEADER_BYTES)[:_HEADER_BYTES] + len(rows).to_bytes(4, "little") + rows.tobytes()


def _normals(ahead: NDArray[np.float32], beside: NDArray[np.float32]) -> NDArray[np.float32]:
    """The cross products (n, 3) as admesh reckons them: it compares, and on needles every bit of rounding shows."""
    one, other = ahead.astype(np.float64), beside.astype(np.float64)
    axes = ((1, 2), (2, 0), (0, 1))
    products = [(one[:, i] * other[:, j]).astype(np.float32) - one[:, j] * other[:, i] for i, j in axes]
    return np.stack(products, axis=1).astype(np.float32)
