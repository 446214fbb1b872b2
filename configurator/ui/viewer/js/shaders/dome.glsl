// A smooth stone: an ellipsoid, whole, or its upper half over an upright girdle and a flat base.

uniform vec3 uAxes;   // half axes, mm
uniform vec3 uDome;   // heights of the ellipsoid's middle and of the base, mm; 1 for a whole one

vec3 domeNormal(vec3 at) {
  vec3 away = at - vec3(0.0, 0.0, uDome.x);
  if (uDome.z < 0.5) away.z = max(away.z, 0.0);
  return normalize(away / (uAxes * uAxes));
}

// The normal where a ray enters; `facet` is that of the triangle it met.
vec3 smoothNormal(vec3 at, vec3 facet) { return uDome.z < 0.5 && facet.z < -0.99 ? facet : domeNormal(at); }

// Where a ray leaves the unit ball about the origin, in steps; far behind where it misses it.
float leavesBall(vec3 start, vec3 step) {
  float a = max(dot(step, step), 1e-9), b = dot(start, step), inside = b * b - a * (dot(start, start) - 1.0);
  return inside < 0.0 ? -1e6 : (sqrt(inside) - b) / a;
}
