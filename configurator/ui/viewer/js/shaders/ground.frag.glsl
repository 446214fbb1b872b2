in vec2 vUv;
uniform sampler2D uContact;  // blurred a little
uniform sampler2D uHover;    // blurred a lot
uniform float uStrength;
uniform vec2 uPixel;         // one pixel as a share of the picture
out vec4 pixel;
void main() {
  float dark = 0.62 * texture(uContact, vUv).r + 0.42 * texture(uHover, vUv).g;
  float fade = smoothstep(0.5, 0.3, length(vUv - 0.5));
  // Gone before the picture's border, which must not show.
  vec2 rim = gl_FragCoord.xy * uPixel * 2.0 - 1.0;
  rim = smoothstep(vec2(0.0), vec2(0.8), 1.0 - rim * rim);
  fade *= rim.x * rim.y;
  pixel = vec4(0.0, 0.0, 0.0, clamp(dark * uStrength * fade, 0.0, 0.85));
}
