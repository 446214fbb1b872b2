uniform float uFloor;
uniform float uReach;
out float vHeight;
void main() {
#ifdef USE_INSTANCING
  vec4 place = instanceMatrix * vec4(position, 1.0);
#else
  vec4 place = vec4(position, 1.0);
#endif
  vHeight = clamp((place.z - uFloor) / uReach, 0.0, 1.0);
  gl_Position = projectionMatrix * viewMatrix * place;
}
