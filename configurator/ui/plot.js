// One plotly figure as a component of the page. Another figure for the same place is drawn over the last one by
// `Plotly.react`, which changes only what differs; Streamlit's own element would be taken down and built anew. Figures
// out of sight wait until the page has nothing else to do, or until somebody scrolls to them.
const ROW_LABEL = 'row'; // charts/theme.py names so the words above a row
const HEADING_ENDS = '</b><br>';
const BESIDE_PX = 30; // the margins of a chart, left and right
const STEPS = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };
const HOVER_MS = 80; // plotly puts up a label at once or 50 ms after the last, and does not tell when it was asked to
const plots = new WeakMap(); // place -> Plot
const whenIdle = window.requestIdleCallback ?? ((draw) => setTimeout(draw, 50));
const sight = new IntersectionObserver((entries) => {
  for (const { isIntersecting, target } of entries) if (isIntersecting) plots.get(target)?.draw();
});
const widths = new ResizeObserver((entries) => {
  for (const { target } of entries) plots.get(target)?.fit();
});
let library;

class Plot {
  constructor(place, said, Plotly) {
    Object.assign(this, { place, said, Plotly, wanted: null, figure: null, waiting: false, width: 0, at: -1 });
    plots.set(place, this);
    place.inSight = () => this.inSight(); // fields.js asks
    sight.observe(place);
    widths.observe(place);
    place.addEventListener('focus', () => this.draw());
    place.addEventListener('keydown', (event) => this.walk(event));
    place.addEventListener('blur', () => this.leave());
  }

  show(wanted, figure) {
    Object.assign(this, { wanted, figure, waiting: true });
    if (this.inSight()) this.draw();
    else whenIdle(() => this.draw());
  }

  inSight() {
    const { top, bottom } = this.place.getBoundingClientRect();
    return bottom > 0 && top < window.innerHeight;
  }

  draw() {
    if (!this.waiting) return;
    const { data, layout, config } = this.figure;
    this.waiting = false;
    this.width = this.place.clientWidth;
    const drawn = this.Plotly.react(this.place, data, { ...broken(layout, this.width), width: this.width }, config);
    if (this.at >= 0) drawn.then(() => this.reach(this.points())); // the label that arrow keys put up is gone with it
  }

  fit() {
    const width = this.place.clientWidth;
    if (!this.width || !width || width === this.width) return;
    this.waiting = true;
    this.draw();
  }

  // Without a pointer: arrow keys go from point to point, show what a pointer would, and say it.
  walk(event) {
    const step = STEPS[event.key];
    if (event.key === 'Escape') this.leave();
    if (!step || !this.width) return;
    event.preventDefault();
    const points = this.points();
    if (!points.length) return;
    this.at = this.at < 0 ? (step > 0 ? 0 : points.length - 1) : (this.at + step + points.length) % points.length;
    this.reach(points);
  }

  reach(points) {
    this.at = Math.min(this.at, points.length - 1);
    if (this.at < 0) return;
    this.Plotly.Fx.hover(this.place, [points[this.at]]);
    setTimeout(() => this.say(), HOVER_MS);
  }

  say() {
    if (this.at < 0) return; // it was left again
    this.said.textContent = [...this.place.querySelectorAll('.hovertext')]
      .map((label) => [...label.querySelectorAll('text')].map(spoken).filter(Boolean).join(', ')).join('; ');
  }

  leave() {
    this.at = -1;
    this.said.textContent = '';
    if (this.width) this.Plotly.Fx.unhover(this.place);
  }

  points() {
    return this.place._fullData.flatMap(({ x, hoverinfo, visible }, curveNumber) => {
      if (visible !== true || hoverinfo === 'skip') return [];
      return Array.from(x, (at, pointNumber) => ({ at, curveNumber, pointNumber })).filter(({ at }) => at !== null);
    });
  }

  end() {
    this.waiting = false;
    sight.unobserve(this.place);
    widths.unobserve(this.place);
    if (this.width) this.Plotly.purge(this.place);
  }
}

// The layout with the words above its rows in lines as long as the chart is wide, which plotly does not do by itself.
function broken(layout, width) {
  if (!layout.annotations) return layout;
  const { family, size } = layout.template.layout.font;
  const pen = document.createElement('canvas').getContext('2d');
  const wide = (words) => {
    pen.font = `${words.includes('<b>') ? 600 : 400} ${size}px ${family}`;
    return pen.measureText(words.replace(/<[^>]*>/g, '')).width;
  };
  const inLines = (words, room) => {
    const lines = [''];
    for (const word of words.split(/ |<br>/)) {
      const longer = lines.at(-1) ? `${lines.at(-1)} ${word}` : word;
      if (wide(longer) <= room) lines[lines.length - 1] = longer;
      else lines.push(word);
    }
    return lines.join('<br>');
  };
  const annotations = layout.annotations.map((one) => {
    if (one.name !== ROW_LABEL) return one;
    const room = width - BESIDE_PX - (one.xshift ?? 0);
    // What stands under a heading stays under it.
    return { ...one, text: one.text.split(HEADING_ENDS).map((words) => inLines(words, room)).join(HEADING_ENDS) };
  });
  return { ...layout, annotations };
}

// A label's lines stand in spans of their own, without a space between them.
function spoken(text) {
  const lines = [...text.querySelectorAll('tspan.line')];
  return (lines.length ? lines : [text]).map((line) => line.textContent.trim()).join(', ');
}

function say(element, words) {
  element.hidden = !words;
  if (element.textContent !== words) element.textContent = words;
}

export async function mountPlot({ data, parentElement, setTriggerValue }) {
  const [title, sentence, place, said, numbers] = [
    '.ks-title', '.ks-verdict', '.keepsake-plot', '.keepsake-plot-said', '.keepsake-numbers',
  ].map((one) => parentElement.querySelector(one));
  const end = () => { if (!place.isConnected) plots.get(place)?.end(); };
  say(title, data.title);
  say(sentence, data.said);
  numbers.hidden = data.numbers === null;
  numbers.ariaLabel = `${numbers.textContent}: ${data.title}`;
  numbers.ariaExpanded = data.numbers === 'open';
  numbers.onclick = () => setTriggerValue('opened', data.numbers !== 'open');
  place.hidden = data.figure === null;
  if (place.hidden) return end;
  place.setAttribute('aria-label', data.alt);
  place.dataset.key = data.key;
  const wanted = data.figure + data.template;
  if (plots.get(place)?.wanted === wanted) return end; // what has changed on the page has not changed this one
  const figure = JSON.parse(data.figure);
  figure.layout.template = JSON.parse(data.template);
  place.style.height = `${figure.layout.height}px`; // before it is drawn, so that nothing below it jumps
  library ??= import(new URL(data.library, document.baseURI)).then(() => window.Plotly);
  const Plotly = await library;
  const plot = plots.get(place) ?? new Plot(place, said, Plotly);
  plot.show(wanted, { ...figure, config: data.config });
  return end;
}
