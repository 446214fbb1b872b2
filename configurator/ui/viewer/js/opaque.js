// Stones that light does not pass through straight: plain, patterned, or drawn for their glow.

import { Vector3 } from 'three';
import { cutDome, domeUniforms } from './gem.js';
import { shader } from './materials.js';
import VERTEX from './shaders/gem.vert.glsl';
import DOME from './shaders/dome.glsl';
import FRAGMENT from './shaders/opaque.frag.glsl';

const EFFECTS = { pearl: 1, opal: 2, moonstone: 3, translucent: 4, banded: 5, spotted: 6, flecked: 7 };

// Shares the gem's vertex shader, and so its planes.
export function opaqueMaterial(studio, gemUniforms, smooth) {
  const material = shader(VERTEX, smooth ? DOME + FRAGMENT : FRAGMENT, {
    uRoom: studio.metalRoom.texture,
    uBody: new Vector3(),
    uSecond: new Vector3(),
    uHalfSize: new Vector3(1, 1, 1),
    uEffect: 0,
    ...(smooth ? domeUniforms() : {}),
  }, { defines: { PLANES: gemUniforms.uPlanes.value.length, ...(smooth ? { SMOOTH: 1 } : {}) } });
  material.uniforms.uPlanes = gemUniforms.uPlanes;
  material.uniforms.uSoftRoom = studio.soft;
  return material;
}

export function colourOpaque(material, gem, { geometry, dome }) {
  material.uniforms.uBody.value.fromArray(gem.body);
  material.uniforms.uSecond.value.fromArray(gem.second || gem.body);
  material.uniforms.uEffect.value = EFFECTS[gem.effect] || 0;
  const half = material.uniforms.uHalfSize.value;
  geometry.boundingBox.getSize(half).multiplyScalar(0.5);
  if (dome) cutDome(material, dome);
}
