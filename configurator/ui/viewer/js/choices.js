// The picker: swatches, cards, months and fonts that look like what they choose.
//
// A tap recolours the live piece in the browser at once (view.preview), then tells the server. The server's answer
// confirms or corrects it. What can be chosen comes from one catalogue, fetched once; a pick sends only ids.

import { preview } from './index.js';

const catalogues = new Map(); // url -> promise of the parsed catalogue

function catalogue(url) {
  const address = new URL(url, document.baseURI).href;
  if (!catalogues.has(address)) {
    const loading = fetch(address).then((answer) => {
      if (!answer.ok) throw new Error(`catalogue ${answer.status}`);
      return answer.json();
    });
    loading.catch(() => catalogues.delete(address)); // a dropped connection must not stick
    catalogues.set(address, loading);
  }
  return catalogues.get(address);
}

const STYLE = `
:host, .choices { font-family: var(--st-font); color: var(--st-text-color); }
.choices { display: grid; gap: 14px; }
.group { display: grid; gap: 6px; }
.group > h4 { margin: 0; font: 500 12px/1.3 var(--st-font); letter-spacing: .04em; opacity: .62; }
.row { display: grid; gap: 6px; grid-template-columns: repeat(auto-fill, minmax(var(--tile, 76px), 1fr)); }
button { all: unset; box-sizing: border-box; cursor: pointer; min-height: 44px; border-radius: 12px; display: grid;
  justify-items: center; align-content: start; gap: 6px; padding: 8px 4px 7px; text-align: center; position: relative;
  font: 500 13px/1.2 var(--st-font); border: 1.5px solid transparent; -webkit-tap-highlight-color: transparent;
  touch-action: manipulation; }
@media (hover: hover) { button:hover { background: color-mix(in srgb, var(--st-text-color) 5%, transparent); } }
button:focus-visible { outline: 2px solid var(--st-primary-color); outline-offset: 2px; }
button[aria-checked="true"] { border-color: var(--st-primary-color);
  background: color-mix(in srgb, var(--st-primary-color) 7%, transparent); }
.swatch { width: 40px; height: 40px; border-radius: 50%; box-shadow: inset 0 0 0 1px rgb(0 0 0 / .12); }
img.stone { width: 46px; height: 46px; object-fit: contain; display: block; }
img.card { width: 100%; aspect-ratio: 4 / 3; object-fit: contain; border-radius: 8px; display: block; }
.cards { --tile: 112px; }
.fonts { --tile: 100%; }
.fonts button { grid-template-columns: 1fr auto; justify-items: start; align-items: center; padding: 8px 14px; }
.lettering { font-size: 25px; line-height: 1.15; white-space: nowrap; overflow: hidden; text-overflow: ellipsis;
  max-width: 100%; }
.fonts small { font: 400 12px/1.2 var(--st-font); opacity: .62; }
.hint { font: 400 13.5px/1.45 var(--st-font); min-height: 2.9em; margin: 0;
  color: color-mix(in srgb, var(--st-text-color) 78%, transparent); }
.months { grid-template-columns: repeat(6, 1fr); }
.months button { padding: 6px 2px; }
.months img.stone { width: 28px; height: 28px; }
.mark, .note { font: 400 11px/1.2 var(--st-font); opacity: .68; margin: 0; }
.note { font-size: 12.5px; line-height: 1.4; }
`;

const element = (tag, attributes = {}, ...children) => {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value != null) node.setAttribute(name, value);
  }
  node.append(...children.filter((child) => child != null));
  return node;
};

function metalSwatch(item) {
  // A turned and polished disc: light and dark follow each other round it.
  const swatch = element('span', { class: 'swatch', 'aria-hidden': 'true' });
  const { light, colour, dark } = item;
  const turn = [
    light, `${colour} 9%`, `${dark} 20%`, `${colour} 31%`, `${light} 42% 50%`,
    `${colour} 60%`, `${dark} 72%`, `${colour} 84%`, light,
  ].join(', ');
  swatch.style.background = `radial-gradient(#fff5 0 8%, transparent 60%), conic-gradient(from 20deg, ${turn})`;
  return swatch;
}

const picture = (item, kind) => element('img', {
  class: kind, src: new URL(item.image, document.baseURI).href, alt: '', loading: 'lazy', draggable: 'false',
});

const mark = (item) => (item.mark ? element('span', { class: 'mark' }, item.mark) : null);

const group = (title, ...rows) => element('div', { class: 'group' }, title ? element('h4', {}, title) : null, ...rows);

// A tile is a kind of stone; laboratory-grown or natural is asked below the tiles.
const tileOf = (all, data) => all[data.kind].find((item) => item.id === data.value)?.natural || data.value;

const faces = new Set();
function lettering(item, text) {
  if (!faces.has(item.id)) {
    faces.add(item.id);
    const face = new FontFace(`keepsake-${item.id}`, `url(${new URL(item.url, document.baseURI).href})`);
    face.load().then((ready) => document.fonts.add(ready), () => faces.delete(item.id));
  }
  const line = element('span', { class: 'lettering' }, text || item.label);
  line.style.fontFamily = `"keepsake-${item.id}", serif`;
  return line;
}

// How one item of each kind is drawn, and how its row is laid out.
const KINDS = {
  metals: { row: '', draw: (item) => [metalSwatch(item), item.short] },
  gems: { row: '', draw: (item) => [picture(item, 'stone'), item.short, mark(item)] },
  cuts: { row: '', draw: (item) => [picture(item, 'stone'), item.label] },
  styles: { row: 'cards', draw: (item) => [picture(item, 'card'), item.label] },
  presets: { row: 'cards', draw: (item) => [picture(item, 'card'), item.label] },
  finishes: { row: '', draw: (item) => [metalSwatch(item), item.label] },
  fonts: { row: 'fonts', draw: (item, data) => [lettering(item, data.text), element('small', {}, item.label)] },
};

// Only what can change without new geometry is shown before the server answers.
const EARLY = {
  metals: (id, data) => ({ [data.role || 'metal']: id }),
  finishes: (id) => ({ finish: id }),
  gems: (id, data) => ({ gems: { [data.role]: id } }),
};

function radio(item, checked, contents) {
  const button = element('button', {
    type: 'button', role: 'radio', 'aria-checked': String(checked), 'data-id': item.id,
    'aria-label': item.label, title: item.label, tabindex: checked ? '0' : '-1',
  }, ...contents);
  return button;
}

function radioGroup(label, row, buttons) {
  const radios = element('div', { class: `row ${row}`, role: 'radiogroup', 'aria-label': label }, ...buttons);
  if (!buttons.some((button) => button.tabIndex === 0) && buttons[0]) buttons[0].tabIndex = 0;
  radios.addEventListener('keydown', (event) => {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const at = buttons.indexOf(radios.getRootNode().activeElement);
    const next = buttons[(at + step + buttons.length) % buttons.length];
    next.focus();
    next.click();
  });
  return radios;
}

function grouped(items) {
  const groups = new Map();
  for (const item of items) groups.set(item.group || '', [...(groups.get(item.group || '') || []), item]);
  return groups;
}

// The tiles are built when what can be chosen changes; a pick only moves the mark, so nothing flickers.
function show(root, all, data, picked) {
  const shape = JSON.stringify({ ...data, value: null, month: root.month });
  if (root.shape !== shape) {
    draw(root, all, data, picked);
    root.shape = shape;
  }
  const tile = tileOf(all, data);
  for (const button of root.querySelectorAll('.choices [role=radio][data-item]')) {
    const chosen = button.dataset.id === tile;
    button.setAttribute('aria-checked', String(chosen));
    if (chosen) {
      for (const other of button.parentElement.children) other.tabIndex = -1;
      button.tabIndex = 0;
    }
  }
  const hint = root.querySelector('.hint');
  const care = data.months && root.month ? all.months[root.month - 1].care[data.value] : null;
  if (hint) hint.textContent = care || all[data.kind].find((item) => item.id === data.value)?.hint || '';
}

function draw(root, all, data, picked) {
  const kind = KINDS[data.kind];
  let items = all[data.kind].filter((item) => !item.natural);
  const tile = tileOf(all, data);
  if (data.only) items = data.only.map((id) => items.find((item) => item.id === id)).filter(Boolean);
  const tiles = (list, label) => radioGroup(label, kind.row, list.map((item) => {
    const button = radio(item, item.id === tile, kind.draw(item, data));
    button.dataset.item = '';
    button.addEventListener('click', () => picked(item));
    return button;
  }));

  const body = element('div', { class: 'choices', 'data-kind': data.kind });
  if (data.months) body.append(months(all, root, () => show(root, all, root.data, picked)));
  if (data.months && root.month) {
    const month = all.months[root.month - 1];
    for (const list of month.lists) {
      const stones = list.gems.map((id) => all.gems.find((gem) => gem.id === id)).filter(Boolean);
      const note = list.note ? element('p', { class: 'note' }, list.note) : null;
      body.append(group(`${month.name} · ${list.label}`, stones.length ? tiles(stones, list.label) : null, note));
    }
  } else {
    for (const [name, list] of data.flat ? [['', items]] : grouped(items)) {
      body.append(group(name, tiles(list, name || data.label)));
    }
  }
  if (!data.quiet) body.append(element('p', { class: 'hint', 'aria-live': 'polite' }));
  const focused = root.getRootNode().activeElement?.dataset?.id; // keyboard users keep their place
  root.replaceChildren(element('style', {}, STYLE), body);
  if (focused) root.querySelector(`button[data-id="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
}

function months(all, root, redraw) {
  const buttons = all.months.map((month, index) => {
    const open = root.month === index + 1;
    const first = all.gems.find((gem) => gem.id === month.lists[0].gems[0]);
    const button = radio({ id: `month-${index + 1}`, label: month.name }, open, [picture(first, 'stone'), month.short]);
    button.addEventListener('click', () => {
      root.month = open ? 0 : index + 1;
      redraw();
    });
    return button;
  });
  const title = 'Birthstone by month';
  return group(title, radioGroup(title, 'months', buttons));
}

// Streamlit calls this at every change of `data`; the returned function only at unmount.
export function mountChoices({ data, parentElement, setTriggerValue }) {
  let root = parentElement.querySelector('.keepsake-choices');
  if (!root) {
    root = element('div', { class: 'keepsake-choices' });
    parentElement.append(root);
  }
  root.data = data;
  catalogue(data.catalogue).then((all) => {
    if (root.data !== data) return; // a newer pick is already on its way
    const picked = (item) => {
      if (item.id === tileOf(all, root.data)) return;
      root.data = { ...root.data, value: item.id };
      show(root, all, root.data, picked);
      const early = EARLY[data.kind];
      if (early && data.view) preview(data.view, early(item.id, data));
      setTriggerValue('picked', item.id);
    };
    show(root, all, data, picked);
  }).catch(() => {
    const sorry = 'The choices could not be loaded. They come back with the connection.';
    root.replaceChildren(element('style', {}, STYLE), element('p', { class: 'hint' }, sorry));
  });
  return () => {};
}
