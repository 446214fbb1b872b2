// One live view: it keeps what is wanted (shape, colours, camera) and fetches what is missing. It outlives its place on
// the page, see mount.js; when it draws is decided in loop.js, how in painter.js.

import { Eye } from './camera.js';
import { Colours } from './colours.js';
import { materials, sceneBytes } from './fetching.js';
import { Loop } from './loop.js';
import { frameElement, lookButtons, retryNote } from './overlay.js';
import { pageBehind, watchTheme } from './page.js';
import { Painter } from './painter.js';
import { decodeScene, disposeScene } from './scene.js';

const KEPT_SHAPES = 4; // decoded and on the graphics card; older ones are freed
const RETRY_MS = 3000;

export class View {
  usesWebGL = true;
  host = null;

  #wanted = {}; // the server's last word
  #asked = 0; // numbers the requests for shapes, so that a slow answer cannot overwrite a newer one
  #shapes = new Map(); // address -> decoded shape, oldest first
  #shown = null; // address of the shape on screen
  #table = null; // what the ids of metals and gems look like
  #painted = ''; // the colours on screen, spelled out
  #lookFirst = null;
  #pageKey = '';
  #retryTimer = 0;
  #lost = false;
  #compiled = ''; // the kind of picture that can be drawn without waiting for a shader
  #numbers = { started: performance.now() };
  #stopWatching;
  #online;

  // `camera` is what another view of this name left behind, if any. Throws where there is no WebGL 2.
  constructor(camera) {
    this.element = frameElement();
    this.canvas = document.createElement('canvas');
    this.canvas.tabIndex = 0;
    this.canvas.setAttribute('role', 'img');
    this.painter = new Painter(this.canvas);
    this.camera = new Eye(this.canvas, () => this.loop?.invalidate());
    this.loop = new Loop(this.painter, this.camera, {
      mayDraw: () => Boolean(this.host && !this.#lost && this.#isReady()),
      isBusy: () => this.colours.isWaiting,
      maySettle: () => this.#compiled === 'settled',
      drawn: () => this.#drawn(),
    });
    this.colours = new Colours(() => this.#paint());
    this.camera.restore(camera);
    this.painter.compile('quick').then(() => {
      this.#compiled = 'quick';
      this.#meetPage();
    });
    this.note = retryNote(() => this.#retry());
    const sensor = document.createElement('i');
    this.looks = lookButtons((name) => this.camera.look(name));
    this.element.append(this.canvas, this.looks.element, this.note.element, sensor);
    this.element.dataset.state = 'loading';
    this.#stopWatching = watchTheme(sensor, () => this.#meetPage());
    this.observer = new ResizeObserver(() => this.#resize());
    this.canvas.addEventListener('webglcontextlost', (event) => {
      event.preventDefault(); // the browser gives it back; until then the picture is gone, not the page
      this.#lost = true;
    });
    this.canvas.addEventListener('webglcontextrestored', () => this.#recover());
    this.#online = () => this.note.isShown() && this.#retry();
    window.addEventListener('online', this.#online);
  }

  attach(host) {
    if (this.host === host && this.element.parentNode === host) return;
    this.host = host;
    host.append(this.element);
    this.observer.disconnect();
    this.observer.observe(host);
    this.#resize();
    this.#meetPage();
    this.loop.invalidate();
  }

  detach() {
    this.loop.stop();
    this.observer.disconnect();
    this.element.remove();
    this.host = null;
  }

  update(data) {
    const lookAsked = data.look && data.look_n !== this.#wanted.look_n;
    this.#wanted = data;
    this.canvas.setAttribute('aria-label', data.label || 'Live view of the piece');
    this.colours.hear(data);
    if (data.scene !== this.#shown) this.#fetchShape();
    else this.#asked++; // back to the shape on screen: whatever is still on its way is no longer wanted
    if (!this.#table) this.#fetchTable();
    this.#paint();
    this.#meetPage();
    if (!lookAsked) return;
    if (this.#shown) this.camera.look(data.look);
    else this.#lookFirst = data.look;
  }

  preview(look) {
    this.colours.showEarly(look);
  }

  // Forgets what it showed, keeps what it compiled: for another piece with another camera.
  startOver(camera) {
    this.#wanted = {};
    this.colours.forget();
    this.#painted = '';
    this.#shown = null;
    this.#lookFirst = null;
    this.camera.forget();
    this.camera.restore(camera);
    this.element.dataset.state = 'loading';
    this.#numbers = { started: performance.now() };
  }

  stats() {
    const { memory, programs } = this.painter.renderer.info;
    return {
      state: this.element.dataset.state,
      ...this.#numbers,
      ...this.loop.numbers,
      settled: this.loop.isSettled,
      camera: this.camera.camera.position.toArray(),
      target: this.camera.controls.target.toArray(),
      ...this.colours.now(),
      scene: this.#shown,
      triangles: this.#shapes.get(this.#shown)?.triangles || 0,
      software: this.painter.software,
      movingScale: this.painter.movingScale,
      pixels: [this.painter.width, this.painter.height],
      geometries: memory.geometries,
      textures: memory.textures,
      programs: programs.length,
    };
  }

  dispose() {
    this.detach();
    this.colours.forget();
    clearTimeout(this.#retryTimer);
    window.removeEventListener('online', this.#online);
    this.#stopWatching();
    for (const shape of this.#shapes.values()) disposeScene(shape);
    this.camera.dispose();
    this.painter.dispose();
  }

  // ---- shape and colours

  #paint() {
    if (!this.#table || !this.#shown) return;
    const look = this.colours.now();
    const spelled = JSON.stringify(look);
    if (spelled === this.#painted) return;
    this.#painted = spelled;
    this.painter.stage.paint(look, this.#table);
    this.#numbers.lastPick = performance.now();
    this.loop.invalidate();
  }

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
        Object.assign(this.#numbers, { decodeMs: performance.now() - began, sceneBytes: bytes.byteLength });
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
    this.painter.setShape(shape);
    for (const [old, past] of this.#shapes) {
      if (this.#shapes.size <= KEPT_SHAPES) break;
      disposeScene(past);
      this.#shapes.delete(old);
    }
    this.#shown = address;
    this.#painted = '';
    this.camera.meet(shape);
    this.looks.show(shape.pose);
    if (this.#lookFirst) this.camera.look(this.#lookFirst, { instantly: true });
    this.#lookFirst = null;
    this.#paint();
    this.#drawNow();
  }

  // ---- when the network or the graphics card fails

  #failed() {
    this.note.show('The picture could not be fetched.');
    clearTimeout(this.#retryTimer);
    this.#retryTimer = setTimeout(() => this.#retry(), RETRY_MS);
  }

  #retry() {
    if (!this.host) return;
    clearTimeout(this.#retryTimer);
    if (!this.#table) this.#fetchTable();
    if (this.#wanted.scene !== this.#shown) this.#fetchShape();
    else this.note.hide();
  }

  #recover() {
    this.#lost = false;
    this.loop.forget();
    const shape = this.#shapes.get(this.#shown);
    if (shape) this.painter.setShape(shape);
    this.#painted = '';
    this.#pageKey = '';
    this.#paint();
    this.#meetPage();
    this.loop.invalidate();
  }

  // ---- the place on the page

  #resize() {
    const { clientWidth, clientHeight } = this.host || {};
    if (!clientWidth || !clientHeight) return;
    if (!this.painter.resize(clientWidth, clientHeight)) return;
    this.camera.resize(clientWidth / clientHeight);
    this.#meetPage();
    this.#drawNow(); // or the page would show a blank canvas until its next frame
  }

  #meetPage() {
    if (!this.host || this.#lost || !this.painter.width || !this.#compiled) return;
    const page = pageBehind(this.host);
    if (page.key === this.#pageKey) return;
    this.#pageKey = page.key;
    this.painter.setRoom(page);
    this.loop.invalidate();
  }

  // ---- drawing

  #drawNow() {
    if (this.#isReady() && !this.#isFirst() && this.host && !this.#lost) this.loop.drawNow();
    else this.loop.invalidate();
  }

  #isReady() {
    return Boolean(this.#shown && this.#table && this.painter.width && this.#compiled);
  }

  #isFirst() {
    return this.element.dataset.state !== 'ready';
  }

  #drawn() {
    if (this.#isFirst()) this.#numbers.firstPaintMs = performance.now() - this.#numbers.started;
    if (this.#compiled === 'quick') this.#compileRest();
    this.element.dataset.state = 'ready';
    this.element.dataset.metal = this.colours.now().metal;
  }

  async #compileRest() {
    this.#compiled = 'compiling the rest';
    await this.painter.compile('settled');
    this.#compiled = 'settled';
    if (!this.#isReady() || this.#lost) return;
    this.painter.catchUp();
    this.loop.invalidate();
  }
}
