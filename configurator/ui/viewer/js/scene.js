// Reads the binary that configurator/ui/viewer/scene.py packs; see there for the layout.

import { BufferAttribute, BufferGeometry, Matrix4, Sphere, Vector3 } from 'three';

const MAGIC = 0x3143534b; // "KSC1", little-endian

export function decodeScene(buffer) {
  const words = new DataView(buffer);
  if (words.getUint32(0, true) !== MAGIC) throw new Error('not a scene');
  const headerLength = words.getUint32(4, true);
  const header = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, 8, headerLength)));
  const base = 8 + headerLength;
  return {
    sphere: new Sphere(new Vector3(...header.center), header.radius),
    pose: header.pose, // standing, hanging or lying
    floor: header.floor, // null where nothing is under the piece
    reach: header.reach, // how far from the centre anything lies; chains run out of the sphere
    bore: header.bore, // [inner radius, half width] of a ring's band, or null
    parts: header.parts.map((part) => ({
      ...part,
      geometry: partGeometry(part, buffer, base),
      places: part.count ? matrices(part, buffer, base) : null, // links of a chain: one mesh, many places
    })),
    stones: header.stones.map((stones) => readStones(stones, buffer, base)),
    triangles: header.parts.reduce((sum, part) => sum + part.triangles * (part.count || 1), 0)
      + header.stones.reduce((sum, stones) => sum + stones.triangles * stones.count, 0),
  };
}

export function disposeScene(scene) {
  for (const piece of [...scene.parts, ...scene.stones]) piece.geometry.dispose();
}

function partGeometry(part, buffer, base) {
  const count = part.vertices;
  const steps = new Uint16Array(buffer, base + part.positions, 3 * count);
  const folded = new Int16Array(buffer, base + part.normals, 2 * count);
  const positions = new Float32Array(3 * count);
  const normals = new Float32Array(3 * count);
  const { low, step } = part;
  for (let i = 0; i < count; i++) {
    for (let axis = 0; axis < 3; axis++) positions[3 * i + axis] = low[axis] + steps[3 * i + axis] * step[axis];
    unfold(folded[2 * i] / 32767, folded[2 * i + 1] / 32767, normals, 3 * i);
  }
  const Index = count <= 65536 ? Uint16Array : Uint32Array;
  const geometry = new BufferGeometry();
  geometry.setAttribute('position', new BufferAttribute(positions, 3));
  geometry.setAttribute('normal', new BufferAttribute(normals, 3));
  geometry.setIndex(new BufferAttribute(new Index(buffer, base + part.indices, 3 * part.triangles), 1));
  return geometry;
}

// Octahedral encoding: the lower half of the sphere is folded over the corners of the square.
function unfold(x, y, out, at) {
  const z = 1 - Math.abs(x) - Math.abs(y);
  const u = z < 0 ? (1 - Math.abs(y)) * (x < 0 ? -1 : 1) : x;
  const v = z < 0 ? (1 - Math.abs(x)) * (y < 0 ? -1 : 1) : y;
  const length = Math.hypot(u, v, z);
  out[at] = u / length;
  out[at + 1] = v / length;
  out[at + 2] = z / length;
}

function readStones(stones, buffer, base) {
  const corners = 3 * stones.triangles;
  const facets = new Uint8Array(buffer, base + stones.facets, stones.triangles);
  const facetOfCorner = new Float32Array(corners);
  for (let i = 0; i < corners; i++) facetOfCorner[i] = facets[Math.floor(i / 3)];
  const geometry = new BufferGeometry();
  const points = new Float32Array(buffer, base + stones.corners, 3 * corners);
  geometry.setAttribute('position', new BufferAttribute(points, 3));
  geometry.setAttribute('facet', new BufferAttribute(facetOfCorner, 1));
  geometry.computeBoundingSphere();
  geometry.computeBoundingBox();
  return {
    role: stones.role,
    cut: stones.cut,
    dome: stones.dome, // of a smooth stone: half axes, heights of its middle and base, 1 for a whole ellipsoid
    planes: new Float32Array(buffer, base + stones.plane_data, 4 * stones.planes),
    placements: matrices(stones, buffer, base),
    triangles: stones.triangles,
    count: stones.count,
    geometry,
  };
}

function matrices({ placements, count }, buffer, base) {
  const numbers = new Float32Array(buffer, base + placements, 16 * count);
  return Array.from({ length: count }, (_, i) => new Matrix4().fromArray(numbers, 16 * i));
}
