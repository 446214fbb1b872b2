out vec3 vPosition;
out vec3 vNormal;
void main() {
  vPosition = position;  // parts are modelled in the piece's own frame, mm
  vNormal = normal;
  gl_Position = projectionMatrix * viewMatrix * vec4(position, 1.0);
}
