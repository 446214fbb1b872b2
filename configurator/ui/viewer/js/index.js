// The bundle's front door. Streamlit's inline loader imports it and hands each component to one of these.

export { mountViewer, preview, views } from './mount.js';
export { mountChoices } from './choices.js';

import { preview, views } from './mount.js';

// For tests and for a jeweller's console: what is on screen, and what it costs.
window.__keepsake = { preview, views };
