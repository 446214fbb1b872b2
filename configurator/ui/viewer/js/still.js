// The polite way out when a browser cannot draw live 3D: one sentence and the picture the server drew.

import { frameElement } from './overlay.js';

const SENTENCE = 'This browser cannot draw live 3D, so here is a still picture.';

export class StillView {
  usesWebGL = false;
  host = null;
  #shown = '';

  constructor() {
    this.element = frameElement();
    this.element.dataset.state = 'still';
    this.picture = document.createElement('img');
    this.picture.className = 'still';
    this.picture.decoding = 'async';
    const sentence = document.createElement('p');
    sentence.className = 'note';
    sentence.textContent = SENTENCE;
    this.element.append(this.picture, sentence);
  }

  attach(host) {
    this.host = host;
    if (this.element.parentNode !== host) host.append(this.element);
  }

  detach() {
    this.element.remove();
    this.host = null;
  }

  update(data) {
    this.picture.alt = data.label || '';
    if (!data.still || data.still === this.#shown) return;
    this.#shown = data.still;
    const next = new Image(); // the last picture stays until the new one is here
    next.onload = () => {
      if (this.#shown === data.still) this.picture.src = next.src;
    };
    next.src = new URL(data.still, document.baseURI).href;
  }

  preview() {} // a still cannot answer before the server has drawn it

  stats() {
    return { still: this.#shown };
  }

  dispose() {
    this.detach();
  }
}
