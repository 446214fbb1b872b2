// Full-screen passes: accumulate, bloom, develop.

import {
  ConstantAlphaFactor, CustomBlending, HalfFloatType, LinearFilter, Mesh, NoBlending, OneMinusConstantAlphaFactor,
  OrthographicCamera, PlaneGeometry, Scene, Vector2, Vector3, WebGLRenderTarget,
} from 'three';
import { shader } from './materials.js';
import SCREEN_VERTEX from './shaders/screen.vert.glsl';
import COPY_FRAGMENT from './shaders/copy.frag.glsl';
import BRIGHT_FRAGMENT from './shaders/bright.frag.glsl';
import GAUSS_FRAGMENT from './shaders/gauss.frag.glsl';
import DEVELOP_FRAGMENT from './shaders/develop.frag.glsl';

export class Passes {
  constructor(renderer) {
    this.renderer = renderer;
    this.camera = new OrthographicCamera(-1, 1, 1, -1, 0, 1);
    this.quad = new Mesh(new PlaneGeometry(2, 2));
    this.quad.frustumCulled = false;
    this.scene = new Scene();
    this.scene.add(this.quad);
    const flat = { depthTest: false, depthWrite: false, blending: NoBlending };
    this.copy = shader(SCREEN_VERTEX, COPY_FRAGMENT, { uImage: null }, {
      ...flat, transparent: true, blending: CustomBlending,
      blendSrc: ConstantAlphaFactor, blendDst: OneMinusConstantAlphaFactor,
      blendSrcAlpha: ConstantAlphaFactor, blendDstAlpha: OneMinusConstantAlphaFactor,
    });
    this.bright = shader(SCREEN_VERTEX, BRIGHT_FRAGMENT, { uImage: null, uTexel: new Vector2() }, flat);
    this.gauss = shader(SCREEN_VERTEX, GAUSS_FRAGMENT, { uImage: null, uStep: new Vector2() }, flat);
    this.developer = shader(SCREEN_VERTEX, DEVELOP_FRAGMENT, {
      uImage: null, uBloom: null, uPage: new Vector3(), uGlow: 0, uAspect: new Vector2(1, 1),
    }, flat);
    this.bloom = [];
  }

  samples() {
    const drawn = (material) => new Mesh(this.quad.geometry, material);
    return { quick: [drawn(this.developer)], settled: [this.bright, this.gauss, this.copy].map(drawn) };
  }

  resize(width, height) {
    for (const target of this.bloom) target.dispose();
    const small = [Math.max(8, width >> 3), Math.max(8, height >> 3)];
    const options = { type: HalfFloatType, minFilter: LinearFilter, magFilter: LinearFilter, depthBuffer: false };
    this.bloom = [0, 1].map(() => new WebGLRenderTarget(...small, options));
    const { uAspect } = this.developer.uniforms;
    uAspect.value.set(Math.max(1, width / height), Math.max(1, height / width));
  }

  // Adds `image` to `target` with the given weight; a weight of 1 starts afresh.
  accumulate(image, target, weight) {
    this.copy.uniforms.uImage.value = image;
    this.copy.blendAlpha = weight;
    this.#run(this.copy, target);
  }

  blur(image, target, step) {
    this.gauss.uniforms.uImage.value = image;
    this.gauss.uniforms.uStep.value.copy(step);
    this.#run(this.gauss, target);
  }

  // Shows `target` on the canvas.
  develop(target, withBloom) {
    this.developer.uniforms.uImage.value = target.texture;
    this.developer.uniforms.uBloom.value = withBloom ? this.#bloomOf(target) : null;
    this.#run(this.developer, null);
  }

  #bloomOf(target) {
    const [a, b] = this.bloom;
    this.bright.uniforms.uImage.value = target.texture;
    this.bright.uniforms.uTexel.value.set(1 / target.width, 1 / target.height);
    this.#run(this.bright, a);
    this.blur(a.texture, b, new Vector2(1 / a.width, 0));
    this.blur(b.texture, a, new Vector2(0, 1 / a.height));
    return a.texture;
  }

  #run(material, target) {
    this.quad.material = material;
    this.renderer.setRenderTarget(target);
    this.renderer.render(this.scene, this.camera);
  }

  dispose() {
    for (const target of this.bloom) target.dispose();
    for (const material of [this.copy, this.bright, this.gauss, this.developer]) material.dispose();
    this.quad.geometry.dispose();
  }
}
