in vec3 vPosition;
in vec3 vNormal;
uniform samplerCube uRoom;      // the studio, sharp, with mip levels
uniform samplerCube uSoftRoom;  // the studio as satin mirrors it
uniform vec3 uReflectance;      // of the alloy at normal incidence, linear
uniform int uFinish;            // 0 polished, 1 satin, 2 brushed, 3 hammered
uniform vec2 uBore;             // inner radius and half width of a ring's band, mm; 0 when the piece is no ring
uniform float uReadable;         // 1 when the bore carries lettering: then it is lit evenly, to be read
uniform vec4 uHead;             // a ball about where the main stone and its setting are: centre and radius, mm
uniform float uRecess;          // 1 for engraved lettering
out vec4 pixel;

float hash1(float x) { return fract(sin(x * 91.3458) * 47453.5453); }
float hash3(vec3 p) { return fract(sin(dot(p, vec3(12.9898, 78.233, 37.719))) * 43758.5453); }
vec2 hash2(vec2 p) { return fract(sin(vec2(dot(p, vec2(127.1, 311.7)), dot(p, vec2(269.5, 183.3)))) * 43758.5453); }

vec3 fresnel(float facing) { return uReflectance + (1.0 - uReflectance) * pow(1.0 - clamp(facing, 0.0, 1.0), 5.0); }

// Normals interpolated across a silhouette can point away from the eye; the mirror would then show what is behind the
// surface, as a dotted bright fringe. Bend them back to just edge-on.
vec3 towardsEye(vec3 n, vec3 eye) {
  float facing = dot(n, eye);
  return facing < 0.05 ? normalize(n + eye * (0.05 - facing)) : n;
}

// Hand-hammered: shallow bowls about a millimetre wide, laid out round the band so that they close up.
vec3 hammered(vec3 n, vec3 p) {
  vec3 around = vec3(0.0, 0.0, 1.0);
  vec2 at = p.xy;
  float cells = 0.0;
  if (uBore.x > 0.0) {
    around = normalize(vec3(p.z, 0.0, -p.x));
    cells = floor(6.2831853 * uBore.x / 1.15);
    at = vec2(atan(p.x, p.z) / 6.2831853 * cells, p.y / 1.05);
  }
  vec2 cell = floor(at), nearest = vec2(0.0);
  float best = 9.0;
  for (int x = -1; x <= 1; x++) for (int y = -1; y <= 1; y++) {
    vec2 g = cell + vec2(x, y);
    vec2 wrapped = cells > 0.0 ? vec2(mod(g.x, cells), g.y) : g;
    vec2 away = at - g - 0.2 - 0.6 * hash2(wrapped);
    float d = dot(away, away);
    if (d < best) { best = d; nearest = away; }
  }
  vec3 axis = uBore.x > 0.0 ? vec3(0.0, 1.0, 0.0) : vec3(1.0, 0.0, 0.0);
  vec3 tilt = around * nearest.x + axis * nearest.y;
  return normalize(n + 0.22 * (tilt - n * dot(tilt, n)));
}

vec3 mirror(vec3 n, vec3 eye, float blur) {
  vec3 r = reflect(-eye, n);
  return textureLod(uRoom, r, blur).rgb;
}

// What the bore of a ring mirrors is mostly the opposite side of itself: one analytic bounce inside a cylinder.
vec3 insideOut(vec3 p, vec3 r, vec3 seen, float blur) {
  float approach = dot(p.xz, r.xz), speed = dot(r.xz, r.xz);
  if (approach >= 0.0 || speed < 1e-4) return seen;
  float way = -2.0 * approach / speed;
  vec3 hit = p + r * way;
  float covered = smoothstep(uBore.y + 0.25, uBore.y - 0.25, abs(hit.y));
  covered *= smoothstep(0.0, 3.0, way);  // light that only grazes the wall has not met it
  vec3 n = -normalize(vec3(hit.x, 0.0, hit.z));
  // The far wall is hollow and spreads what it mirrors: one pixel here sees a good part of the room there.
  vec3 again = textureLod(uRoom, reflect(r, n), max(blur + 1.5, 3.0 * smoothstep(0.0, 2.0, blur) + 1.0)).rgb;
  covered *= 1.0 - smoothstep(2.5, 4.0, blur);
  return mix(seen, uReflectance * again, covered);
}

// The setting as the band mirrors it: a dim ball, soft at its edge.
vec3 withHead(vec3 p, vec3 r, vec3 seen) {
  vec3 to = uHead.xyz - p;
  float away = length(to), ahead = dot(to, r);
  float miss = sqrt(max(away * away - ahead * ahead, 0.0));
  float covered = smoothstep(uHead.w, 0.55 * uHead.w, miss) * step(0.0, ahead);
  covered *= smoothstep(1.05, 1.6, away / max(uHead.w, 1e-3));  // the setting does not mirror itself
  return mix(seen, uReflectance * (0.16 + 0.22 * seen), 0.85 * covered);
}

void main() {
  vec3 eye = normalize(cameraPosition - vPosition);
  vec3 n = towardsEye(normalize(vNormal), eye);

  if (uRecess > 0.5) {
    // An engraved floor is matte and in shadow: the alloy twice deep, lit only by what falls in from above.
    vec3 fall = textureLod(uSoftRoom, n, 3.0).rgb;
    pixel = vec4(uReflectance * uReflectance * (0.035 + 0.085 * fall), 1.0);
    return;
  }

  // Where the surface turns quickly from pixel to pixel the mirror image must be blurred, or edges glitter.
  vec3 turn = max(abs(dFdx(n)), abs(dFdy(n)));
  float blur = clamp(log2(length(turn) * 2.0 * ROOM_TEXELS_PER_RADIAN + 1.0), 0.0, 6.0);

  vec3 radial = uBore.x > 0.0 ? normalize(vec3(vPosition.x, 0.0, vPosition.z)) : vec3(0.0);
  float inBore = uBore.x > 0.0 ? smoothstep(0.35, 0.75, -dot(n, radial))
    * smoothstep(0.6, 0.25, length(vPosition.xz) - uBore.x) : 0.0;
  int finish = inBore > 0.5 ? 0 : uFinish;  // the inside stays polished: it is worn against the skin

  vec3 seen;
  if (finish == 1) {
    float grain = hash3(floor(vPosition * 60.0)) - 0.5;
    vec3 r = reflect(-eye, n);
    seen = textureLod(uSoftRoom, r + 0.05 * grain, 0.0).rgb * (1.0 + 0.05 * grain);
  } else if (finish == 2) {
    // Fine lines round the band scatter light across them only.
    vec3 across = uBore.x > 0.0 ? vec3(0.0, 1.0, 0.0) : vec3(0.0, 0.0, 1.0);
    float line = dot(vPosition, across) * 26.0;
    float scratch = mix(hash1(floor(line)), hash1(floor(line * 2.7) + 17.0), 0.5) - 0.5;
    seen = vec3(0.0);
    for (int i = -2; i <= 2; i++) {
      vec3 tilted = towardsEye(normalize(n + across * (float(i) * 0.10 + scratch * 0.24)), eye);
      seen += mirror(tilted, eye, 4.0) * (i == 0 ? 0.28 : (i * i == 1 ? 0.22 : 0.14));
    }
  } else {
    if (finish == 3) {
      n = towardsEye(hammered(n, vPosition), eye);
      blur = max(blur, 1.5);
    }
    vec3 r = reflect(-eye, n);
    seen = textureLod(uRoom, r, blur).rgb;
    if (uHead.w > 0.0) seen = withHead(vPosition, r, seen);
    if (inBore > 0.0) {
      vec3 within = insideOut(vPosition, r, seen, blur);
      within = mix(within, vec3(0.72), 0.54 * uReadable);
      seen = mix(seen, within, inBore);
    }
  }

  // Where a mirror shows no lamp it shows, as often as not, more of the same piece; light that has met the alloy twice
  // is twice as deep in hue. It is why gold's shadows are brown and not grey.
  float lit = dot(seen, vec3(0.2126, 0.7152, 0.0722));
  seen *= mix(uReflectance, vec3(1.0), 0.25 + 0.75 * smoothstep(0.10, 0.95, lit));
  vec3 light = fresnel(dot(n, eye)) * seen;
  // Clipped softly, so that a highlight's edge can be smoothed by averaging samples.
  light = light / max(1.0, max(light.r, max(light.g, light.b)) / 2.4);
  pixel = vec4(light, 1.0);
}
