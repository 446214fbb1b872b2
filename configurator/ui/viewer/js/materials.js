// How our shader materials are made; each feature file says what goes into its own.

import { GLSL3, ShaderMaterial } from 'three';

export function shader(vertexShader, fragmentShader, uniforms, options = {}) {
  return new ShaderMaterial({
    glslVersion: GLSL3,
    vertexShader,
    fragmentShader,
    uniforms: Object.fromEntries(Object.entries(uniforms).map(([name, value]) => [name, { value }])),
    ...options,
  });
}
