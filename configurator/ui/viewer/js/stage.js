// What stands before the camera: the metal parts, the stones and the shadow, and what each is made of.
//
// A shape and its colours change apart: `setShape` swaps meshes, `paint` only uniforms.

import {
  BufferAttribute, BufferGeometry, CubeCamera, Group, InstancedMesh, Mesh, Scene, Vector3,
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
    this.surroundings = { value: studio.metalRoom.texture }; // the empty room, until the probe has been baked once
    this.ground.mesh.visible = false; // until its shadow has been
    this.roomsAreStale = true;
    this.shape = null;
  }

  setShape(shape) {
    this.shape = shape;
    this.#clear();
    shape.parts.forEach((part, i) => this.metal.add(this.#partMesh(part, i)));
    shape.stones.forEach((stones) => this.stones.add(this.#stoneMesh(stones)));
    this.ground.follow(shape);
    this.probeIsStale = this.shadowIsStale = true;
  }

  // `luminance` is the page's. Quick frames can be drawn after this; the rest follows with `catchUp`.
  setRoom(luminance) {
    this.studio.bake(luminance);
    this.roomsAreStale = this.probeIsStale = true;
  }

  // Bakes what a first quick frame does without: lights for the stones, the shadow of a new shape, and what the stones
  // see of the metal.
  catchUp(passes) {
    if (this.roomsAreStale) this.studio.bakeRest();
    this.roomsAreStale = false;
    if (this.shadowIsStale) this.#bakeShadow(passes);
    if (this.probeIsStale) this.#bakeProbe();
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

  // Meshes of every program, for `Painter.compile`: what a quick frame needs, and what the settled picture needs too.
  samples() {
    const { fast, spectral } = this.#gemOf('center', false);
    // A program depends on which attributes a geometry has.
    const nothing = new BufferAttribute(new Float32Array(0), 3);
    const empty = (other) => new BufferGeometry().setAttribute('position', nothing).setAttribute(other, nothing);
    const part = (material) => new Mesh(empty('normal'), material);
    const stone = (material) => new InstancedMesh(empty('facet'), material, 1);
    return {
      quick: [part(this.#metalOf(0)), stone(fast)],
      settled: [part(this.ground.height), new Mesh(this.ground.mesh.geometry, this.ground.material), stone(spectral)],
    };
  }

  #bakeShadow(passes) {
    this.shadowIsStale = false;
    for (const child of this.scene.children) child.visible = child === this.metal;
    this.ground.bake(this.renderer, this.scene, this.shape, passes);
    for (const child of this.scene.children) child.visible = true;
  }

  // The stones see the studio and the metal round them, from the middle of the largest stone.
  #bakeProbe() {
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
    this.surroundings.value = this.probe.texture;
  }

  dispose() {
    for (const material of this.#metals) material.dispose();
    for (const materials of this.#gems.values()) Object.values(materials).forEach((material) => material.dispose());
    this.#clear();
    this.ground.dispose();
    this.probe.dispose();
  }

  #partMesh(part, i) {
    const material = this.#metalOf(i);
    dressPart(material, part, this.shape);
    const mesh = part.places
      ? new InstancedMesh(part.geometry, material, part.count)
      : new Mesh(part.geometry, material);
    part.places?.forEach((place, n) => mesh.setMatrixAt(n, place));
    mesh.userData = { part };
    mesh.frustumCulled = false;
    return mesh;
  }

  #stoneMesh(stones) {
    const materials = this.#gemOf(stones.role, Boolean(stones.dome));
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

  #gemOf(role, smooth) {
    const key = smooth ? `${role}, smooth` : role;
    if (!this.#gems.has(key)) {
      const [fast, spectral] = [false, true].map((spectral) => gemMaterial(this.studio, spectral, smooth));
      for (const material of [fast, spectral]) material.uniforms.uSurroundings = this.surroundings;
      this.#gems.set(key, { fast, spectral, opaque: opaqueMaterial(this.studio, fast.uniforms, smooth) });
    }
    return this.#gems.get(key);
  }

  #paintStones(mesh, gem) {
    const { fast, spectral, opaque, stones } = mesh.userData;
    mesh.userData.gem = gem;
    if (gem.opaque) colourOpaque(opaque, gem, stones);
    else for (const material of [fast, spectral]) colourGem(material, gem);
  }

  // Instance matrices live outside the geometry and must be freed on their own.
  #clear() {
    for (const mesh of [...this.metal.children, ...this.stones.children]) mesh.dispose?.();
    this.metal.clear();
    this.stones.clear();
  }
}
