// The room the piece stands in, as cube maps: drawn by a shader, so there is no picture file to fetch.

import {
  BackSide, BoxGeometry, CubeCamera, HalfFloatType, LinearFilter, LinearMipmapLinearFilter, Mesh, Scene, Vector3,
  Vector4, WebGLCubeRenderTarget,
} from 'three';
import { shader } from './materials.js';
import STUDIO from './shaders/studio.glsl';
import SKY_VERTEX from './shaders/sky.vert.glsl';
import STUDIO_FRAGMENT from './shaders/studio.frag.glsl';
import SKY_FRAGMENT from './shaders/sky.frag.glsl';
import BLUR_FRAGMENT from './shaders/blur.frag.glsl';

const SATIN_SPREAD = 0.55; // tangent of the half angle a satin surface scatters into
const PINS = 36;
const GOLDEN_ANGLE = Math.PI * (3 - Math.sqrt(5));

export class Studio {
  constructor(renderer, faceSize) {
    this.renderer = renderer;
    this.faceSize = faceSize;
    this.metalRoom = cube(faceSize);
    this.stoneRoom = cube(faceSize);
    this.softRoom = cube(32);
    this.soft = { value: this.metalRoom.texture }; // what satin mirrors: sharp, until `bakeRest`
    const sky = { side: BackSide, depthTest: false, depthWrite: false };
    const { pins, colours } = pinLights();
    const room = { uGround: 0.9, uSparkle: 0, uPins: pins, uPinColours: colours };
    this.light = shader(SKY_VERTEX, STUDIO + STUDIO_FRAGMENT, room, { ...sky, defines: { PINS } });
    this.blur = shader(SKY_VERTEX, BLUR_FRAGMENT, {
      uRoom: this.metalRoom.texture, uSpread: SATIN_SPREAD, uLevel: Math.log2(faceSize) - 4,
    }, sky);
    this.show = shader(SKY_VERTEX, SKY_FRAGMENT, { uRoom: this.stoneRoom.texture }, sky);
    this.box = new Mesh(new BoxGeometry(2, 2, 2), this.light);
    this.box.frustumCulled = false;
    this.box.renderOrder = -10;
    this.scene = new Scene();
  }

  // The room that polished metal mirrors: enough for a quick frame. `ground` is the luminance of the page, 0 to 1.
  bake(ground) {
    this.light.uniforms.uGround.value = ground;
    this.#draw(this.light, { uSparkle: 0 }, this.metalRoom);
  }

  // The same room with pin lights for the stones, and blurred for satin.
  bakeRest() {
    this.#draw(this.light, { uSparkle: 1 }, this.stoneRoom);
    this.#draw(this.blur, {}, this.softRoom);
    this.soft.value = this.softRoom.texture;
  }

  samples() {
    const drawn = (material) => new Mesh(this.box.geometry, material);
    return { quick: [drawn(this.light)], settled: [this.blur, this.show].map(drawn) };
  }

  // The stones' room as a backdrop for a probe of the surroundings.
  backdrop() {
    this.box.material = this.show;
    return this.box;
  }

  #draw(material, values, target) {
    for (const [name, value] of Object.entries(values)) material.uniforms[name].value = value;
    this.box.material = material;
    this.scene.add(this.box);
    new CubeCamera(0.1, 10, target).update(this.renderer, this.scene);
    this.scene.remove(this.box);
  }

  dispose() {
    for (const target of [this.metalRoom, this.stoneRoom, this.softRoom]) target.dispose();
    for (const material of [this.light, this.blur, this.show]) material.dispose();
    this.box.geometry.dispose();
  }
}

export function cube(size, generateMipmaps = true) {
  return new WebGLCubeRenderTarget(size, {
    type: HalfFloatType, generateMipmaps, magFilter: LinearFilter,
    minFilter: generateMipmaps ? LinearMipmapLinearFilter : LinearFilter,
  });
}

// Pin lights on a spiral over the upper room: each one is a flash of fire in some facet.
function pinLights() {
  const pins = [];
  const colours = [];
  const scatter = (seed) => ((Math.sin(seed * 127.1 + 3.7) * 43758.5453) % 1 + 1) % 1;
  const between = (low, high, share) => low + (high - low) * share;
  for (let i = 0; i < PINS; i++) {
    const height = between(0.1, 0.98, (i + 0.5) / PINS);
    const turn = i * GOLDEN_ANGLE + 0.7 * scatter(i);
    const flat = Math.sqrt(1 - height * height);
    pins.push(new Vector4(flat * Math.cos(turn), flat * Math.sin(turn), height, between(0.018, 0.036, scatter(i + 9))));
    const warmth = scatter(i + 3);
    const tint = new Vector3(between(0.92, 1, warmth), 0.97, between(1, 0.9, warmth));
    colours.push(tint.multiplyScalar(between(22, 60, scatter(i + 5))));
  }
  return { pins, colours };
}
