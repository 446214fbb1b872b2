// Metal: one program for all alloys and finishes; a pick changes uniforms, never the program or the mesh.

import { Vector2, Vector3, Vector4 } from 'three';
import { largestStones } from './gem.js';
import { shader } from './materials.js';
import VERTEX from './shaders/metal.vert.glsl';
import FRAGMENT from './shaders/metal.frag.glsl';

const FINISHES = { polished: 0, satin: 1, brushed: 2, hammered: 3 };
const LETTERING = 'inscription';

export function metalMaterial(studio) {
  const material = shader(VERTEX, FRAGMENT, {
    uRoom: studio.metalRoom.texture,
    uReflectance: new Vector3(0.9, 0.75, 0.45),
    uFinish: 0,
    uBore: new Vector2(),
    uReadable: 0,
    uHead: new Vector4(),
    uRecess: 0,
  }, {
    defines: { ROOM_TEXELS_PER_RADIAN: (studio.faceSize / (Math.PI / 2)).toFixed(1) },
  });
  material.uniforms.uSoftRoom = studio.soft;
  return material;
}

// Fits a material to its part; what depends on the shape only.
export function dressPart(material, part, shape) {
  const lettering = part.name === LETTERING;
  material.uniforms.uBore.value.set(...(shape.bore || [0, 0]));
  material.uniforms.uHead.value.copy(headOf(shape));
  material.uniforms.uRecess.value = lettering ? 1 : 0;
  material.uniforms.uReadable.value = shape.parts.some(({ name }) => name === LETTERING) ? 1 : 0;
  // The lettering lies on the bore's surface as a thin decal: drawn a hair nearer than it is.
  material.polygonOffset = lettering;
  material.polygonOffsetFactor = lettering ? -1 : 0;
  material.polygonOffsetUnits = lettering ? -4 : 0;
}

// A ball round the largest stone and a little below it, where its setting is.
function headOf(shape) {
  const largest = largestStones(shape.stones);
  if (!largest) return new Vector4();
  const centre = new Vector3().setFromMatrixPosition(largest.placements[0]);
  const { min, max } = largest.geometry.boundingBox;
  const width = Math.min(max.x - min.x, max.y - min.y);
  return new Vector4(centre.x, centre.y, centre.z - 0.15 * width, 0.55 * width);
}

export function paintMetal(material, metal, finish) {
  material.uniforms.uReflectance.value.fromArray(metal.reflectance);
  material.uniforms.uFinish.value = FINISHES[finish] ?? 0;
}
