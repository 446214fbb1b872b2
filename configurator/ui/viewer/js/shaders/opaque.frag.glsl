// Stones that keep their light: turquoise, lapis, agate; and the ones with a glow of their own.
// What it draws is what export/surfaces.py draws.

in vec3 vLocal;
flat in vec3 vEye;
flat in vec3 vFacetNormal;
flat in mat3 vToWorld;
flat in vec3 vCentre;
uniform samplerCube uRoom;
uniform samplerCube uSoftRoom;
uniform vec3 uBody;
uniform vec3 uSecond;     // the colour of bands, spots and flecks
uniform vec3 uHalfSize;   // half extents of the stone, mm
uniform int uEffect;      // 0 plain, 1 pearl, 2 opal, 3 moonstone, 4 translucent, 5 banded, 6 spotted, 7 flecked
out vec4 pixel;

vec3 hue(float turn) { return 0.5 + 0.5 * cos(6.2831853 * (turn + vec3(0.0, 0.33, 0.67))); }

float grain(vec3 p) { return fract(sin(dot(p, vec3(12.9898, 78.233, 37.719))) * 43758.5453); }

float layer(float number) { return 0.35 * mod(number, 2.0) + 0.65 * fract(sin((number + 7.0) * 91.3458) * 47453.5453); }

// Layers round a point beside the stone, dark and light by turns, each of its own depth.
float bands() {
  vec3 away = vLocal - uHalfSize * vec3(-1.1, 0.5, -0.6) + 0.07 * sin(vLocal.yzx * 1.9);
  float depth = length(away) * 2.6;
  return mix(layer(floor(depth)), layer(floor(depth) + 1.0), smoothstep(0.75, 1.0, fract(depth)));
}

// Scattered specks, at most one in a cell, in many none.
float spots(float perMm) {
  vec3 place = vLocal * perMm + 0.5 * sin(vLocal.yzx * perMm * 1.3);
  vec3 cell = floor(place);
  vec3 middle = 0.5 + 0.5 * (vec3(grain(cell + 11.0), grain(cell + 23.0), grain(cell + 37.0)) - 0.5);
  float reach = 0.5 * max(grain(cell + 5.0) - 0.4, 0.0);
  return smoothstep(0.0, 0.08, reach - distance(place - cell, middle));
}

vec3 ownColour() {
  if (uEffect == 5) return mix(uBody, uSecond, bands());
  if (uEffect == 6) return mix(uBody, uSecond, max(spots(1.1), spots(2.9)));
  if (uEffect == 7) return mix(uBody, uSecond, spots(2.9));
  return uBody;
}

void main() {
  vec3 eye = normalize(vEye - vLocal);
#ifdef SMOOTH
  vec3 n = smoothNormal(vLocal, vFacetNormal);
#else
  // Opaque stones are usually domes, so where one is not, its facets only tint the shading.
  vec3 dome = normalize(vLocal / (uHalfSize * uHalfSize));
  vec3 n = normalize(mix(vFacetNormal, dome, uEffect == 0 ? 0.65 : 0.92));
#endif
  float facing = max(dot(n, eye), 0.02);
  vec3 world = vToWorld * n;
  vec3 mirrorWay = vToWorld * reflect(-eye, n);
  vec3 fall = textureLod(uSoftRoom, world, 4.0).rgb;
  vec3 body = ownColour();
  vec3 light = body * (0.15 + 0.62 * fall);
  float gloss = 0.045 + 0.955 * pow(1.0 - facing, 5.0);
  if (uEffect == 1) {
    // Nacre: a wide silver sheen, rose and green by turns towards the edge.
    vec3 orient = mix(vec3(1.0), hue(0.9 + 0.55 * facing), 0.16);
    light = uBody * orient * (0.30 + 0.52 * fall) + 0.10 * textureLod(uSoftRoom, mirrorWay, 1.0).rgb;
  } else if (uEffect == 2) {
    vec3 bent = 0.8 * sin(vLocal.yzx * 2.1 + 1.0) + 0.45 * sin(vLocal.zxy * 4.7);
    vec3 cell = floor(vLocal * 1.9 + bent);
    float flash = pow(grain(cell), 2.0) * smoothstep(0.2, 0.9, abs(sin(6.0 * dot(cell + 3.0, eye) + 9.0 * grain(cell + 5.0))));
    light = light * 0.8 + 0.55 * flash * hue(grain(cell + 2.0) + 0.6 * facing);
  } else if (uEffect == 3) {
    // Milky, with a blue sheen that floats where the dome faces the light.
    vec3 behind = textureLod(uSoftRoom, -world, 4.0).rgb;
    float glow = pow(max(dot(n, normalize(eye + vec3(0.15, -0.1, 0.55))), 0.0), 4.0);
    light = light * 0.5 + body * behind * 0.2 + vec3(0.08, 0.2, 0.46) * glow;
  } else if (uEffect == 4) {
    // Light from behind comes through too, palest at the edge, where there is least stone in its way.
    vec3 behind = textureLod(uSoftRoom, -world, 4.0).rgb;
    light = pow(uBody, vec3(0.55 + 0.6 * facing)) * (0.12 + 0.5 * fall + 0.3 * behind);
  }
  light += gloss * textureLod(uRoom, mirrorWay, 1.0).rgb;
  pixel = vec4(min(light, vec3(2.4)), 1.0);
}
