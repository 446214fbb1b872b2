in vec2 vUv;
uniform sampler2D uImage;
uniform vec2 uTexel;
out vec4 pixel;
void main() {
  vec3 sum = vec3(0.0);
  for (int x = 0; x < 2; x++) for (int y = 0; y < 2; y++) {
    sum += max(texture(uImage, vUv + (vec2(x, y) * 2.0 - 1.0) * uTexel).rgb - 1.9, 0.0);
  }
  pixel = vec4(min(sum * 0.25, vec3(6.0)), 1.0);
}
