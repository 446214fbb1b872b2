// One WebGL context and everything that draws with it: quick frames while something moves, and a settled picture that
// gathers many samples once nothing does.

import {
  Camera, HalfFloatType, LinearFilter, LinearSRGBColorSpace, NoToneMapping, Scene, WebGLRenderer, WebGLRenderTarget,
} from 'three';
import { Passes } from './passes.js';
import { CYCLE, waveAt } from './spectrum.js';
import { Stage } from './stage.js';
import { Studio } from './studio.js';

// Two kinds of machine. One that draws without a graphics chip (old tablets behind a virtual desktop, test machines)
// gets fewer pixels, no multisampling and smaller rooms, and its settled picture is drawn in strips, so that a pick
// never waits behind more than a fraction of a frame.
const CHIP = {
  pixelRatio: 2, room: 512, probe: 256, samples: 4, strips: 1, cycles: 12, scales: [0.5, 1], start: 1, frameMs: 14,
};
const SOFTWARE = {
  pixelRatio: 1.25, room: 128, probe: 128, samples: 0, strips: 4, cycles: 3,
  scales: [0.45, 0.8], start: 0.6, frameMs: 42,
};

const LONGEST_STRIP_MS = 70;
const MOST_STRIPS = 8;

export class Painter {
  #strip = 0;
  #strips;

  constructor(canvas) {
    this.renderer = new WebGLRenderer({
      canvas, antialias: false, alpha: false, powerPreference: 'high-performance',
      preserveDrawingBuffer: true, // a picture of the canvas can be taken at any time, not only while drawing
    });
    this.renderer.outputColorSpace = LinearSRGBColorSpace; // our own last pass encodes for the screen
    this.renderer.toneMapping = NoToneMapping;
    this.renderer.autoClear = false;
    // Asking for a shader's log makes the page wait until it is compiled, seconds on a slow machine; the tests ask.
    this.renderer.debug.checkShaderErrors = new URLSearchParams(location.search).has('shader-errors');
    this.gl = this.renderer.getContext();
    this.software = drawsInSoftware(this.gl);
    this.means = this.software ? SOFTWARE : CHIP;
    // The first settled frame is a sharp copy of the quick one; the cycles of wavelengths follow.
    this.settledFrames = 1 + this.means.cycles * CYCLE;
    this.studio = new Studio(this.renderer, this.means.room);
    this.stage = new Stage(this.renderer, this.studio, this.means.probe);
    this.passes = new Passes(this.renderer);
    this.movingScale = this.means.start;
    this.hasCaughtUp = false;
    this.#strips = this.means.strips;
  }

  // Takes CSS pixels; returns whether anything changed.
  resize(width, height) {
    const ratio = Math.min(window.devicePixelRatio || 1, this.means.pixelRatio);
    if (this.cssWidth === width && this.cssHeight === height && this.ratio === ratio) return false;
    Object.assign(this, { cssWidth: width, cssHeight: height, ratio });
    this.width = Math.max(1, Math.round(width * ratio));
    this.height = Math.max(1, Math.round(height * ratio));
    this.#dropTargets();
    this.moving = this.#movingTarget();
    this.sample = new WebGLRenderTarget(this.width, this.height, options());
    this.sum = new WebGLRenderTarget(this.width, this.height, { ...options(), depthBuffer: false });
    this.passes.resize(this.width, this.height);
    this.#canvasSize(this.sample);
    return true;
  }

  // Compiles the programs of a kind of picture, `quick` or `settled`, side by side and without holding up the page.
  async compile(kind) {
    const scene = new Scene();
    for (const feature of [this.studio, this.stage, this.passes]) scene.add(...feature.samples()[kind]);
    const sideBySide = this.renderer.extensions.has('KHR_parallel_shader_compile');
    await this.renderer[sideBySide ? 'compileAsync' : 'compile'](scene, new Camera());
    // Asked for now, while nothing is being drawn, the places of uniforms come at once; later they wait for a picture.
    for (const program of this.renderer.info.programs) [program.getUniforms(), program.getAttributes()];
  }

  setShape(shape) {
    this.stage.setShape(shape);
  }

  // Shadow and reflections of a new shape or metal, and bloom; a little late is soon enough.
  catchUp() {
    this.hasCaughtUp = true;
    this.stage.catchUp(this.passes);
  }

  // `page` is what lies behind the picture, see page.js.
  setRoom(page) {
    const isLight = page.luminance > 0.18;
    const { uPage, uGlow } = this.passes.developer.uniforms;
    uPage.value.fromArray(page.colour);
    uGlow.value = isLight ? 0.5 : 0.045;
    this.stage.ground.material.uniforms.uStrength.value = isLight ? 0.62 : 0.9;
    this.stage.setRoom(page.luminance);
  }

  // One quick frame to the screen.
  drawMoving(camera) {
    this.#strip = 0;
    camera.clearViewOffset();
    this.stage.useWave(null);
    this.#draw(camera, this.moving);
    // The canvas keeps its size and the last pass enlarges: a resize would wait for everything still being drawn.
    this.passes.develop(this.moving, this.hasCaughtUp);
  }

  // One more step of the settled picture. Returns {done: a whole frame is finished, shown: it went to the screen}.
  drawSettled(camera, frame) {
    const wave = frame > 0 ? waveAt(frame - 1) : null;
    this.stage.useWave(wave);
    if (wave) {
      camera.setViewOffset(
        this.width, this.height, halton(frame, 2) - 0.5, halton(frame, 3) - 0.5, this.width, this.height,
      );
    }
    this.#clipToStrip();
    this.#draw(camera, this.sample);
    camera.clearViewOffset();
    this.passes.accumulate(this.sample.texture, this.sum, 1 / Math.max(1, frame));
    this.#strip = (this.#strip + 1) % this.#strips;
    const done = this.#strip === 0;
    const shown = done && frame % CYCLE === 0;
    if (shown) this.passes.develop(this.sum, true);
    return { done, shown };
  }

  // A computer that cannot keep up draws fewer pixels while moving; one that can, more.
  adapt(milliseconds) {
    this.pace = this.pace ? 0.7 * this.pace + 0.3 * milliseconds : milliseconds;
    const [least, most] = this.means.scales;
    const ideal = this.movingScale * Math.sqrt(this.means.frameMs / this.pace);
    const wanted = Math.min(most, Math.max(least, ideal));
    if (Math.abs(wanted - this.movingScale) < 0.12) return;
    this.movingScale = wanted;
    this.pace = 0;
    this.moving.dispose();
    this.moving = this.#movingTarget();
  }

  // A settled frame that takes long is cut into more strips: a pick waits for one strip at most.
  adaptStrips(milliseconds) {
    if (milliseconds > LONGEST_STRIP_MS && this.#strip === 0) this.#strips = Math.min(MOST_STRIPS, 2 * this.#strips);
  }

  mark() {
    const fence = this.gl.fenceSync(this.gl.SYNC_GPU_COMMANDS_COMPLETE, 0);
    this.gl.flush();
    return fence;
  }

  isDone(fence) {
    if (this.gl.clientWaitSync(fence, 0, 0) === this.gl.TIMEOUT_EXPIRED) return false;
    this.forget(fence);
    return true;
  }

  forget(fence) {
    this.gl.deleteSync(fence);
  }

  dispose() {
    this.stage.dispose();
    this.studio.dispose();
    this.passes.dispose();
    this.#dropTargets();
    this.renderer.dispose();
    this.renderer.forceContextLoss();
  }

  #draw(camera, target) {
    this.stage.ground.material.uniforms.uPixel.value.set(1 / target.width, 1 / target.height);
    this.renderer.setRenderTarget(target);
    this.renderer.setClearColor(0, 0);
    this.renderer.clear();
    this.renderer.render(this.stage.scene, camera);
  }

  #clipToStrip() {
    const from = Math.floor((this.height * this.#strip) / this.#strips);
    const to = Math.floor((this.height * (this.#strip + 1)) / this.#strips);
    for (const target of [this.sample, this.sum]) {
      target.scissorTest = this.#strips > 1;
      target.scissor.set(0, from, this.width, to - from);
    }
  }

  #canvasSize({ width, height }) {
    const { domElement } = this.renderer;
    if (domElement.width === width && domElement.height === height) return;
    this.renderer.setPixelRatio(1);
    this.renderer.setSize(width, height, false);
  }

  #dropTargets() {
    for (const target of [this.moving, this.sample, this.sum]) target?.dispose();
  }

  #movingTarget() {
    const scaled = (pixels) => Math.max(1, Math.round(pixels * this.movingScale));
    const [width, height] = [scaled(this.width), scaled(this.height)];
    return new WebGLRenderTarget(width, height, { ...options(), samples: this.means.samples });
  }
}

const options = () => ({ type: HalfFloatType, minFilter: LinearFilter, magFilter: LinearFilter });

function drawsInSoftware(gl) {
  let name = gl.getParameter(gl.RENDERER);
  // Only browsers that hide the name here need (and quietly allow) the extension.
  const more = /^WebKit/.test(name) && gl.getExtension('WEBGL_debug_renderer_info');
  if (more) name = gl.getParameter(more.UNMASKED_RENDERER_WEBGL);
  return /swiftshader|llvmpipe|softpipe|software|basic render/i.test(name);
}

function halton(index, base) {
  let fraction = 1;
  let value = 0;
  for (let i = index; i > 0; i = Math.floor(i / base)) {
    fraction /= base;
    value += fraction * (i % base);
  }
  return value;
}
