import {
  ACESFilmicToneMapping,
  AdditiveBlending,
  BackSide,
  BufferGeometry,
  CanvasTexture,
  Color,
  CylinderGeometry,
  DoubleSide,
  Float32BufferAttribute,
  Mesh,
  MeshBasicMaterial,
  PlaneGeometry,
  PMREMGenerator,
  Points,
  PointsMaterial,
  Scene,
  ShaderMaterial,
  SphereGeometry,
  SRGBColorSpace,
  type Texture,
  WebGLRenderer,
  type WebGLRenderTarget,
} from 'three';
import { mergeGeometries } from 'three/addons/utils/BufferGeometryUtils.js';
import { WALL } from './wall.ts';

interface Softbox {
  readonly size: readonly [number, number];
  readonly at: readonly [number, number, number];
  readonly power: number;
  readonly color: number;
}

/** Long strips make long highlights, as in a photographer's studio. */
const SOFTBOXES: readonly Softbox[] = [
  { size: [7, 20], at: [0, 11, 0], power: 3.4, color: 0xffffff },
  { size: [24, 4], at: [13, 5, 1], power: 6, color: 0xeaf3ff },
  { size: [22, 2.2], at: [-13, 5.5, 0], power: 3.4, color: 0xfff0e2 },
  { size: [12, 5], at: [6, 4.2, 16], power: 4.2, color: 0xffffff },
  { size: [10, 2.4], at: [-2, 5, -16], power: 3.2, color: 0xeaf3ff },
];

/** What draws: a graphics card, or the processor in its stead. */
export interface Painter {
  readonly renderer: WebGLRenderer;
  /** Whether the processor draws: some ten times slower, and twice as slow again if it had to smooth edges. */
  readonly isSoftware: boolean;
}

/** What the drivers call themselves that let the processor draw (ANGLE, Mesa, Windows). */
const SOFTWARE = /swiftshader|llvmpipe|softpipe|basic render/i;

/** Draws on a canvas, over what the page has behind it. @throws Error where there is no WebGL */
export function createPainter(canvas: HTMLCanvasElement): Painter {
  const isSoftware = drawsInSoftware();
  const renderer = new WebGLRenderer({
    canvas,
    antialias: !isSoftware,
    alpha: true,
    powerPreference: 'high-performance',
  });
  renderer.toneMapping = ACESFilmicToneMapping;
  return { renderer, isSoftware };
}

/** Asked of a canvas of its own: whether edges are smoothed is settled with a canvas's first context. */
function drawsInSoftware(): boolean {
  const context = document.createElement('canvas').getContext('webgl2');
  const names = context?.getExtension('WEBGL_debug_renderer_info');
  const name: unknown = context?.getParameter(names?.UNMASKED_RENDERER_WEBGL ?? context.RENDERER);
  context?.getExtension('WEBGL_lose_context')?.loseContext();
  return typeof name === 'string' && SOFTWARE.test(name);
}

/** The light that the car stands in: it lives as long as the renderer, whatever cars come and go. */
export class Studio {
  readonly #renderer: WebGLRenderer;
  #target: WebGLRenderTarget | undefined;

  /** Where the processor draws, the lamps' reflections take longer than all the rest: they are lit later. */
  constructor({ renderer, isSoftware }: Painter) {
    this.#renderer = renderer;
    if (!isSoftware) this.light();
  }

  /** What the paint mirrors; null while it is dark. */
  get texture(): Texture | null {
    return this.#target?.texture ?? null;
  }

  get isLit(): boolean {
    return this.#target !== undefined;
  }

  /** Lights it, or lights it anew after the graphics card has forgotten it. */
  light(): void {
    this.#target?.dispose();
    this.#target = studioLight(this.#renderer);
  }

  dispose(): void {
    this.#target?.dispose();
  }
}

function discard({ geometry, material }: Mesh<BufferGeometry, MeshBasicMaterial>): void {
  geometry.dispose();
  material.map?.dispose();
  material.dispose();
}

/** The room's reflections, rendered once. The caller owns them. */
function studioLight(renderer: WebGLRenderer): WebGLRenderTarget {
  const room = new Scene();
  const wall = gradientWall();
  room.add(wall);
  for (const { size, at, power, color } of SOFTBOXES) {
    const light = new MeshBasicMaterial({ color: new Color(color).multiplyScalar(power), side: DoubleSide });
    const box = new Mesh(new PlaneGeometry(...size), light);
    box.position.set(...at);
    box.lookAt(0, 0.5, 0);
    room.add(box);
  }
  const target = reflections(renderer, room);
  room.traverse((part) => {
    if (part instanceof Mesh) discard(part as Mesh<BufferGeometry, MeshBasicMaterial>);
  });
  return target;
}

/** What paint and glass reflect of a scene about the car, rendered once. The caller owns it. */
export function reflections(renderer: WebGLRenderer, room: Scene): WebGLRenderTarget {
  const generator = new PMREMGenerator(renderer);
  const target = generator.fromScene(room);
  generator.dispose();
  return target;
}

/** The wall about the car, as a sphere. */
function gradientWall(): Mesh<SphereGeometry, MeshBasicMaterial> {
  const texture = painted(4, 256, (g) => {
    const fade = g.createLinearGradient(0, 0, 0, 256);
    for (const [at, color] of WALL) fade.addColorStop(at, color);
    g.fillStyle = fade;
    g.fillRect(0, 0, 4, 256);
  });
  return new Mesh(new SphereGeometry(40, 24, 24), new MeshBasicMaterial({ map: texture, side: BackSide }));
}

/** A picture drawn once, on a canvas. */
export function painted(
  width: number,
  height: number,
  paint: (g: CanvasRenderingContext2D) => void,
): CanvasTexture {
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const g = canvas.getContext('2d');
  if (g) paint(g);
  const texture = new CanvasTexture(canvas);
  texture.colorSpace = SRGBColorSpace;
  return texture;
}

/** The dark under the car: painted, so that it costs no shadow map. */
export function contactShadow(): Mesh {
  const texture = painted(256, 512, (g) => {
    g.filter = 'blur(26px)';
    g.fillStyle = 'rgba(0,0,0,.75)';
    g.beginPath();
    g.roundRect(56, 62, 144, 388, 60);
    g.fill();
    g.filter = 'blur(12px)';
    g.fillStyle = 'rgba(0,0,0,.9)';
    g.beginPath();
    g.roundRect(72, 88, 112, 336, 40);
    g.fill();
  });
  const material = new MeshBasicMaterial({
    map: texture,
    transparent: true,
    depthWrite: false,
    toneMapped: false,
  });
  const shadow = new Mesh(new PlaneGeometry(3.5, 6.9), material);
  shadow.rotation.x = -Math.PI / 2;
  shadow.position.y = 0.004;
  return shadow;
}

/** The shine about the headlights: what the eye adds to a light that is brighter than it can see. */
export function headlightGlow(): Points<BufferGeometry, PointsMaterial> {
  const texture = painted(64, 64, (g) => {
    const glow = g.createRadialGradient(32, 32, 0, 32, 32, 32);
    glow.addColorStop(0, 'rgba(255,255,255,1)');
    glow.addColorStop(0.14, 'rgba(225,236,255,.6)');
    glow.addColorStop(0.45, 'rgba(190,214,255,.14)');
    glow.addColorStop(1, 'rgba(180,206,255,0)');
    g.fillStyle = glow;
    g.fillRect(0, 0, 64, 64);
  });
  const places = new Float32BufferAttribute([0.595, 0.595, 2.3, -0.595, 0.595, 2.3], 3);
  const material = new PointsMaterial({
    map: texture,
    size: 0.8,
    transparent: true,
    depthWrite: false,
    blending: AdditiveBlending,
    toneMapped: false,
  });
  return new Points(new BufferGeometry().setAttribute('position', places), material);
}

/** Pool of light that the headlights throw on the floor. */
export function beamPool(): Mesh<PlaneGeometry, MeshBasicMaterial> {
  const texture = painted(256, 256, (g) => {
    for (const x of [92, 164]) {
      const glow = g.createRadialGradient(x, 20, 4, x, 110, 150);
      glow.addColorStop(0, 'rgba(225,236,255,.85)');
      glow.addColorStop(0.45, 'rgba(205,222,255,.32)');
      glow.addColorStop(1, 'rgba(190,214,255,0)');
      g.fillStyle = glow;
      g.fillRect(0, 0, 256, 256);
    }
    // Fades towards the car and the sides, so that no edge of the plane shows.
    g.globalCompositeOperation = 'destination-in';
    const edge = g.createRadialGradient(128, 96, 20, 128, 110, 126);
    edge.addColorStop(0, '#000');
    edge.addColorStop(1, 'transparent');
    g.fillStyle = edge;
    g.fillRect(0, 0, 256, 256);
  });
  const material = new MeshBasicMaterial({ map: texture, transparent: true, depthWrite: false, opacity: 0 });
  const pool = new Mesh(new PlaneGeometry(5.2, 5.6), material);
  pool.rotation.set(-Math.PI / 2, 0, Math.PI);
  pool.position.set(0, 0.008, 4.7);
  return pool;
}

/** Metres in which a beam can be seen in clear air. */
const CONE = 7.5;

/** The beams themselves, as dust, fog and rain show them: two cones in one draw call. */
export function beamCones(): Mesh<BufferGeometry, ShaderMaterial> {
  const cone = (x: number) =>
    new CylinderGeometry(0.055, 1.0, CONE, 28, 1, true)
      .translate(0, -CONE / 2, 0)
      .rotateX(-Math.PI / 2 + 0.035)
      .rotateY(Math.sign(x) * 0.05)
      .translate(x, 0.605, 2.24);
  const material = new ShaderMaterial({
    uniforms: { power: { value: 0 } },
    transparent: true,
    depthWrite: false,
    side: DoubleSide,
    blending: AdditiveBlending,
    vertexShader: /* glsl */ `
      varying float vFar, vEdge;
      void main() {
        vFar = 1. - uv.y;
        vec4 eye = modelViewMatrix * vec4(position, 1.);
        // Seen along its edge a cone of light is thin.
        vEdge = abs(dot(normalize(normalMatrix * normal), normalize(eye.xyz)));
        gl_Position = projectionMatrix * eye;
      }`,
    fragmentShader: /* glsl */ `
      uniform float power;
      varying float vFar, vEdge;
      void main() {
        float light = power * pow(1. - vFar, 2.2) * pow(vEdge, 1.6) * .3;
        gl_FragColor = vec4(vec3(.86, .93, 1.) * light, light);
      }`,
  });
  const cones = new Mesh(mergeGeometries([cone(0.6), cone(-0.6)]), material);
  cones.renderOrder = 4;
  return cones;
}
