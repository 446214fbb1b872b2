// One live view: it keeps what is wanted (shape, colours, camera), fetches what is missing, and draws when something
// has changed. It outlives its place on the page; see mount.js.

import { Eye } from './camera.js';
import { materials, sceneBytes } from './fetching.js';
import { frameElement, lookButtons, retryNote } from './overlay.js';
import { pageBehind, watchTheme } from './page.js';
import { Painter } from './painter.js';
import { decodeScene, disposeScene } from './scene.js';

const KEPT_SHAPES = 4; // decoded and on the graphics card; older ones are freed
const CALM_MS = 220; // how long nothing must happen before the picture settles
const PATIENCE_MS = 4000; // how long a colour shown early waits for the server to confirm it
const RETRY_MS = 3000;

export class View {
  usesWebGL = true;
  host = null;

  #wanted = {}; // the server's last word
  #early = new Map(); // field -> colour shown before the server confirmed it
  #earlyTimer = 0;
  #asked = 0; // numbers the requests for shapes, so that a slow answer cannot overwrite a newer one
  #shapes = new Map(); // address -> decoded shape, oldest first
  #shownScene = null;
  #table = null;
  #raf = 0;
  #fence = null;
  #fencedAt = 0;
  #fencedMoving = false;
  #stale = true; // something changed since the last quick frame
  #settled = 0; // samples gathered of the settled picture
  #lastChange = 0;
  #numbers = { frames: 0, samples: 0, paints: 0, started: performance.now() };

  constructor(camera) {
    this.element = frameElement();
    this.canvas = document.createElement('canvas');
    this.canvas.tabIndex = 0;
    this.canvas.setAttribute('role', 'img');
    this.painter = new Painter(this.canvas); // throws where there is no WebGL 2
    this.camera = new Eye(this.canvas, () => this.#invalidate());
    this.camera.restore(camera);
    this.note = retryNote(() => this.#retry());
    this.sensor = document.createElement('i');
    this.element.append(this.canvas, lookButtons((name) => this.camera.look(name)), this.note.element, this.sensor);
    this.element.dataset.state = 'loading';
    this.#unwatch = watchTheme(this.sensor, () => this.#meetPage());
    this.observer = new ResizeObserver(() => this.#resize());
    this.canvas.addEventListener('webglcontextlost', (event) => {
      event.preventDefault(); // the browser gives it back; until then the last picture is gone, not the page
      this.lost = true;
    });
    this.canvas.addEventListener('webglcontextrestored', () => this.#recover());
    this.#online = () => this.note.element.hidden || this.#retry();
    window.addEventListener('online', this.#online);
  }

  #unwatch;
  #online;
  #pageKey;

  attach(host) {
    if (this.host === host && this.element.parentNode === host) return;
    this.host = host;
    host.append(this.element);
    this.observer.disconnect();
    this.observer.observe(host);
    this.#resize();
    this.#meetPage();
    this.#invalidate();
  }

  detach() {
    cancelAnimationFrame(this.#raf);
    this.#raf = 0;
    this.observer.disconnect();
    this.element.remove();
    this.host = null;
  }

  update(data) {
    const first = !this.#wanted.scene;
    const lookAsked = data.look && data.look_n !== this.#wanted.look_n;
    this.#wanted = data;
    this.canvas.setAttribute('aria-label', data.label || 'Live view of the piece');
    this.#confirmEarly();
    if (data.scene !== this.#shownScene) this.#fetchShape();
    else this.#asked++; // back to the shape on screen: whatever is still on its way is no longer wanted
    if (!this.#table) this.#fetchTable();
    this.#paint();
    this.#meetPage();
    if (lookAsked) {
      if (this.#shownScene) this.camera.look(data.look);
      else if (first) this.#lookFirst = data.look;
    }
  }

  #lookFirst = null;

  // A colour shown before the server knows of it: {metal, accent, finish, gems: {role: gem}}, any of them.
  preview(look) {
    for (const field of ['metal', 'accent', 'finish']) {
      if (field in look) this.#early.set(field, look[field]);
    }
    for (const [role, gem] of Object.entries(look.gems || {})) this.#early.set(`gems.${role}`, gem);
    clearTimeout(this.#earlyTimer);
    this.#earlyTimer = setTimeout(() => {
      this.#early.clear(); // the server would not have it, or never heard
      this.#paint();
    }, PATIENCE_MS);
    this.#paint();
  }

  // Forgets what it showed, keeps what it compiled: for another piece with another camera.
  startOver(camera) {
    this.#wanted = {};
    this.#early.clear();
    this.#painted = '';
    this.#shownScene = null;
    this.#lookFirst = null;
    this.camera.forget();
    this.camera.restore(camera);
    this.element.dataset.state = 'loading';
    this.#numbers = { frames: 0, samples: 0, paints: 0, started: performance.now() };
  }

  stats() {
    const shape = this.#shapes.get(this.#shownScene);
    return {
      state: this.element.dataset.state,
      ...this.#numbers,
      camera: this.camera.camera.position.toArray(),
      target: this.camera.controls.target.toArray(),
      ...this.#look(),
      scene: this.#shownScene,
      triangles: shape?.triangles || 0,
      settled: this.#settled >= this.painter.settledFrames,
      software: this.painter.software,
      movingScale: this.painter.movingScale,
      pixels: [this.painter.width, this.painter.height],
      geometries: this.painter.renderer.info.memory.geometries,
      textures: this.painter.renderer.info.memory.textures,
      programs: this.painter.renderer.info.programs.length,
    };
  }

  dispose() {
    this.detach();
    clearTimeout(this.#earlyTimer);
    clearTimeout(this.#retryTimer);
    window.removeEventListener('online', this.#online);
    this.#unwatch();
    for (const shape of this.#shapes.values()) disposeScene(shape);
    this.camera.dispose();
    this.painter.dispose();
  }

  // ---- what to show

  #look() {
    const { metal, accent, finish, gems } = this.#wanted;
    const look = { metal, accent: accent || null, finish: finish || 'polished', gems: { ...gems } };
    for (const [field, value] of this.#early) {
      if (field.startsWith('gems.')) look.gems[field.slice(5)] = value;
      else look[field] = value;
    }
    return look;
  }

  #confirmEarly() {
    for (const [field, value] of this.#early) {
      const said = field.startsWith('gems.') ? this.#wanted.gems?.[field.slice(5)] : this.#wanted[field] ?? null;
      if (said === value) this.#early.delete(field);
    }
  }

  #paint() {
    if (!this.#table || !this.#shownScene) return;
    const look = this.#look();
    const spelled = JSON.stringify(look);
    if (spelled === this.#painted) return;
    this.#painted = spelled;
    this.painter.stage.paint(look, this.#table);
    this.#numbers.lastPick = performance.now();
    this.#invalidate();
  }

  #painted = '';

  async #fetchTable() {
    try {
      this.#table = await materials(this.#wanted.materials);
      this.#paint();
    } catch {
      this.#failed();
    }
  }

  async #fetchShape() {
    const address = this.#wanted.scene;
    const turn = ++this.#asked;
    try {
      if (!this.#shapes.has(address)) {
        const bytes = await sceneBytes(address);
        if (turn !== this.#asked) return;
        const began = performance.now();
        this.#shapes.set(address, decodeScene(bytes));
        this.#numbers.decodeMs = performance.now() - began;
        this.#numbers.sceneBytes = bytes.byteLength;
      }
      this.#showShape(address);
      this.note.hide();
    } catch {
      if (turn === this.#asked) this.#failed();
    }
  }

  #showShape(address) {
    const shape = this.#shapes.get(address);
    this.#shapes.delete(address);
    this.#shapes.set(address, shape); // newest last
    for (const [old, past] of this.#shapes) {
      if (this.#shapes.size <= KEPT_SHAPES) break;
      disposeScene(past);
      this.#shapes.delete(old);
    }
    this.painter.stage.setShape(shape, this.painter.passes);
    this.#shownScene = address;
    this.#painted = '';
    this.camera.meet(shape, this.#aspect());
    if (this.#lookFirst) this.camera.look(this.#lookFirst, { instantly: true });
    this.#lookFirst = null;
    this.#paint();
    this.#invalidate();
  }

  // ---- when the network or the graphics card fails

  #retryTimer = 0;

  #failed() {
    this.note.show('The picture could not be fetched.');
    clearTimeout(this.#retryTimer);
    this.#retryTimer = setTimeout(() => this.#retry(), RETRY_MS);
  }

  #retry() {
    if (!this.host) return;
    clearTimeout(this.#retryTimer);
    if (!this.#table) this.#fetchTable();
    if (this.#wanted.scene !== this.#shownScene) this.#fetchShape();
    else this.note.hide();
  }

  #recover() {
    this.lost = false;
    this.#fence = null;
    this.#pageKey = '';
    const shape = this.#shapes.get(this.#shownScene);
    if (shape) this.painter.stage.setShape(shape, this.painter.passes);
    this.#painted = '';
    this.#paint();
    this.#meetPage();
    this.#invalidate();
  }

  // ---- the place on the page

  #aspect() {
    return this.painter.height ? this.painter.width / this.painter.height : 1;
  }

  #resize() {
    const { clientWidth, clientHeight } = this.host || {};
    if (!clientWidth || !clientHeight) return;
    if (!this.painter.resize(clientWidth, clientHeight)) return;
    this.camera.resize(this.#aspect());
    this.#meetPage();
    // A new size clears the canvas at once; drawing in the same turn avoids a blink.
    if (this.#isReady() && !this.lost) this.painter.drawMoving(this.camera.camera);
    this.#invalidate();
  }

  #meetPage() {
    if (!this.host || this.lost || !this.painter.width) return;
    const page = pageBehind(this.host);
    if (page.key === this.#pageKey) return;
    this.#pageKey = page.key;
    this.painter.setRoom(page);
    if (!this.#shownScene) this.painter.warm(this.camera.camera);
    this.#invalidate();
  }

  // ---- drawing

  #isReady() {
    return Boolean(this.#shownScene && this.#table && this.painter.width);
  }

  #invalidate() {
    this.#stale = true;
    this.#settled = 0;
    this.#lastChange = performance.now();
    this.#wake();
  }

  #wake() {
    if (!this.#raf && this.host) this.#raf = requestAnimationFrame((now) => this.#frame(now));
  }

  #frame(now) {
    this.#raf = 0;
    if (!this.host || this.lost || !this.#isReady()) return;
    const moving = this.camera.step(now);
    // One frame at a time on the graphics side: work that queues up there would make the next pick wait.
    if (this.#fence && !this.#landed()) return this.#wake();
    if (this.#stale) this.#drawMoving();
    else if (this.#mayGather(now)) this.#gather();
    if (moving || this.#stale || this.#settled < this.painter.settledFrames) this.#wake();
  }

  #landed() {
    if (!this.painter.isDone(this.#fence)) return false;
    this.#fence = null;
    const took = performance.now() - this.#fencedAt;
    this.#numbers[this.#fencedMoving ? 'movingMs' : 'settledMs'] = took;
    if (this.#fencedMoving) {
      this.#numbers.landedFrame = this.#numbers.frames;
      this.painter.adapt(took);
    }
    return true;
  }

  #drawMoving() {
    this.#stale = false;
    const first = this.element.dataset.state !== 'ready';
    if (first) this.painter.stage.bakeProbe();
    this.painter.drawMoving(this.camera.camera);
    this.#fenceOff(true);
    this.#numbers.frames++;
    this.#notePaint();
    if (first) {
      this.element.dataset.state = 'ready';
      this.#numbers.firstPaintMs = performance.now() - this.#numbers.started;
    }
    this.element.dataset.metal = this.#look().metal;
  }

  // Early colours are on screen before the server has answered: it needs the processor more than the picture does.
  #mayGather(now) {
    if (this.camera.dragging) return false;
    const calm = this.#early.size ? 3 * CALM_MS : CALM_MS;
    return now - this.#lastChange > calm && this.#settled < this.painter.settledFrames;
  }

  #gather() {
    if (this.painter.stage.probeIsStale) this.painter.stage.bakeProbe();
    const { done, shown } = this.painter.drawSettled(this.camera.camera, this.#settled);
    if (shown) this.#notePaint();
    if (done) {
      this.#settled++;
      this.#numbers.samples++;
    }
    this.#fenceOff(false);
  }

  #notePaint() {
    this.#numbers.paints++;
    this.#numbers.lastPaint = performance.now();
  }

  #fenceOff(moving) {
    this.#fence = this.painter.mark();
    this.#fencedAt = performance.now();
    this.#fencedMoving = moving;
  }
}
