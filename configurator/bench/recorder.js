// Runs in every measured page before anything else: notes when WebGL contexts are made, when something is drawn, and
// when after a click the picture (for the empty app the text, on a page of charts the charts) has really changed.
// Only the bench loads it.
(() => {
  const W = 96, H = 72;
  const CHANGED = 24; // a pixel counts when a channel moved this far
  const ENOUGH = 14; // of 6,912 pixels: a cut changes few, an antialiasing wobble fewer
  const known = new WeakSet();
  const state = { contexts: [], draws: 0, firstPicture: null, clicked: null, changed: null, text: null,
    redrawn: null, redrawnAll: null, changedCharts: new Set() };
  window.keepsakeBench = state;

  const shrunk = document.createElement('canvas');
  shrunk.width = W;
  shrunk.height = H;
  const pen = shrunk.getContext('2d', { willReadFrequently: true });
  let last = null; // the newest small picture
  let before = null; // the one on screen when the click came

  function look(canvas) {
    if (!canvas.isConnected || canvas.width < 100) return;
    pen.clearRect(0, 0, W, H);
    pen.drawImage(canvas, 0, 0, W, H);
    const now = pen.getImageData(0, 0, W, H).data;
    if (state.firstPicture === null && spread(now) > 60) state.firstPicture = performance.now();
    if (state.clicked !== null && state.changed === null && before && moved(before, now) >= ENOUGH) {
      state.changed = performance.now();
    }
    last = now;
  }

  // A ring, rather than an even ground: the darkest and the lightest pixel of the middle are far apart.
  function spread(pixels) {
    let low = 255, high = 0;
    for (let y = H >> 2; y < (3 * H) >> 2; y += 1) {
      for (let x = W >> 2; x < (3 * W) >> 2; x += 1) {
        const at = 4 * (y * W + x);
        if (pixels[at + 3] < 128) continue;
        low = Math.min(low, pixels[at + 1]);
        high = Math.max(high, pixels[at + 1]);
      }
    }
    return high - low;
  }

  function moved(a, b) {
    let count = 0;
    for (let at = 0; at < a.length; at += 4) {
      const far = Math.max(Math.abs(a[at] - b[at]), Math.abs(a[at + 1] - b[at + 1]), Math.abs(a[at + 2] - b[at + 2]));
      if (far > CHANGED) count += 1;
    }
    return count;
  }

  const getContext = HTMLCanvasElement.prototype.getContext;
  HTMLCanvasElement.prototype.getContext = function (kind, ...rest) {
    const context = getContext.call(this, kind, ...rest);
    if (context && String(kind).includes('webgl') && !known.has(context)) {
      known.add(context);
      state.contexts.push(new WeakRef(context));
    }
    return context;
  };

  // The drawing buffer is gone once the browser has shown it, so look at the end of the very task that drew to it. What
  // goes to a target off the screen changes no pixel, and reading the canvas back then would hold up what is measured.
  for (const kind of [window.WebGLRenderingContext, window.WebGL2RenderingContext]) {
    const bind = kind?.prototype.bindFramebuffer;
    if (!bind) continue;
    kind.prototype.bindFramebuffer = function (target, framebuffer) {
      bind.call(this, target, framebuffer);
      if (target !== this.READ_FRAMEBUFFER) this.offScreen = framebuffer !== null;
    };
    for (const name of ['drawArrays', 'drawElements', 'drawArraysInstanced', 'drawElementsInstanced']) {
      const draw = kind.prototype[name];
      if (!draw) continue;
      kind.prototype[name] = function (...args) {
        draw.apply(this, args);
        state.draws += 1;
        if (this.lookAhead || this.offScreen) return;
        this.lookAhead = true;
        queueMicrotask(() => {
          this.lookAhead = false;
          look(this.canvas);
        });
      };
    }
  }

  const begin = () => {
    state.clicked = performance.now();
    state.changed = null;
    before = last;
    state.text = answer();
    state.redrawn = state.redrawnAll = null;
    state.changedCharts.clear();
    charts = drawn();
  };
  for (const kind of ['click', 'keydown']) window.addEventListener(kind, begin, true);

  // The empty app answers with text; its change counts once it has been painted.
  const answer = () => document.querySelector('[data-testid="stText"]')?.textContent ?? null;
  new MutationObserver(() => {
    if (state.clicked === null || state.changed !== null || state.text === null || answer() === state.text) return;
    state.text = answer();
    whenPainted(() => { state.changed ??= performance.now(); });
  }).observe(document, { subtree: true, childList: true, characterData: true });

  function whenPainted(then) {
    requestAnimationFrame(() => {
      const painted = new MessageChannel();
      painted.port1.onmessage = then;
      painted.port2.postMessage(0);
    });
  }

  // Charts are drawn one after the other: what counts is the last frame that shows another line or word in any of them,
  // once among those in sight and once among all. A drawing that shows the same again does not count, nor does an empty
  // place between two.
  const inSight = (plot) => {
    const { top, bottom } = plot.getBoundingClientRect();
    return bottom > 0 && top < innerHeight;
  };
  const drawn = () => [...document.querySelectorAll('.js-plotly-plot')].map((plot) => [inSight(plot),
    [...plot.querySelectorAll('path, text')].map((mark) => mark.getAttribute('d') ?? mark.textContent).join()]);
  let charts = [];
  let lookAtCharts = false;
  new MutationObserver((changes) => {
    if (state.clicked === null || lookAtCharts) return;
    const inside = ({ target }) => target instanceof Element && target.closest('.js-plotly-plot');
    if (!changes.some(inside)) return;
    lookAtCharts = true;
    whenPainted(() => {
      lookAtCharts = false;
      const at = performance.now(), now = drawn();
      const changed = now.filter(([, marks], i) => marks !== charts[i]?.[1]);
      if (changed.length) state.redrawnAll = at;
      for (const one of changed) state.changedCharts.add(now.indexOf(one));
      if (changed.some(([seen]) => seen)) state.redrawn = at;
      charts = now;
    });
  }).observe(document, { subtree: true, childList: true, attributes: true, characterData: true });

  state.live = () => {
    window.gc?.();
    return state.contexts.filter((ref) => ref.deref() && !ref.deref().isContextLost()).length;
  };
})();
