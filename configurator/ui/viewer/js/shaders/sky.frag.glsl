in vec3 vDirection;
uniform samplerCube uRoom;
out vec4 pixel;
void main() { pixel = vec4(textureLod(uRoom, vDirection, 0.0).rgb, 1.0); }
