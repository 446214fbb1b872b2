// From light to screen: bloom, tone, and the page showing through where there is no piece.
in vec2 vUv;
uniform sampler2D uImage;   // premultiplied: colour is light, alpha is coverage
uniform sampler2D uBloom;
uniform vec3 uPage;         // the page's own colour, as the screen has it
uniform float uGlow;        // how far the middle of the ground departs from the page
uniform vec2 uAspect;       // scales the glow to a circle
out vec4 pixel;

// Khronos PBR Neutral: colours below the shoulder are left exactly as they are, so an alloy keeps its hue.
vec3 neutral(vec3 c) {
  const float SHOULDER = 0.76, FADE = 0.15;
  float low = min(c.r, min(c.g, c.b));
  c -= low < 0.08 ? low - 6.25 * low * low : 0.04;
  float peak = max(c.r, max(c.g, c.b));
  if (peak < SHOULDER) return c;
  const float room = 1.0 - SHOULDER;
  float squeezed = 1.0 - room * room / (peak + room - SHOULDER);
  c *= squeezed / peak;
  return mix(vec3(squeezed), c, 1.0 / (FADE * (peak - squeezed) + 1.0));
}

// The sRGB curve by square roots: within half a step of 8 bits, and several times cheaper than pow().
vec3 encoded(vec3 c) {
  vec3 a = sqrt(c), b = sqrt(a), d = sqrt(b);
  return clamp(0.662002687 * a + 0.68412206 * b - 0.323583601 * d - 0.022541147 * c, 0.0, 1.0);
}

void main() {
  vec4 image = texture(uImage, vUv);
  float cover = clamp(image.a, 0.0, 1.0);
  vec3 bloom = 0.085 * texture(uBloom, vUv).rgb;
  vec3 piece = encoded(clamp(neutral(0.94 * image.rgb / max(cover, 1e-3) + bloom), 0.0, 1.0));

  // A pool of light behind the piece that is exactly the page again before the border: no box.
  vec2 p = vUv * 2.0 - 1.0;
  vec2 rim = 1.0 - p * p;
  vec2 q = (p - vec2(0.0, 0.06)) * uAspect;
  float near = max(0.0, 1.0 - 0.55 * dot(q, q));
  float pool = near * near * smoothstep(0.0, 0.65, rim.x) * smoothstep(0.0, 0.65, rim.y);
  vec3 ground = uPage + uGlow * pool * (1.0 - uPage);

  // Mixed as the screen has it: where nothing covers the page, the page's colour comes out to the bit.
  vec3 c = mix(ground + 0.5 * bloom, piece, cover);
  float dither = fract(52.9829189 * fract(dot(gl_FragCoord.xy, vec2(0.06711056, 0.00583715)))) - 0.5;
  pixel = vec4(c + dither / 255.0 * max(cover, smoothstep(0.0, 0.1, pool)), 1.0);
}
