// When to draw: a quick frame as soon as anything changes, then, once all is calm, the settled picture step by step.

const CALM_MS = 220; // how long nothing must happen before the picture settles

export class Loop {
  numbers = { frames: 0, samples: 0, paints: 0 };

  #raf = 0;
  #stale = true; // something changed since the last quick frame
  #settled = 0; // whole frames gathered of the settled picture
  #lastChange = 0;
  #fence = null; // {sync, at, quick} of the one piece of work under way on the graphics side

  // `view` answers `mayDraw()`, `maySettle()`, `isBusy()` (the server is at work and needs the processor) and hears
  // `drawn()`.
  constructor(painter, eye, view) {
    Object.assign(this, { painter, eye, view });
  }

  get isSettled() {
    return this.#settled >= this.painter.settledFrames;
  }

  invalidate() {
    this.#stale = true;
    this.#settled = 0;
    this.#lastChange = performance.now();
    this.#wake();
  }

  stop() {
    cancelAnimationFrame(this.#raf);
    this.#raf = 0;
  }

  // After a lost context nothing that was under way will ever be done.
  forget() {
    this.#fence = null;
  }

  // Draws without waiting for the browser's next frame, which on a busy page is a while away.
  drawNow() {
    this.invalidate();
    this.#drawQuick();
  }

  #wake() {
    if (!this.#raf) this.#raf = requestAnimationFrame((now) => this.#frame(now));
  }

  #frame(now) {
    this.#raf = 0;
    if (!this.view.mayDraw()) return;
    const moving = this.eye.step(now);
    // One thing at a time: work that queues up on the graphics side would make the next pick wait.
    if (!this.#landed()) return this.#wake();
    if (this.#stale) this.#drawQuick();
    else if (this.#isCalm(now)) this.#gather();
    if (moving || this.#stale || !this.isSettled) this.#wake();
  }

  #landed() {
    if (!this.#fence) return true;
    const { sync, at, quick } = this.#fence;
    if (!this.painter.isDone(sync)) return false;
    this.#fence = null;
    const took = performance.now() - at;
    this.numbers[quick ? 'movingMs' : 'settledMs'] = took;
    if (quick) {
      this.numbers.landedFrame = this.numbers.frames;
      this.painter.adapt(took);
    } else this.painter.adaptStrips(took);
    return true;
  }

  #drawQuick() {
    this.#stale = false;
    this.painter.drawMoving(this.eye.camera);
    this.numbers.frames++;
    this.#fenceOff(true);
    this.#shown();
    this.view.drawn();
  }

  #isCalm(now) {
    if (this.eye.dragging || this.isSettled || !this.view.maySettle()) return false;
    return now - this.#lastChange > (this.view.isBusy() ? 3 * CALM_MS : CALM_MS);
  }

  #gather() {
    this.painter.catchUp();
    const { done, shown } = this.painter.drawSettled(this.eye.camera, this.#settled);
    if (done) {
      this.#settled++;
      this.numbers.samples++;
    }
    if (shown) this.#shown();
    this.#fenceOff(false);
  }

  #shown() {
    this.numbers.paints++;
    this.numbers.lastPaint = performance.now();
  }

  #fenceOff(quick) {
    if (this.#fence) this.painter.forget(this.#fence.sync);
    this.#fence = { sync: this.painter.mark(), at: performance.now(), quick };
  }
}
