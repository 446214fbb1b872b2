in float facet;
uniform vec4 uPlanes[PLANES];
out vec3 vLocal;             // where the ray enters, in the stone's own frame, mm
flat out vec3 vEye;          // the eye, in the stone's own frame
flat out vec3 vFacetNormal;
flat out mat3 vToWorld;
flat out vec3 vCentre;       // of this very stone, in the piece's frame: every melee stone has its own
void main() {
  mat4 place = modelMatrix * instanceMatrix;
  vToWorld = mat3(place);    // placements are rigid
  vCentre = place[3].xyz;
  vLocal = position;
  vEye = transpose(vToWorld) * (cameraPosition - vCentre);
  vFacetNormal = uPlanes[int(facet + 0.5)].xyz;
  gl_Position = projectionMatrix * viewMatrix * place * vec4(position, 1.0);
}
