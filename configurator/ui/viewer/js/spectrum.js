// The settled picture follows one wavelength per frame, so that dispersion is a continuous rainbow and not three
// overlaid pictures. Frames come in cycles of four wavelengths whose colours add up to white.

import { Vector3 } from 'three';

export const CYCLE = 4;

const SHORTEST_UM = 0.425;
const LONGEST_UM = 0.69;
// Fraunhofer's B and G and the green between: where the materials table gives indices.
const RED_UM = 0.6867;
const BLUE_UM = 0.4308;

// Smooth red, green and blue sensitivities: taste, close enough to a screen's primaries.
const BANDS = [[0.618, 0.045], [0.545, 0.04], [0.455, 0.032]];

// The golden ratio spreads the cycles' offsets evenly, however many there will be.
const offset = (cycle) => (cycle * 0.6180339887) % 1;

function cycleOf(cycle) {
  const waves = Array.from({ length: CYCLE }, (_, i) =>
    SHORTEST_UM + (LONGEST_UM - SHORTEST_UM) * ((i + offset(cycle)) / CYCLE));
  const raw = waves.map((um) => BANDS.map(([centre, width]) => Math.exp(-0.5 * ((um - centre) / width) ** 2)));
  const sums = BANDS.map((_, band) => raw.reduce((sum, weights) => sum + weights[band], 0));
  return waves.map((um, i) => ({
    inverseSquare: um ** -2,
    response: new Vector3(...raw[i].map((weight, band) => (CYCLE * weight) / sums[band])),
  }));
}

const cycles = [];

export function waveAt(frame) {
  const cycle = Math.floor(frame / CYCLE);
  cycles[cycle] ||= cycleOf(cycle);
  return cycles[cycle][frame % CYCLE];
}

// Cauchy's law through the red and blue indices of a gem.
export function indexAt(wave, indexByChannel) {
  const [red, , blue] = indexByChannel;
  const share = (wave.inverseSquare - RED_UM ** -2) / (BLUE_UM ** -2 - RED_UM ** -2);
  return red + (blue - red) * share;
}
