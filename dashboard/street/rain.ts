import {
  BufferGeometry,
  Float32BufferAttribute,
  LineSegments,
  NormalBlending,
  type ShaderMaterial,
} from 'three';
import { streetMaterial, type StreetUniforms } from './street-light.ts';

const DROPS = 1_400;
/** Half the side of the box about the camera in which it rains, and its height, metres. */
const BOX = 9;
const HEIGHT = 8;

/** Falling rain in one draw call: where each drop is, the graphics card works out from the time. */
export function createRain(uniforms: StreetUniforms): LineSegments<BufferGeometry, ShaderMaterial> {
  const places: number[] = [];
  for (let i = 0; i < DROPS; i++) {
    // The golden ratio's multiples fill the box evenly.
    const [x, y, z] = [(i * 0.6180339) % 1, (i * 0.7548776) % 1, (i * 0.5698402) % 1];
    places.push(x, y, z, 0, x, y, z, 1);
  }
  const material = streetMaterial(uniforms, {
    transparent: true,
    depthWrite: false,
    blending: NormalBlending,
    vertexShader: /* glsl */ `
      attribute vec4 drop;
      uniform float uSpeed, uDriven, uTime, uRain;
      varying float vAlpha;
      varying vec3 vAt;
      void main() {
        float fall = 7.5 + 2. * fract(drop.x * 57.);
        vec3 middle = vec3(cameraPosition.x, ${(HEIGHT / 2).toFixed(1)} - 1.5, cameraPosition.z);
        vec3 size = vec3(${(2 * BOX).toFixed(1)}, ${HEIGHT.toFixed(1)}, ${(2 * BOX).toFixed(1)});
        vec3 moved = drop.xyz * size - vec3(0., fall * uTime, uDriven) - middle;
        vec3 at = mod(moved, size) - size * .5 + middle;
        // A streak is the way of a thirtieth of a second.
        at += drop.w * vec3(0., fall, uSpeed) * .033;
        vAt = at;
        float share = fract(drop.x * 13. + drop.z * 7.);
        vAlpha = step(share, uRain * 1.4 + .08) * (drop.w > .5 ? 0. : 1.);
        // It stays dry in the car.
        if (abs(at.x) < .95 && abs(at.z) < 2.3 && at.y < 1.4) vAlpha = 0.;
        gl_Position = projectionMatrix * viewMatrix * vec4(at, 1.);
      }`,
    fragmentShader: /* glsl */ `
      varying float vAlpha;
      varying vec3 vAt;
      void main() {
        vec3 color = uAmbient * .9 + carLamps(vAt) * .5 + vec3(.25, .19, .12) * uNight * .5;
        gl_FragColor = vec4(color, vAlpha * .34 * smoothstep(0., 40., uReveal));
        #include <tonemapping_fragment>
        #include <colorspace_fragment>
      }`,
  });
  const rain = new LineSegments(
    new BufferGeometry()
      .setAttribute('drop', new Float32BufferAttribute(places, 4))
      // Three measures what it draws by this name.
      .setAttribute('position', new Float32BufferAttribute(DROPS * 2 * 3, 3)),
    material,
  );
  rain.frustumCulled = false;
  rain.renderOrder = 6;
  return rain;
}
