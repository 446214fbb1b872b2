// Where Streamlit and the views meet. Streamlit calls `mountViewer` at every change of `data` and runs the returned
// function once, when the element leaves the page. Views live in this module instead, keyed by name, so that a canvas,
// its shaders and its camera survive reruns, fragments and page switches.

import { materials, sceneBytes } from './fetching.js';
import { StillView } from './still.js';
import { View } from './view.js';

// A page switch unmounts and mounts again within a second or so. A view left alone for longer gives its context back,
// and sooner when another piece is on screen: contexts are few, and dear on a tablet. Cameras are remembered for good.
const GRACE_MS = 8000;
const GRACE_BESIDE_OTHERS_MS = 1500;

const pool = new Map(); // name -> view
const cameras = new Map(); // name -> camera, kept when the view itself is gone
const farewells = new Map(); // name -> timer

export function mountViewer(component) {
  const { data, parentElement } = component;
  const host = parentElement.querySelector('.keepsake-viewer') || addHost(parentElement);
  if (data.height) host.style.height = `${data.height}px`;
  if (!pool.has(data.view)) fetchAhead(data); // making a context takes a while; the network need not wait for it
  const view = viewCalled(data.view);
  view.attach(host);
  view.update(data);
  return () => {
    for (const [name, leaving] of pool) if (leaving.host === host) letGo(name, leaving);
  };
}

// Recolours a live view at once, before the server has answered; the server's next data confirms or corrects it.
export function preview(name, look) {
  pool.get(name)?.preview(look);
}

// What each view shows and has cost so far.
export function views() {
  const contexts = [...pool.values()].filter((view) => view.usesWebGL).length;
  return Object.fromEntries([...pool].map(([name, view]) => [name, { ...view.stats(), contexts }]));
}

function fetchAhead(data) {
  if (!window.WebGL2RenderingContext) return;
  for (const wanted of [materials(data.materials), sceneBytes(data.scene)]) wanted.catch(() => {}); // the view will say
}

function addHost(parent) {
  const host = document.createElement('div');
  host.className = 'keepsake-viewer';
  parent.append(host);
  return host;
}

function viewCalled(name) {
  if (!pool.has(name)) pool.set(name, adopted(name) || newView(name));
  clearTimeout(farewells.get(name));
  farewells.delete(name);
  for (const waiting of farewells.keys()) farewell(waiting, GRACE_BESIDE_OTHERS_MS);
  return pool.get(name);
}

// A view that waits for its page to come back may serve another page instead, with its shaders warm.
function adopted(name) {
  const [old] = [...farewells.keys()].filter((waiting) => pool.get(waiting).usesWebGL);
  if (!old) return null;
  const view = pool.get(old);
  clearTimeout(farewells.get(old));
  farewells.delete(old);
  cameras.set(old, view.camera.state());
  pool.delete(old);
  view.startOver(cameras.get(name));
  return view;
}

function newView(name) {
  try {
    return new View(cameras.get(name));
  } catch {
    return new StillView(); // no WebGL 2 here, or no context left
  }
}

function letGo(name, view) {
  view.detach();
  const others = [...pool.values()].some((other) => other.host);
  farewell(name, others ? GRACE_BESIDE_OTHERS_MS : GRACE_MS);
}

function farewell(name, milliseconds) {
  clearTimeout(farewells.get(name));
  farewells.set(name, setTimeout(() => dismiss(name), milliseconds));
}

function dismiss(name) {
  const view = pool.get(name);
  farewells.delete(name);
  if (!view || view.host) return;
  cameras.set(name, view.camera?.state());
  view.dispose();
  pool.delete(name);
}
