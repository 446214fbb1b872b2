// The fields of a form, each the browser's own control. What the server says is shown, except where the reader is just
// answering: an answer counts until the server has heard it, and what is being typed until it is finished.
const forms = new WeakMap(); // place -> Form
const PATIENCE_MS = 3000; // after that an answer counts as lost

const element = (tag, attributes = {}, ...children) => {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) if (value != null) node.setAttribute(name, value);
  node.append(...children.filter((child) => child != null));
  return node;
};

class Form {
  constructor(place) {
    Object.assign(this, { place, controls: new Map(), sent: 0, waits: false, next: new Map() });
  }

  show({ fields, label, heard }, send) {
    this.send = send;
    this.make(fields, label);
    if (heard === this.sent) this.heard();
    for (const field of fields) {
      const control = this.controls.get(field.id);
      control.does.textContent = field.does;
      if (!this.waits) control.show(field.value);
    }
  }

  // A control stays while it asks the same: it may be in somebody's hand.
  make(fields, label) {
    const before = this.controls;
    this.controls = new Map(fields.map((field) => {
      const { value, does, ...fixed } = field;
      const made = JSON.stringify(fixed), kept = before.get(field.id);
      return [field.id, kept?.made === made ? kept : { made, ...this.control(field, label) }];
    }));
    const rows = [...this.controls.values()].map(({ row }) => row);
    if (rows.length !== before.size || rows.some((row) => !row.parentNode)) this.place.replaceChildren(...rows);
    this.place.setAttribute('aria-label', label);
  }

  control(field, label) {
    const made = KINDS[field.kind](field, this), id = `${label}.${field.id}`.replace(/\W+/g, '-');
    for (const input of made.row.querySelectorAll('input, select')) input.setAttribute('aria-describedby', id);
    made.does.id = id;
    made.row.append(made.does);
    return made;
  }

  // One answer is under way at a time; what is answered meanwhile follows, of a slider that moves on the newest.
  answer(id, value) {
    if (this.waits) {
      this.next.set(id, value);
      return;
    }
    // Unlike any number of an earlier visit, which the server may still remember.
    this.sent = `${performance.timeOrigin}-${performance.now()}`;
    this.waits = true;
    this.late = setTimeout(() => this.heard(), PATIENCE_MS);
    this.send('answer', { id, value, number: this.sent, seen: inSight() });
  }

  heard() {
    clearTimeout(this.late);
    this.waits = false;
    const [first] = this.next;
    if (!first) return;
    this.next.delete(first[0]);
    this.answer(...first);
  }
}

// Which charts are in sight, by their keys: the server sends them first.
function inSight() {
  const plots = [...document.querySelectorAll('.keepsake-plot')];
  return plots.filter((plot) => plot.inSight?.()).map((plot) => plot.dataset.key); // plot.js knows
}

const described = () => element('p', { class: 'ks-small' });

function pills({ id, title, choices }, form) {
  const inputs = Object.entries(choices).map(([value, words]) => {
    const input = element('input', { type: 'radio', name: `keepsake-${id}`, value });
    input.addEventListener('change', () => form.answer(id, value));
    return [input, element('label', {}, input, element('span', {}, words))];
  });
  const row = element('fieldset', { 'data-field': id }, element('legend', {}, title),
    element('div', { class: 'pills' }, ...inputs.map(([, label]) => label)));
  const show = (value) => inputs.forEach(([input]) => { input.checked = input.value === value; });
  return { row, does: described(), show };
}

function list({ id, title, choices }, form) {
  const options = Object.entries(choices).map(([value, words]) => element('option', { value }, words));
  const input = element('select', {}, ...options);
  input.addEventListener('change', () => form.answer(id, input.value));
  return { ...labelled(id, title, input), show: (value) => { input.value = value; } };
}

function slider({ id, title, low, high, step, unit }, form) {
  const input = element('input', { type: 'range', min: low, max: high, step });
  const shown = element('output');
  const tell = () => {
    const said = `${input.valueAsNumber} ${unit}`.trim();
    shown.textContent = said;
    input.setAttribute('aria-valuetext', said);
    input.style.setProperty('--at', (input.valueAsNumber - low) / (high - low));
  };
  input.addEventListener('input', () => {
    tell();
    form.answer(id, input.valueAsNumber);
  });
  return { ...labelled(id, title, input, shown), show: (value) => { input.value = value; tell(); } };
}

function number({ id, title, low, high, step, unit, empty }, form) {
  const bounds = { min: low, max: high, step };
  const input = element('input', { type: 'number', inputmode: 'decimal', placeholder: empty, ...bounds });
  let last = null;
  input.addEventListener('change', () => {
    if (input.validity.badInput) {
      input.reportValidity(); // the browser says that it is no number; emptied is something else
      input.value = last ?? '';
    } else form.answer(id, input.value === '' ? null : input.valueAsNumber);
  });
  return typed(labelled(id, unit ? `${title} (${unit})` : title, input), input, (value) => { last = value; });
}

// A day is finished when it was picked, or when the keyboard leaves it: half a typed year is a year, too.
function day({ id, title, low }, form) {
  const input = element('input', { type: 'date', min: low });
  let typing = false, last = '';
  const finish = () => {
    typing = false;
    if (input.value !== last && !input.validity.badInput) form.answer(id, (last = input.value) || null);
  };
  input.addEventListener('keydown', ({ key }) => {
    if (key === 'Enter') finish();
    else typing = key !== 'Tab';
  });
  input.addEventListener('pointerdown', () => { typing = false; });
  input.addEventListener('change', () => { if (!typing) finish(); });
  input.addEventListener('blur', finish);
  return typed(labelled(id, title, input), input, (value) => { last = value ?? ''; });
}

function typed(row, input, remember) {
  let unfinished = false;
  input.addEventListener('input', () => { unfinished = true; });
  for (const end of ['change', 'blur']) input.addEventListener(end, () => { unfinished = false; });
  return { ...row, show: (value) => {
    if (unfinished && document.activeElement === input) return;
    remember(value);
    input.value = value ?? '';
  } };
}

function labelled(id, title, input, ...beside) {
  const row = element('div', { 'data-field': id }, element('label', {}, element('span', {}, title, ...beside), input));
  return { row, does: described() };
}

const KINDS = { pills, list, slider, number, date: day };

export function mountFields({ data, parentElement, setTriggerValue }) {
  let place = parentElement.querySelector('.keepsake-fields');
  if (!place) parentElement.append(place = element('div', { class: 'keepsake-fields', role: 'group' }));
  if (!forms.has(place)) forms.set(place, new Form(place));
  forms.get(place).show(data, setTriggerValue);
}
