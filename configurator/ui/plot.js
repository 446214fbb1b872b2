// One plotly figure as a component of the page. Another figure of the same place is drawn over the last one by
// `Plotly.react`, which changes only what differs; Streamlit's own element would be taken down and built anew. Figures
// out of sight wait until the page has nothing else to do, or until somebody scrolls to them.
let library;
const plots = new WeakMap(); // place -> Plot
const seen = new IntersectionObserver((entries) => {
  for (const { isIntersecting, target } of entries) if (isIntersecting) plots.get(target)?.draw();
});
const whenIdle = window.requestIdleCallback ?? ((draw) => setTimeout(draw, 50));

class Plot {
  constructor(place, Plotly) {
    Object.assign(this, { place, Plotly, wanted: null });
    plots.set(place, this);
    seen.observe(place);
  }

  show(wanted) {
    this.wanted = wanted;
    const { top, bottom } = this.place.getBoundingClientRect();
    if (bottom > 0 && top < window.innerHeight) this.draw();
    else whenIdle(() => this.draw());
  }

  draw() {
    if (!this.wanted) return;
    const { data, layout, config } = this.wanted;
    this.wanted = null;
    this.Plotly.react(this.place, data, layout, config);
  }

  end() {
    this.wanted = null;
    seen.unobserve(this.place);
    this.Plotly.purge(this.place);
  }
}

export async function mountPlot({ data, parentElement }) {
  const place = parentElement.querySelector('.keepsake-plot');
  const { data: traces, layout } = JSON.parse(data.figure);
  layout.template = JSON.parse(data.template);
  place.setAttribute('aria-label', data.alt);
  place.style.height = `${layout.height}px`; // before it is drawn, so that nothing below it jumps
  library ??= import(new URL(data.library, document.baseURI)).then(() => window.Plotly);
  const Plotly = await library;
  const plot = plots.get(place) ?? new Plot(place, Plotly);
  plot.show({ data: traces, layout, config: data.config });
  return () => { if (!place.isConnected) plot.end(); };
}
