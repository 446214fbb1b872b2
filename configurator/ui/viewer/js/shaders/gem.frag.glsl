// Light's path through a convex stone, followed exactly: enter through a facet, meet facet after facet, and at each one
// let out what Fresnel lets out. The stone is where n.x <= d for every plane; a smooth one is inside its dome.

in vec3 vLocal;
flat in vec3 vEye;
flat in vec3 vFacetNormal;
flat in mat3 vToWorld;
flat in vec3 vCentre;
#ifdef SMOOTH
uniform samplerCube uRoom;
#else
uniform vec4 uPlanes[PLANES];
uniform int uPlaneCount;
#endif
uniform int uBounces;
uniform samplerCube uSurroundings;  // the studio with its pin lights, and the metal round the stone
uniform vec3 uIndex;                // refractive index for red, green, blue
uniform vec3 uAbsorption;           // per mm
uniform float uBoost;
#ifdef SPECTRAL
uniform float uWaveIndex;           // refractive index at this frame's wavelength
uniform vec3 uWaveResponse;         // how much of red, green, blue that wavelength is; averages to 1 over a cycle
#endif
out vec4 pixel;

// Reflected share of unpolarised light at an angle of cosine `c`, going from index `ratio` into index 1.
float fresnel(float c, float ratio) {
  float s2 = ratio * ratio * (1.0 - c * c);
  if (s2 >= 1.0) return 1.0;
  float t = sqrt(1.0 - s2);
  float a = (ratio * c - t) / (ratio * c + t), b = (c - ratio * t) / (c + ratio * t);
  return 0.5 * (a * a + b * b);
}

vec3 surroundings(vec3 local) {
  vec3 light = textureLod(uSurroundings, vToWorld * local, 0.0).rgb;
#ifdef SMOOTH
  // Pin lights flash in one facet and then in another; in a smooth stone they would stand like bubbles.
  light = mix(light, textureLod(uRoom, vToWorld * local, 1.0).rgb, smoothstep(-0.1, 0.15, local.z));
#endif
  // The one who looks stands in the light: the dark of the head is what makes a brilliant's arrows.
  float head = smoothstep(0.950, 0.985, dot(normalize(local), normalize(vEye)));
  return light * (1.0 - 0.86 * head);
}

#ifdef SMOOTH
// Moves `at` along `way` to the surface; returns its normal there.
vec3 nextFacet(inout vec3 at, vec3 way, out float travelled) {
  vec3 start = (at - vec3(0.0, 0.0, uDome.x)) / uAxes, step = way / uAxes;
  travelled = leavesBall(start, step);
  bool based = false;
  if (uDome.z < 0.5 && (travelled <= 0.0 || at.z + way.z * travelled < uDome.x)) {
    travelled = leavesBall(vec3(start.xy, 0.0), vec3(step.xy, 0.0));
    float base = way.z < 0.0 ? (uDome.y - at.z) / way.z : 1e6;
    based = base < travelled;
    travelled = min(travelled, base);
  }
  travelled = max(travelled, 1e-6);
  at += way * travelled;
  return based ? vec3(0.0, 0.0, -1.0) : domeNormal(at);
}
#else
// Moves `at` along `way` to the facet it meets first; returns that facet's normal.
vec3 nextFacet(inout vec3 at, vec3 way, out float travelled) {
  float soonest = 1e-6;  // 1 / distance: the largest is the nearest, and facets behind come out negative
  vec3 normal = vec3(0.0, 0.0, 1.0);
  for (int i = 0; i < uPlaneCount; i++) {
    vec4 plane = uPlanes[i];
    float rate = dot(plane.xyz, way) / max(plane.w - dot(plane.xyz, at), 1e-6);
    if (rate > soonest) { soonest = rate; normal = plane.xyz; }
  }
  travelled = 1.0 / soonest;
  at += way * travelled;
  return normal;
}
#endif

vec3 leaving(vec3 way, vec3 normal, vec3 share) {
#ifdef SPECTRAL
  return share * surroundings(refract(way, -normal, uWaveIndex));
#else
  // One path for all colours, split where it leaves: most of a stone's fire is born there.
  vec3 light = vec3(0.0);
  if (share.r > 0.0) light.r = share.r * surroundings(refract(way, -normal, uIndex.r)).r;
  if (share.g > 0.0) light.g = share.g * surroundings(refract(way, -normal, uIndex.g)).g;
  if (share.b > 0.0) light.b = share.b * surroundings(refract(way, -normal, uIndex.b)).b;
  return light;
#endif
}

vec3 insideLight(vec3 at, vec3 way) {
  vec3 carried = vec3(1.0), light = vec3(0.0);
  for (int bounce = 0; bounce < uBounces; bounce++) {
    float travelled;
    vec3 normal = nextFacet(at, way, travelled);
    carried *= exp(-uAbsorption * travelled);
    float c = dot(way, normal);
#ifdef SPECTRAL
    vec3 kept = vec3(fresnel(c, uWaveIndex));
#else
    vec3 kept = vec3(fresnel(c, uIndex.r), fresnel(c, uIndex.g), fresnel(c, uIndex.b));
#endif
    vec3 share = carried * (1.0 - kept);
    if (max(share.r, max(share.g, share.b)) > 0.01) light += leaving(way, normal, share);
    carried *= kept;
    if (max(carried.r, max(carried.g, carried.b)) < 0.02) return light;
    way = reflect(way, normal);
  }
  // What is still inside has been mixed many times over; it leaves as a dim average of the room.
  return light + carried * 0.22;
}

void main() {
  vec3 ray = normalize(vLocal - vEye);
#ifdef SMOOTH
  vec3 n = smoothNormal(vLocal, vFacetNormal);
  float c = max(-dot(ray, n), 0.01);
#else
  vec3 n = vFacetNormal;
  float c = -dot(ray, n);
  if (c <= 0.0) discard;
#endif
#ifdef SPECTRAL
  float index = uWaveIndex;
#else
  float index = uIndex.g;
#endif
  float mirrored = fresnel(c, 1.0 / index);
  vec3 inside = insideLight(vLocal, refract(ray, n, 1.0 / index)) * uBoost;
#ifdef SPECTRAL
  inside *= uWaveResponse;
#endif
  vec3 light = mirrored * min(surroundings(reflect(ray, n)), vec3(1.3)) + (1.0 - mirrored) * inside;
  pixel = vec4(min(light, vec3(16.0)), 1.0);
}
