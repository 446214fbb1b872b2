// Brings what was asked for into view, once for each time it is asked, and only if it is not in sight already.
const answered = new Map(); // answer -> times asked
const still = window.matchMedia('(prefers-reduced-motion: reduce)');
const ENOUGH = 0.5; // an answer that begins within this share of the screen is in sight

export function bringIntoView({ data: { bar, answer, times } }) {
  const before = answered.get(answer) ?? 0;
  answered.set(answer, times);
  const behavior = still.matches ? 'auto' : 'smooth';
  requestAnimationFrame(() => {
    const questions = document.querySelector(bar), place = document.querySelector(answer);
    if (!questions || !place) return;
    const row = questions.querySelector('.pills') ?? questions;
    const chosen = questions.querySelector(':checked')?.parentElement;
    if (chosen) row.scrollTo({ left: chosen.offsetLeft - (row.clientWidth - chosen.offsetWidth) / 2, behavior });
    if (times <= before) return;
    const { top } = place.getBoundingClientRect();
    const margin = parseFloat(getComputedStyle(place).scrollMarginTop);
    if (top < margin - 1 || top > window.innerHeight * ENOUGH) place.scrollIntoView({ behavior, block: 'start' });
  });
}
