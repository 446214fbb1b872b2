"""The casting as binary STL in millimetres, for the foundry's printer and for any CAD program."""

import numpy as np

from configurator.design import InvalidDesign
from configurator.export.order import Order

LABEL = "Solid for casting and 3D printing (mm)"
NEEDS_CASTING = True

_HEADER_BYTES = 80  # of the format; text that does not start with "solid", which would announce the other kind
_TRIANGLE = np.dtype([("normal", "<f4", 3), ("corners", "<f4", (3, 3)), ("attribute", "<u2")])


def write(order: Order) -> bytes:
    """The solid, seats and lettering cut.

    Raises `InvalidDesign` when a check says that it cannot be cast: such a file must not reach a foundry.
    """
    casting = order.casting
    assert casting is not None, "this format needs the casting"
    stops = [finding for finding in casting.findings if finding.severity == "stop"]
    if stops:
        raise InvalidDesign(f"This piece cannot be cast as it is. {stops[0].message} {stops[0].fix}")
    corners = casting.vertices_mm.astype("<f4")[casting.faces]
    # Corners that single precision cannot tell apart would leave triangles without area, which slicers complain about.
    whole = ~(
        (corners[:, 0] == corners[:, 1]).all(axis=1)
        | (corners[:, 1] == corners[:, 2]).all(axis=1)
        | (corners[:, 2] == corners[:, 0]).all(axis=1)
    )
    corners = corners[whole]
    exact = corners.astype(np.float64)
    normals = np.cross(exact[:, 1] - exact[:, 0], exact[:, 2] - exact[:, 0])
    lengths = np.linalg.norm(normals, axis=1)[:, None]
    rows = np.zeros(len(corners), _TRIANGLE)
    rows["normal"] = np.divide(normals, lengths, out=np.zeros_like(normals), where=lengths > 0)
    rows["corners"] = corners
    header = f"Keepsake {order.design.piece} {order.design.style}, millimetres".encode("ascii")
    return header.ljust(_HEADER_BYTES)[:_HEADER_BYTES] + len(rows).to_bytes(4, "little") + rows.tobytes()
