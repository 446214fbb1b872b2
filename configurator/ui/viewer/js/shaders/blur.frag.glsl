// The room as a satin surface mirrors it: an average over a cone, from the room's own mip levels.
in vec3 vDirection;
uniform samplerCube uRoom;
uniform float uLevel;   // a mip level about as coarse as the samples are far apart
uniform float uSpread;  // tangent of the cone's half angle
out vec4 pixel;
void main() {
  vec3 d = normalize(vDirection);
  vec3 side = normalize(cross(abs(d.z) < 0.9 ? vec3(0.0, 0.0, 1.0) : vec3(1.0, 0.0, 0.0), d));
  vec3 top = cross(d, side);
  vec3 sum = vec3(0.0);
  float weight = 0.0;
  for (int i = 0; i < 24; i++) {
    float r = sqrt((float(i) + 0.5) / 24.0), turn = float(i) * 2.39996323;
    float w = exp(-1.6 * r * r);
    vec3 sampleAt = d + uSpread * r * (cos(turn) * side + sin(turn) * top);
    sum += w * textureLod(uRoom, sampleAt, uLevel).rgb;
    weight += w;
  }
  pixel = vec4(sum / weight, 1.0);
}
