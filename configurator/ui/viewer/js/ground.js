// The shadow under the piece: how near the metal comes to the ground, seen from below and blurred twice.

import {
  DoubleSide, HalfFloatType, Mesh, OrthographicCamera, PlaneGeometry, Vector2, WebGLRenderTarget, CustomBlending,
  OneFactor, OneMinusSrcAlphaFactor,
} from 'three';
import { shader } from './materials.js';
import HEIGHT_VERTEX from './shaders/height.vert.glsl';
import HEIGHT_FRAGMENT from './shaders/height.frag.glsl';
import VERTEX from './shaders/ground.vert.glsl';
import FRAGMENT from './shaders/ground.frag.glsl';

const TEXELS = 112;
const STRENGTH = 0.8;
const REACH_MM = 7; // metal higher than this over the ground casts no contact shadow

// Under a piece that hangs in the air the ground is out of sight.
const floorOf = ({ floor, sphere }) => floor ?? sphere.center.z - sphere.radius;

export class Ground {
  constructor() {
    const target = () => new WebGLRenderTarget(TEXELS, TEXELS, { type: HalfFloatType });
    this.contact = target();
    this.hover = target();
    this.spare = target();
    this.height = shader(HEIGHT_VERTEX, HEIGHT_FRAGMENT, { uFloor: 0, uReach: REACH_MM }, { side: DoubleSide });
    this.material = shader(VERTEX, FRAGMENT, {
      uContact: this.contact.texture, uHover: this.hover.texture, uStrength: STRENGTH, uPixel: new Vector2(),
    }, {
      transparent: true, depthWrite: false,
      blending: CustomBlending, blendSrc: OneFactor, blendDst: OneMinusSrcAlphaFactor,
    });
    this.mesh = new Mesh(new PlaneGeometry(1, 1), this.material);
    this.mesh.renderOrder = -5;
  }

  // Moves under a shape; the shadow stays the last one's until `bake`.
  follow(shape) {
    const { center, radius } = shape.sphere;
    this.mesh.scale.set(3.2 * radius, 3.2 * radius, 1);
    this.mesh.position.set(center.x, center.y, floorOf(shape) - 0.02);
    this.material.uniforms.uStrength.value = shape.floor === null ? 0 : STRENGTH;
  }

  // The metal must be alone in its scene while this runs.
  bake(renderer, scene, shape, passes) {
    const { center } = shape.sphere;
    const size = this.mesh.scale.x;
    this.height.uniforms.uFloor.value = floorOf(shape);
    const below = new OrthographicCamera(-size / 2, size / 2, size / 2, -size / 2, 0, REACH_MM + 2);
    below.position.set(center.x, center.y, floorOf(shape) - 1);
    below.up.set(0, 1, 0);
    below.lookAt(center.x, center.y, floorOf(shape) + 1);
    below.updateMatrixWorld();
    below.projectionMatrix.elements[0] *= -1; // seen from below, but used from above
    scene.overrideMaterial = this.height;
    renderer.setRenderTarget(this.contact);
    renderer.setClearColor(0, 0);
    renderer.clear();
    renderer.render(scene, below);
    scene.overrideMaterial = null;
    // Each blur may step only as far as the last one has already smoothed, or the shadow falls into streaks.
    this.#blur(this.contact, this.contact, 1.0, passes);
    this.#blur(this.contact, this.hover, 2.4, passes);
    this.#blur(this.hover, this.hover, 3.6, passes);
  }

  #blur(from, to, texels, passes) {
    passes.blur(from.texture, this.spare, new Vector2(texels / TEXELS, 0));
    passes.blur(this.spare.texture, to, new Vector2(0, texels / TEXELS));
  }

  dispose() {
    for (const thing of [this.contact, this.hover, this.spare, this.height, this.material, this.mesh.geometry]) {
      thing.dispose();
    }
  }
}
