in float vHeight;
out vec4 pixel;
void main() {
  float near = 1.0 - vHeight;
  pixel = vec4(near * near * near, near, 0.0, 1.0);  // red: where it touches; green: where it hovers
}
