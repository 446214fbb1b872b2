// What stands before the camera: the metal parts, the stones and the shadow, and what each is made of.
//
// A shape and its colours change apart: `setShape` swaps meshes, `paint` only uniforms.

import {
  BufferAttribute, BufferGeometry, CubeCamera, Group, InstancedMesh, Matrix4, Mesh, Scene, Vector3,
} from 'three';
import { cutGem, colourGem, gemMaterial, largestStones } from './gem.js';
import { Ground } from './ground.js';
import { dressPart, metalMaterial, paintMetal } from './metal.js';
import { colourOpaque, opaqueMaterial } from './opaque.js';
import { indexAt } from './spectrum.js';
import { cube } from './studio.js';

export class Stage {
  #probeCamera;
  #metals = [];
  #gems = new Map();

  constructor(renderer, studio, probeSize) {
    this.renderer = renderer;
    this.studio = studio;
    this.scene = new Scene();
    this.metal = new Group();
    this.stones = new Group();
    this.ground = new Ground();
    this.scene.add(this.ground.mesh, this.metal, this.stones);
    this.probe = cube(probeSize, false);
    this.#probeCamera = new CubeCamera(0.15, 300, this.probe);
    this.probeIsStale = true;
    this.shape = null;
  }

  setShape(shape, passes) {
    this.shape = shape;
    this.metal.clear();
    this.#clearStones();
    shape.parts.forEach((part, i) => this.metal.add(this.#partMesh(part, i)));
    shape.stones.forEach((stones) => this.stones.add(this.#stoneMesh(stones)));
    for (const child of this.scene.children) child.visible = child === this.metal;
    this.ground.bake(this.renderer, this.scene, shape, passes);
    for (const child of this.scene.children) child.visible = true;
    this.probeIsStale = true;
  }

  // `look` has ids {metal, accent, finish, gems}; `table` says what the ids look like. An id that the table does not
  // know keeps the colour it has.
  paint(look, table) {
    const main = table.metals[look.metal];
    const accent = table.metals[look.accent] || main;
    for (const mesh of this.metal.children) {
      const { part } = mesh.userData;
      const metal = part.alloy === 'accent' ? accent : main;
      if (metal) paintMetal(mesh.material, metal, part.finish ? look.finish : 'polished');
    }
    for (const mesh of this.stones.children) {
      const gem = table.gems[look.gems?.[mesh.userData.stones.role]];
      if (gem) this.#paintStones(mesh, gem);
    }
    this.probeIsStale = true;
  }

  // Chooses the gems' program: one wavelength of a settled picture, or all colours at once.
  useWave(wave) {
    for (const mesh of this.stones.children) {
      const { gem, fast, spectral, opaque } = mesh.userData;
      if (!gem || gem.opaque) mesh.material = gem ? opaque : fast;
      else if (!wave) mesh.material = fast;
      else {
        mesh.material = spectral;
        spectral.uniforms.uWaveIndex.value = indexAt(wave, gem.index);
        spectral.uniforms.uWaveResponse.value.copy(wave.response);
      }
    }
  }

  // Stand-ins for a part and a stone, for Painter.warm.
  props() {
    const speck = () => {
      const geometry = new BufferGeometry();
      geometry.setAttribute('position', new BufferAttribute(new Float32Array([0, 0, 0, 0.01, 0, 0, 0, 0, 0.01]), 3));
      geometry.setAttribute('normal', new BufferAttribute(new Float32Array([0, -1, 0, 0, -1, 0, 0, -1, 0]), 3));
      geometry.setAttribute('facet', new BufferAttribute(new Float32Array(3), 1));
      geometry.setIndex([0, 1, 2]);
      return geometry;
    };
    const stone = new InstancedMesh(speck(), this.#gemOf('center').fast, 1);
    stone.setMatrixAt(0, new Matrix4());
    const part = new Mesh(speck(), this.#metalOf(0));
    for (const prop of [part, stone]) prop.frustumCulled = false;
    return [part, stone];
  }

  // The stones see the studio and the metal round them, from the middle of the largest stone.
  bakeProbe() {
    this.probeIsStale = false;
    const largest = this.shape && (largestStones(this.shape.stones) || this.shape.stones[0]);
    if (!largest) return;
    const [placement] = largest.placements;
    this.#probeCamera.position.copy(new Vector3().setFromMatrixPosition(placement));
    const backdrop = this.studio.backdrop();
    this.scene.add(backdrop);
    this.stones.visible = false;
    this.ground.mesh.visible = false;
    const { autoClear } = this.renderer;
    this.renderer.autoClear = true;
    this.#probeCamera.update(this.renderer, this.scene);
    this.renderer.autoClear = autoClear;
    this.scene.remove(backdrop);
    this.stones.visible = true;
    this.ground.mesh.visible = true;
  }

  dispose() {
    for (const material of this.#metals) material.dispose();
    for (const materials of this.#gems.values()) Object.values(materials).forEach((material) => material.dispose());
    this.#clearStones();
    this.ground.dispose();
    this.probe.dispose();
  }

  #partMesh(part, i) {
    const material = this.#metalOf(i);
    dressPart(material, part, this.shape);
    const mesh = new Mesh(part.geometry, material);
    mesh.userData = { part };
    mesh.frustumCulled = false;
    return mesh;
  }

  #stoneMesh(stones) {
    const materials = this.#gemOf(stones.role);
    cutGem(materials.fast, stones);
    cutGem(materials.spectral, stones);
    const mesh = new InstancedMesh(stones.geometry, materials.fast, stones.count);
    stones.placements.forEach((placement, i) => mesh.setMatrixAt(i, placement));
    mesh.userData = { stones, gem: null, ...materials };
    mesh.frustumCulled = false;
    return mesh;
  }

  // Materials are kept by the part's place in the list and by the stones' role: a new shape starts in the old colours.
  #metalOf(i) {
    this.#metals[i] ||= metalMaterial(this.studio);
    return this.#metals[i];
  }

  #gemOf(role) {
    if (!this.#gems.has(role)) {
      const [fast, spectral] = [gemMaterial(false), gemMaterial(true)];
      for (const material of [fast, spectral]) material.uniforms.uSurroundings.value = this.probe.texture;
      this.#gems.set(role, { fast, spectral, opaque: opaqueMaterial(this.studio, fast.uniforms) });
    }
    return this.#gems.get(role);
  }

  #paintStones(mesh, gem) {
    const { fast, spectral, opaque, stones } = mesh.userData;
    mesh.userData.gem = gem;
    if (gem.opaque) colourOpaque(opaque, gem, stones.geometry);
    else for (const material of [fast, spectral]) colourGem(material, gem);
  }

  // Instance matrices live outside the geometry and must be freed on their own.
  #clearStones() {
    for (const mesh of this.stones.children) mesh.dispose();
    this.stones.clear();
  }
}
