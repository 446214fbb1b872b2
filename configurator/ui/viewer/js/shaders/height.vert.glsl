uniform float uFloor;
uniform float uReach;
out float vHeight;
void main() {
  vHeight = clamp((position.z - uFloor) / uReach, 0.0, 1.0);
  gl_Position = projectionMatrix * viewMatrix * vec4(position, 1.0);
}
