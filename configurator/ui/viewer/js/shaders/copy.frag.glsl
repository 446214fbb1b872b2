in vec2 vUv;
uniform sampler2D uImage;
out vec4 pixel;
void main() { pixel = texture(uImage, vUv); }
