// A photographer's light tent, as a function of direction; z is up, the camera usually looks from -y.
// Metal lives on long gradients broken by dark flags; stones live on small bright lights before a dark tent.

uniform float uGround;   // luminance of the page under the piece: a dark room reflects a dark floor
uniform float uSparkle;  // 0: the room that metal mirrors; 1: the room that stones see, with pin lights
uniform vec4 uPins[PINS];      // direction of each pin light, and its angular radius
uniform vec3 uPinColours[PINS];

// One rectangular light or flag, seen in direction d. `across` and `along` are half sizes as tangents of angles.
// x is 1 inside with soft edges; y runs from -1 to 1 along the panel, for gradients.
vec2 panel(vec3 d, vec3 centre, vec3 up, float across, float along, float soft) {
  vec3 c = normalize(centre);
  float ahead = dot(d, c);
  if (ahead < 0.02) return vec2(0.0);
  vec3 side = normalize(cross(up, c));
  vec3 top = cross(c, side);
  vec2 p = vec2(dot(d, side), dot(d, top)) / ahead;
  vec2 edge = smoothstep(vec2(soft), vec2(-soft), abs(p) - vec2(across, along));
  return vec2(edge.x * edge.y, clamp(p.y / along, -1.0, 1.0));
}

vec3 studio(vec3 d) {
  const vec3 UP = vec3(0.0, 0.0, 1.0);
  const vec3 WARM = vec3(1.0, 0.975, 0.94);
  const vec3 COOL = vec3(0.94, 0.97, 1.0);
  float floorLight = mix(0.22, 1.25, uGround);
  // Metal keeps its hue only in lights that do not burn out; stones need lights several times stronger.
  float power = mix(0.62, 1.0, uSparkle);

  // The floor sweeps up into a dark tent; a horizon that is too even makes metal look like plastic.
  float sweep = smoothstep(-1.0, -0.10, d.z);
  vec3 light = vec3(floorLight * mix(0.30, 0.95, sweep * sweep) * (1.0 - 0.22 * d.x - 0.12 * d.y));
  light = mix(light, vec3(0.060, 0.062, 0.068), smoothstep(-0.10, 0.08, d.z));
  light = mix(light, vec3(0.22, 0.225, 0.24), smoothstep(0.25, 1.0, d.z));

  vec2 key = panel(d, vec3(0.14, -0.30, 1.0), vec3(0.0, 1.0, 0.0), 0.66, 0.40, 0.09);
  light += power * WARM * key.x * (4.4 + 2.2 * key.y);
  vec2 strip = panel(d, vec3(-1.0, -0.42, 0.42), UP, 0.24, 0.85, 0.06);
  light += power * COOL * strip.x * (3.6 + 1.8 * strip.y);
  vec2 fill = panel(d, vec3(0.95, -0.52, 0.34), UP, 0.60, 0.58, 0.16);
  light += power * WARM * fill.x * (1.7 + 1.5 * fill.y);
  vec2 rim = panel(d, vec3(0.30, 1.0, 0.40), UP, 0.90, 0.20, 0.06);
  light += power * vec3(3.0) * rim.x;
  vec2 slit = panel(d, vec3(-0.42, 0.90, 0.85), UP, 0.14, 0.50, 0.05);
  light += power * vec3(2.4) * slit.x;
  vec2 card = panel(d, vec3(0.05, -1.0, -0.10), UP, 0.42, 0.10, 0.08);
  light += power * WARM * card.x * 1.1;
  // A hot line inside the key light and the strip: polish shows as a crisp core in a soft glow.
  light += (1.0 - uSparkle) * 1.6 * panel(d, vec3(0.10, -0.34, 1.0), vec3(0.0, 1.0, 0.0), 0.60, 0.05, 0.03).x;
  light += (1.0 - uSparkle) * 1.4 * panel(d, vec3(-1.0, -0.46, 0.42), UP, 0.05, 0.80, 0.03).x;

  light *= 1.0 - 0.86 * panel(d, vec3(-0.56, -0.80, 0.24), UP, 0.10, 0.95, 0.05).x;
  light *= 1.0 - 0.78 * panel(d, vec3(0.24, -1.0, 0.24), UP, 0.12, 0.55, 0.05).x;

  // Black cards on the floor: walls that face downwards would otherwise mirror an even nothing.
  light *= 1.0 - 0.62 * panel(d, vec3(-0.66, -0.72, -0.50), UP, 0.13, 0.75, 0.10).x;
  light *= 1.0 - 0.70 * panel(d, vec3(0.42, -0.90, -0.46), UP, 0.08, 0.70, 0.07).x;
  light *= 1.0 - 0.55 * panel(d, vec3(0.95, 0.10, -0.45), UP, 0.16, 0.70, 0.12).x;
  light *= 1.0 - 0.55 * panel(d, vec3(-0.80, 0.60, -0.40), UP, 0.20, 0.60, 0.12).x;

  if (uSparkle > 0.0) {
    light = min(light, vec3(2.4));
    light *= mix(0.36, 1.08, smoothstep(0.35, 2.1, light.g));
    for (int i = 0; i < PINS; i++) {
      float size = uPins[i].w;
      // cos(x) is 1 - x*x/2 for such small angles.
      float spot = smoothstep(1.0 - size * size, 1.0 - 0.28 * size * size, dot(d, uPins[i].xyz));
      light += uSparkle * spot * uPinColours[i];
    }
  }
  return light;
}
