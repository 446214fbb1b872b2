in vec2 vUv;
uniform sampler2D uImage;
uniform vec2 uStep;
out vec4 pixel;
void main() {
  vec4 sum = vec4(0.0);
  float weight = 0.0;
  for (int i = -6; i <= 6; i++) {
    float w = exp(-float(i * i) / 14.0);
    sum += w * texture(uImage, vUv + uStep * float(i));
    weight += w;
  }
  pixel = sum / weight;
}
