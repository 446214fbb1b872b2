// Stones that light passes through. The facet planes are uniforms, so that any cut runs the same program.

import { Vector3, Vector4 } from 'three';
import { shader } from './materials.js';
import VERTEX from './shaders/gem.vert.glsl';
import FRAGMENT from './shaders/gem.frag.glsl';
import DOME from './shaders/dome.glsl';

const PLANES = 128; // scene.py sends no more
const MELEE_MM = 2.4; // smaller stones get a shorter path

// A smooth stone has programs of its own, which are compiled only where there is one.
export function gemMaterial(studio, spectral, smooth) {
  return shader(VERTEX, smooth ? DOME + FRAGMENT : FRAGMENT, {
    uPlanes: Array.from({ length: PLANES }, () => new Vector4()),
    uPlaneCount: 0,
    uBounces: 5,
    uSurroundings: null,
    uIndex: new Vector3(2.4, 2.42, 2.45),
    uAbsorption: new Vector3(),
    uBoost: 1,
    ...(smooth ? { ...domeUniforms(), uRoom: studio.metalRoom.texture } : {}),
    ...(spectral ? { uWaveIndex: 2.42, uWaveResponse: new Vector3(1, 1, 1) } : {}),
  }, { defines: { PLANES, ...(spectral ? { SPECTRAL: 1 } : {}), ...(smooth ? { SMOOTH: 1 } : {}) } });
}

export function domeUniforms() {
  return { uAxes: new Vector3(1, 1, 1), uDome: new Vector3() };
}

export function cutDome(material, [x, y, z, ...heights]) {
  material.uniforms.uAxes.value.set(x, y, z);
  material.uniforms.uDome.value.set(...heights);
}

export function cutGem(material, stones) {
  const { uPlanes, uPlaneCount } = material.uniforms;
  uPlaneCount.value = stones.planes.length / 4;
  for (let i = 0; i < uPlaneCount.value; i++) uPlanes.value[i].fromArray(stones.planes, 4 * i);
  material.uniforms.uBounces.value = isMelee(stones) ? 3 : 6;
  if (stones.dome) cutDome(material, stones.dome);
}

export function colourGem(material, gem) {
  const { uIndex, uAbsorption, uBoost } = material.uniforms;
  uIndex.value.fromArray(gem.index);
  uAbsorption.value.fromArray(gem.absorption);
  // Under lamps bright enough for diamonds a deep colour would burn out to pink or white: stop down for it.
  uBoost.value = 1 - 0.3 * Math.min(1, 4 * Math.max(...gem.absorption));
}

export function isMelee(stones) {
  return 2 * stones.geometry.boundingSphere.radius < MELEE_MM;
}

// The role whose stones are largest, or undefined where only melee is set.
export function largestStones(roles) {
  const size = (stones) => stones.geometry.boundingSphere.radius;
  return roles.filter((stones) => !isMelee(stones)).sort((a, b) => size(b) - size(a))[0];
}
