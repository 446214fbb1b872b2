// What comes over the network: the table of materials once, and scenes as they are asked for.

const KEPT_SCENES = 24; // raw bytes, about 0.3 MB each: going back to a shape costs no request

const tables = new Map(); // address -> promise of the materials
const scenes = new Map(); // address -> promise of an ArrayBuffer, oldest first

export function materials(url) {
  return once(tables, url, (answer) => answer.json());
}

export function sceneBytes(url) {
  const bytes = once(scenes, url, (answer) => answer.arrayBuffer());
  scenes.delete(url);
  scenes.set(url, bytes);
  if (scenes.size > KEPT_SCENES) scenes.delete(scenes.keys().next().value);
  return bytes;
}

function once(cache, url, read) {
  if (!cache.has(url)) {
    const loading = fetch(new URL(url, document.baseURI)).then((answer) => {
      if (!answer.ok) throw new Error(`${answer.status}`);
      return read(answer);
    });
    loading.catch(() => cache.delete(url)); // a dropped connection must not stick
    cache.set(url, loading);
  }
  return cache.get(url);
}
