import { Mesh, MeshBasicMaterial, PlaneGeometry, type BufferGeometry } from 'three';
import { mergeGeometries } from 'three/addons/utils/BufferGeometryUtils.js';
import { painted } from './studio.ts';

/** What the car's own screens tell; short words and numbers as the car shows them. */
export interface ScreenText {
  readonly speed: string;
  readonly unit: string;
  readonly gear: string;
  /** 0 … 1. */
  readonly charge: number;
  readonly temperature: string;
  readonly title: string;
  readonly artist: string;
}
export const DARK_SCREENS: ScreenText = {
  speed: '0',
  unit: 'km/h',
  gear: 'P',
  charge: 0,
  temperature: '',
  title: '',
  artist: '',
};

const [WIDTH, HEIGHT] = [1024, 320];
const HALF = WIDTH / 2;
const FONT = 'system-ui, "Segoe UI", Roboto, "DejaVu Sans", sans-serif';

/** The cluster behind the wheel and the screen in the middle: one picture, one draw call, painted when its text changes. */
export function createScreens(): {
  readonly mesh: Mesh;
  readonly show: (text: ScreenText) => void;
} {
  const texture = painted(WIDTH, HEIGHT, (g) => {
    paint(g, DARK_SCREENS);
  });
  const canvas = texture.image;
  let shown = '';
  return {
    mesh: new Mesh(shape(), new MeshBasicMaterial({ map: texture, toneMapped: false })),
    show(text) {
      const words = Object.values(text).join('|');
      if (words === shown) return;
      shown = words;
      const g = canvas.getContext('2d');
      if (!g) return;
      paint(g, text);
      texture.needsUpdate = true;
    },
  };
}

/** Left half of the picture: cluster, right half: middle. */
function shape(): BufferGeometry {
  const half = (plane: PlaneGeometry, from: number) => {
    const uv = plane.getAttribute('uv');
    for (let i = 0; i < uv.count; i++) uv.setX(i, from + uv.getX(i) / 2);
    return plane;
  };
  return mergeGeometries([
    half(new PlaneGeometry(0.31, 0.12), 0).rotateY(Math.PI).rotateX(0.3).translate(0.38, 0.962, 0.66),
    half(new PlaneGeometry(0.4, 0.25), 0.5)
      .rotateY(Math.PI - 0.12)
      .rotateX(0.24)
      .translate(-0.02, 0.905, 0.6),
  ]);
}

function paint(g: CanvasRenderingContext2D, text: ScreenText): void {
  g.fillStyle = '#04070b';
  g.fillRect(0, 0, WIDTH, HEIGHT);
  paintCluster(g, text);
  paintMiddle(g, text);
}

function paintCluster(g: CanvasRenderingContext2D, { speed, unit, gear, charge }: ScreenText): void {
  g.textBaseline = 'alphabetic';
  g.textAlign = 'center';
  g.fillStyle = '#f2f7fc';
  g.font = `300 190px ${FONT}`;
  g.fillText(speed, HALF / 2, 205);
  g.fillStyle = '#8fa3b8';
  g.font = `400 40px ${FONT}`;
  g.fillText(unit, HALF / 2, 262);
  g.font = `600 76px ${FONT}`;
  g.fillStyle = '#6cc9ff';
  g.fillText(gear, 66, 190);
  // Charge as a bar that empties.
  g.fillStyle = '#1c2733';
  g.fillRect(HALF - 84, 70, 34, 180);
  g.fillStyle = charge < 0.15 ? '#ff8a80' : '#5fdba7';
  g.fillRect(HALF - 84, 70 + 180 * (1 - charge), 34, 180 * charge);
}

function paintMiddle(g: CanvasRenderingContext2D, { temperature, title, artist }: ScreenText): void {
  const glow = g.createLinearGradient(HALF, 0, WIDTH, HEIGHT);
  glow.addColorStop(0, '#0d2a42');
  glow.addColorStop(1, '#0a1420');
  g.fillStyle = glow;
  g.fillRect(HALF, 0, HALF, HEIGHT);
  g.textAlign = 'left';
  g.fillStyle = '#e8f1f8';
  g.font = `300 92px ${FONT}`;
  g.fillText(temperature, HALF + 36, 120);
  g.font = `600 44px ${FONT}`;
  g.fillText(title, HALF + 36, 222, HALF - 72);
  g.fillStyle = '#8fa3b8';
  g.font = `400 36px ${FONT}`;
  g.fillText(artist, HALF + 36, 274, HALF - 72);
}
