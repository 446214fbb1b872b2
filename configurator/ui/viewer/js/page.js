// The page's own colour, so that the picture's ground can melt into it, and word when it changes.

const canvas = document.createElement('canvas');
canvas.width = canvas.height = 1;
const brush = canvas.getContext('2d', { willReadFrequently: true });

// {colour: [r, g, b] as the screen has it, luminance} of what lies behind an element.
export function pageBehind(element) {
  for (let node = element; node; node = node.parentNode || node.host) {
    if (!(node instanceof Element)) continue;
    const colour = getComputedStyle(node).backgroundColor;
    const bytes = opaque(colour);
    if (bytes) return measured(bytes);
  }
  return measured([255, 255, 255]);
}

// Calls back when the theme changes. A custom property fires no event, but a transition on a colour made of it does.
export function watchTheme(sensor, changed) {
  sensor.style.cssText = 'position:absolute;width:0;height:0;visibility:hidden;'
    + 'background:var(--st-background-color, canvas);transition:background-color 1ms';
  sensor.addEventListener('transitionend', changed);
  const scheme = window.matchMedia('(prefers-color-scheme: dark)');
  scheme.addEventListener('change', changed);
  return () => scheme.removeEventListener('change', changed);
}

// Any CSS colour as bytes, or null when one can see through it.
function opaque(colour) {
  if (!colour || colour === 'transparent') return null;
  brush.clearRect(0, 0, 1, 1);
  brush.fillStyle = colour;
  brush.fillRect(0, 0, 1, 1);
  const [r, g, b, a] = brush.getImageData(0, 0, 1, 1).data;
  return a > 250 ? [r, g, b] : null;
}

function measured(bytes) {
  const linear = bytes.map((byte) => {
    const c = byte / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  });
  const luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2];
  return { colour: bytes.map((byte) => byte / 255), luminance, key: bytes.join() };
}
