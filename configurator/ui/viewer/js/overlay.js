// What lies over the picture: four small buttons, a quiet skeleton, and a note when the connection fails.

const STYLE = `
.frame { position: relative; width: 100%; height: 100%; overflow: hidden; border-radius: 12px;
  color: var(--st-text-color, canvastext); font-family: var(--st-font, sans-serif); }
.frame canvas { position: absolute; inset: 0; width: 100%; height: 100%; display: block; outline: none;
  touch-action: none; cursor: grab; opacity: 0; -webkit-user-select: none;
  user-select: none; border-radius: inherit; -webkit-tap-highlight-color: transparent; }
.frame canvas:active { cursor: grabbing; }
.frame[data-state="ready"] canvas { opacity: 1; }
.frame canvas:focus-visible { outline: 2px solid var(--st-primary-color, currentcolor); outline-offset: -3px; }
.frame .still { position: absolute; inset: 0; width: 100%; height: 100%; object-fit: contain; }
/* Still, like the picture's arrival: what moves makes the browser put the page together again while shaders compile. */
.frame .skeleton { position: absolute; inset: 0; display: grid; place-items: center; pointer-events: none; }
.frame .skeleton::after { content: ""; width: min(38%, 190px); aspect-ratio: 1; border-radius: 50%; opacity: .13;
  border: 9px solid currentcolor; }
.frame[data-state="ready"] .skeleton, .frame[data-state="still"] .skeleton { display: none; }
.frame .looks { position: absolute; right: 6px; bottom: 6px; display: flex; gap: 0; }
.frame .looks button, .frame .note button { all: unset; box-sizing: border-box; cursor: pointer; min-width: 44px;
  height: 44px;
  display: grid; place-items: center; border-radius: 50%; touch-action: manipulation;
  -webkit-tap-highlight-color: transparent; }
.frame .looks button { opacity: .5; transition: opacity .15s, background .15s; }
.frame .looks svg { width: 22px; height: 22px; fill: none; stroke: currentcolor; stroke-width: 1.4;
  stroke-linecap: round; stroke-linejoin: round; }
@media (hover: hover) { .frame .looks button:hover { opacity: 1; } }
.frame .looks button:active { opacity: 1; background: color-mix(in srgb, currentcolor 9%, transparent); }
.frame .looks button:focus-visible, .frame .note button:focus-visible {
  opacity: 1; outline: 2px solid var(--st-primary-color, currentcolor); outline-offset: -4px; }
.frame .note { position: absolute; left: 12px; right: 12px; top: 10px; margin: 0 auto; width: fit-content;
  max-width: 34em;
  padding: 0 14px; min-height: 40px; display: flex; align-items: center; gap: 10px; border-radius: 20px;
  font-size: 13.5px; line-height: 1.35; background: var(--st-secondary-background-color, canvas); }
.frame .note[hidden] { display: none; }
.frame .note button { padding: 0 8px; font-weight: 600; text-decoration: underline; text-underline-offset: 3px; }
@media (prefers-reduced-motion: reduce) { .frame * { transition: none; } }
`;

// Each icon is a ring, a drop on its chain or a bracelet on the table as that view shows it.
const DROP = 'M12 8c3 3.600 5 6 5 8.500a5 5 0 0 1-10 0C7 14 9 11.600 12 8z';
const RING_ICONS = {
  three_quarter: '<ellipse cx="12" cy="14.5" rx="6.4" ry="5.6"/><path d="M8.6 6.2 12 3.4l3.6 2.6-3.2 3.2z"/>',
  top: '<path d="M4 12h4m8 0h4"/><path d="m12 7.6 3.1 1.3L16.4 12l-1.3 3.1L12 16.4l-3.1-1.3L7.600 12l1.3-3.1z"/>',
  front: '<circle cx="12" cy="14.6" r="5.9"/><path d="m9 4h6l1.700 2L12 9 7.300 6z"/>',
  inside:
    '<path d="M4.500 8c0 2 3.400 3.300 7.500 3.300S19.500 10 19.500 8 16.100 4.700 12 4.700 4.500 6 4.500 8z'
    + 'v7.500c0 2.200 3.400 3.800 7.500 3.800s7.500-1.600 7.500-3.800V8"/><path d="M8.500 15.300h7"/>',
};
const ICONS = {
  standing: RING_ICONS,
  hanging: {
    three_quarter: `<path d="M5 3l7 5 7-5"/><path d="${DROP}"/><path d="M12 8c1.800 3 2.600 6 1.200 13.400"/>`,
    front: `<path d="M5 3l7 5 7-5"/><path d="${DROP}"/>`,
    side: '<path d="M12 3v5"/><ellipse cx="12" cy="14.700" rx="2" ry="6.700"/>',
    back: `<path d="M5 3l7 5 7-5"/><path d="${DROP}" stroke-dasharray="1.800 2.600"/>`,
  },
  lying: {
    three_quarter: '<ellipse cx="12" cy="13" rx="8.500" ry="5"/>'
      + '<path d="M3.500 13v2c0 2.800 3.800 5 8.500 5s8.500-2.200 8.500-5v-2"/>',
    top: '<circle cx="12" cy="12" r="8"/><circle cx="12" cy="12" r="5.500"/>',
    front: '<rect x="3.500" y="10" width="17" height="4.500" rx="2"/>',
  },
};
const TITLES = {
  three_quarter: 'Reset the view', top: 'From above', front: 'From the front', side: 'From the side',
  inside: 'Inside the band', back: 'From behind',
};

export function frameElement() {
  const frame = document.createElement('div');
  frame.className = 'frame';
  const style = document.createElement('style');
  style.textContent = STYLE;
  const skeleton = document.createElement('div');
  skeleton.className = 'skeleton';
  skeleton.setAttribute('aria-hidden', 'true');
  frame.append(style, skeleton);
  return frame;
}

// The row of view buttons; `look(name)` is called with the chosen view. `show(pose)` gives those that suit a pose.
export function lookButtons(look) {
  const row = document.createElement('div');
  row.className = 'looks';
  row.setAttribute('role', 'group');
  row.setAttribute('aria-label', 'Views');
  const button = ([name, icon]) => {
    const made = document.createElement('button');
    made.type = 'button';
    made.dataset.look = name;
    made.title = TITLES[name];
    made.setAttribute('aria-label', TITLES[name]);
    made.innerHTML = `<svg viewBox="0 0 24 24" aria-hidden="true">${icon}</svg>`;
    made.addEventListener('click', () => look(name));
    return made;
  };
  const show = (pose) => {
    if (row.dataset.pose === pose) return;
    row.dataset.pose = pose;
    row.replaceChildren(...Object.entries(ICONS[pose]).map(button));
  };
  show('standing');
  return { element: row, show };
}

// A small sentence that blocks nothing, with a way to try again.
export function retryNote(retry) {
  const note = document.createElement('p');
  note.className = 'note';
  note.setAttribute('role', 'status');
  note.hidden = true;
  const words = document.createElement('span');
  const button = document.createElement('button');
  button.type = 'button';
  button.textContent = 'Try again';
  button.addEventListener('click', retry);
  note.append(words, button);
  return {
    element: note,
    show(sentence) {
      words.textContent = sentence;
      note.hidden = false;
    },
    hide() {
      note.hidden = true;
    },
    isShown() {
      return !note.hidden;
    },
  };
}
