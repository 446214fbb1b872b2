// Which metal, finish and gems to show: the server's word, and what was tapped a moment ago and the server does not
// know of yet.

const PATIENCE_MS = 4000; // how long a tapped colour waits for the server to confirm it
const SINGLE = ['metal', 'accent', 'finish'];

export class Colours {
  #said = { metal: undefined, accent: null, finish: 'polished', gems: {} };
  #early = new Map(); // "metal", "gems.center", … -> id
  #timer = 0;
  #changed;

  constructor(changed) {
    this.#changed = changed;
  }

  get isWaiting() {
    return this.#early.size > 0;
  }

  // The server's data: confirms what was tapped; anything else tapped still counts until it has been answered.
  hear({ metal, accent, finish, gems }) {
    this.#said = { metal, accent: accent || null, finish: finish || 'polished', gems: { ...gems } };
    for (const [field, id] of this.#early) {
      const said = field.startsWith('gems.') ? this.#said.gems[field.slice(5)] : this.#said[field];
      if (said === id) this.#early.delete(field);
    }
  }

  // {metal, accent, finish, gems: {role: gem}}, any of them.
  showEarly(look) {
    for (const field of SINGLE) if (field in look) this.#early.set(field, look[field]);
    for (const [role, gem] of Object.entries(look.gems || {})) this.#early.set(`gems.${role}`, gem);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#early.clear(); // the server would not have it, or never heard
      this.#changed();
    }, PATIENCE_MS);
    this.#changed();
  }

  now() {
    const look = { ...this.#said, gems: { ...this.#said.gems } };
    for (const [field, id] of this.#early) {
      if (field.startsWith('gems.')) look.gems[field.slice(5)] = id;
      else look[field] = id;
    }
    return look;
  }

  forget() {
    clearTimeout(this.#timer);
    this.#early.clear();
  }
}
