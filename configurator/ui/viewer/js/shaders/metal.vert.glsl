out vec3 vPosition;
out vec3 vNormal;
void main() {
#ifdef USE_INSTANCING  // links of a chain
  vPosition = (instanceMatrix * vec4(position, 1.0)).xyz;
  vNormal = mat3(instanceMatrix) * normal;
#else
  vPosition = position;  // parts are modelled in the piece's own frame, mm
  vNormal = normal;
#endif
  gl_Position = projectionMatrix * viewMatrix * vec4(vPosition, 1.0);
}
