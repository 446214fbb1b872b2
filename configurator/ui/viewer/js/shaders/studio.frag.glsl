in vec3 vDirection;
out vec4 pixel;
void main() { pixel = vec4(studio(normalize(vDirection)), 1.0); }
