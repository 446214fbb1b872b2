// The eye: orbit, zoom and pan by mouse, touch and keys; named views; one rule: it moves only when somebody asks.

import { PerspectiveCamera, Spherical, Vector3 } from 'three';
import { OrbitControls } from 'three/addons/controls/OrbitControls.js';

const FOV_DEG = 26; // a portrait lens: a ring looks like a ring, not like a tunnel
const GLIDE_MS = 480;
const KEY_TURN_RAD = Math.PI / 24;
const KEY_ZOOM = 1.12;

// By pose: directions from the piece to the eye, and how much of the picture the bounding sphere fills.
const LOOKS = {
  standing: {
    three_quarter: { from: [0.54, -0.92, 0.68], fill: 0.91 },
    top: { from: [0.001, -0.16, 1.0], fill: 1.26 },
    front: { from: [0.0, -1.0, 0.10], fill: 0.88 },
    side: { from: [1.0, -0.06, 0.16], fill: 0.88 },
    inside: { from: [0.0, -0.72, 0.74], fill: 1.5, at: 'bore' },
  },
  hanging: {
    three_quarter: { from: [0.38, -1.0, 0.16], fill: 0.84 },
    front: { from: [0.0, -1.0, 0.02], fill: 0.88 },
    side: { from: [1.0, -0.16, 0.08], fill: 0.88 },
    back: { from: [-0.24, 1.0, 0.10], fill: 0.88 },
  },
  lying: {
    three_quarter: { from: [0.30, -0.92, 0.80], fill: 0.98 },
    top: { from: [0.001, -0.10, 1.0], fill: 1.0 },
    front: { from: [0.0, -1.0, 0.30], fill: 0.98 },
    side: { from: [1.0, -0.10, 0.40], fill: 0.98 },
  },
};
export const DEFAULT_LOOK = 'three_quarter';

const stillness = window.matchMedia('(prefers-reduced-motion: reduce)');

export class Eye {
  #glide = null;
  #lastTap = null;

  // `changed` is called whenever the picture must be drawn again.
  constructor(canvas, changed) {
    this.camera = new PerspectiveCamera(FOV_DEG, 1, 1, 400);
    this.camera.up.set(0, 0, 1);
    this.controls = new OrbitControls(this.camera, canvas);
    Object.assign(this.controls, {
      enableDamping: true, dampingFactor: 0.16, zoomSpeed: 0.8, rotateSpeed: 0.9, panSpeed: 0.7,
      minPolarAngle: 0.01, maxPolarAngle: 2.25, zoomToCursor: true,
    });
    this.changed = changed;
    this.dragging = false;
    this.controls.addEventListener('change', () => {
      this.#keepInSight();
      changed();
    });
    this.controls.addEventListener('start', () => {
      this.dragging = true;
      this.#glide = null;
    });
    this.controls.addEventListener('end', () => {
      this.dragging = false;
      changed();
    });
    canvas.addEventListener('keydown', (event) => this.#key(event));
    canvas.addEventListener('pointerup', (event) => this.#tap(event));
  }

  // Called with every new shape. The first is framed; later ones only if they have grown out of the picture.
  meet(shape) {
    const posed = this.shape?.pose;
    this.shape = shape;
    this.#setLimits();
    if (!this.placed || (posed && posed !== shape.pose)) this.look(DEFAULT_LOOK, { instantly: true });
    else if (this.#outgrown()) this.#retreat();
  }

  // Another shape of the picture (a telephone is turned, a page gives less room): the piece fills as much of it.
  resize(aspect) {
    const before = Math.sin(this.#halfAngle());
    this.camera.aspect = aspect;
    this.camera.updateProjectionMatrix();
    if (this.shape) this.#setLimits();
    if (!this.placed) return;
    const factor = before / Math.sin(this.#halfAngle());
    const { target } = this.controls;
    this.camera.position.sub(target).multiplyScalar(factor).add(target);
    for (const end of [this.#glide?.start, this.#glide?.end]) if (end) end.radius *= factor;
  }

  look(name, { instantly = false } = {}) {
    const look = this.shape && LOOKS[this.shape.pose][name];
    if (!look) return;
    this.placed = true;
    const { center } = this.shape.sphere;
    const target = center.clone();
    if (look.at === 'bore' && this.shape.bore) target.set(0, 0, -0.62 * this.shape.bore[0]);
    const position = new Vector3(...look.from).normalize().multiplyScalar(this.#distance(look.fill)).add(target);
    this.#go(position, target, instantly);
  }

  // Moves on by one frame; returns whether it is still moving.
  step(now) {
    this.controls.enableDamping = !stillness.matches;
    if (this.#glide) this.#advance(now);
    return this.controls.update() || this.#glide !== null;
  }

  state() {
    if (!this.placed) return null;
    const { position, aspect } = this.camera;
    return { position: position.toArray(), target: this.controls.target.toArray(), aspect };
  }

  forget() {
    this.placed = false;
    this.shape = null;
    this.framed = undefined;
    this.#glide = null;
    Object.assign(this.controls, { minDistance: 0, maxDistance: Infinity }); // those of the piece that is gone
  }

  restore(state) {
    if (!state) return;
    const { aspect } = this.camera;
    this.camera.aspect = state.aspect;
    this.camera.position.fromArray(state.position);
    this.controls.target.fromArray(state.target);
    this.placed = true;
    this.resize(aspect);
    this.controls.update();
  }

  dispose() {
    this.controls.dispose();
  }

  #setLimits() {
    const full = this.#distance(1);
    this.controls.minDistance = full * 0.28;
    this.controls.maxDistance = Math.max(full * 2.6, this.#distance(1, this.shape.reach));
    this.camera.far = this.controls.maxDistance + 2 * this.shape.reach;
    this.camera.updateProjectionMatrix();
  }

  // How far away the bounding sphere just fits the narrower side, over `fill`.
  #distance(fill, radius = this.shape.sphere.radius) {
    return radius / Math.sin(this.#halfAngle()) / fill;
  }

  // Half of what the eye takes in along the narrower side.
  #halfAngle() {
    const half = ((FOV_DEG / 2) * Math.PI) / 180;
    return Math.min(half, Math.atan(Math.tan(half) * this.camera.aspect));
  }

  #go(position, target, instantly) {
    if (instantly || stillness.matches) {
      this.#glide = null;
      this.camera.position.copy(position);
      this.controls.target.copy(target);
      this.controls.update();
      this.changed();
      return;
    }
    const polar = (from, to) => new Spherical().setFromVector3(swapped(from.clone().sub(to)));
    const start = polar(this.camera.position, this.controls.target);
    const end = polar(position, target);
    // The short way round.
    end.theta -= 2 * Math.PI * Math.round((end.theta - start.theta) / (2 * Math.PI));
    this.#glide = { began: null, start, end, from: this.controls.target.clone(), to: target };
    this.changed();
  }

  #advance(now) {
    const glide = this.#glide;
    glide.began ??= now;
    const time = Math.min(1, (now - glide.began) / GLIDE_MS);
    const eased = time * time * (3 - 2 * time);
    const between = (a, b) => a + (b - a) * eased;
    const polar = new Spherical(
      between(glide.start.radius, glide.end.radius),
      between(glide.start.phi, glide.end.phi),
      between(glide.start.theta, glide.end.theta),
    );
    this.controls.target.lerpVectors(glide.from, glide.to, eased);
    this.camera.position.copy(this.controls.target).add(unswapped(new Vector3().setFromSpherical(polar)));
    if (time === 1) this.#glide = null;
    this.changed();
  }

  #outgrown() {
    const { center, radius } = this.shape.sphere;
    const away = this.camera.position.distanceTo(center);
    return away < this.#distance(1) * 0.8 && this.framed && radius > this.framed * 1.12;
  }

  #retreat() {
    const { center, radius } = this.shape.sphere;
    const direction = this.camera.position.clone().sub(center).normalize();
    this.#go(direction.multiplyScalar(this.#distance(1)).add(center), center.clone(), false);
    this.framed = radius;
  }

  // Panning may not lose the piece.
  #keepInSight() {
    if (!this.shape) return;
    this.framed ??= this.shape.sphere.radius;
    const { center, radius } = this.shape.sphere;
    const away = this.controls.target.clone().sub(center);
    if (away.length() <= radius) return;
    const back = away.clone().setLength(radius).sub(away);
    this.controls.target.add(back);
    this.camera.position.add(back);
  }

  #key(event) {
    const turn = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    const zoom = { '+': 1 / KEY_ZOOM, '=': 1 / KEY_ZOOM, '-': KEY_ZOOM, _: KEY_ZOOM }[event.key];
    if (event.ctrlKey || event.metaKey || event.altKey) return; // the browser's own
    if (event.key === 'Home' || event.key === '0') this.look(DEFAULT_LOOK);
    else if (turn || zoom) this.#nudge(turn || [0, 0], zoom || 1);
    else return;
    event.preventDefault();
  }

  #nudge([sideways, upwards], zoom) {
    const { target, minDistance, maxDistance, minPolarAngle, maxPolarAngle } = this.controls;
    const polar = new Spherical().setFromVector3(swapped(this.camera.position.clone().sub(target)));
    polar.theta += sideways * KEY_TURN_RAD;
    polar.phi = Math.min(maxPolarAngle, Math.max(minPolarAngle, polar.phi + upwards * KEY_TURN_RAD));
    polar.radius = Math.min(maxDistance, Math.max(minDistance, polar.radius * zoom));
    this.#glide = null;
    this.camera.position.copy(target).add(unswapped(new Vector3().setFromSpherical(polar)));
    this.controls.update();
    this.changed();
  }

  // Two taps in one place reset the view; `dblclick` does not come from fingers everywhere.
  #tap(event) {
    const last = this.#lastTap;
    this.#lastTap = { time: event.timeStamp, x: event.clientX, y: event.clientY };
    if (!last || event.timeStamp - last.time > 320) return;
    if (Math.hypot(event.clientX - last.x, event.clientY - last.y) > 24) return;
    this.#lastTap = null;
    this.look(DEFAULT_LOOK);
  }
}

// three's Spherical has y up, the piece has z up.
const swapped = (v) => v.set(v.y, v.z, v.x);
const unswapped = (v) => v.set(v.z, v.x, v.y);
