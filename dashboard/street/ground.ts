import {
  BufferGeometry,
  DoubleSide,
  InterleavedBuffer,
  InterleavedBufferAttribute,
  Mesh,
  type ShaderMaterial,
} from 'three';
import { CORNER, LAYERS } from './ground-shapes.ts';
import { FINISH, streetMaterial, type StreetUniforms } from './street-light.ts';

const layer = (name: (typeof LAYERS)[number]) => `${LAYERS.indexOf(name)}.`;

/** All that lies flat, in one draw call: painted in order, without depth, so that nothing flickers. */
export function createGround(uniforms: StreetUniforms): Mesh<BufferGeometry, ShaderMaterial> {
  const material = streetMaterial(uniforms, {
    depthWrite: false,
    side: DoubleSide,
    vertexShader: /* glsl */ `
      attribute vec4 road;
      attribute vec2 open;
      varying vec4 vRoad;
      varying vec2 vOpen;
      varying vec3 vAt;
      varying vec2 vPlan;
      void main() {
        vRoad = road;
        vOpen = open;
        vPlan = position.xz;
        vec4 at = modelMatrix * vec4(position, 1.);
        vAt = at.xyz;
        gl_Position = projectionMatrix * viewMatrix * at;
      }`,
    fragmentShader: /* glsl */ `
      varying vec4 vRoad;
      varying vec2 vOpen;
      varying vec3 vAt;
      varying vec2 vPlan;

      /** How much of a pixel a painted line covers: sharp near by, a faint grey far away. */
      float painted(float across, float middle, float halfWidth) {
        float blur = fwidth(across);
        float cover = 1. - smoothstep(halfWidth - blur * .5, halfWidth + blur * .5, abs(across - middle));
        return cover * min(1., 2. * halfWidth / max(blur, .0001));
      }
      float dashes(float along, float period, float share) {
        float blur = fwidth(along) / period;
        float f = fract(along / period);
        float dash = smoothstep(0., blur, f) * (1. - smoothstep(share - blur, share + blur, f));
        return mix(dash, share, smoothstep(.3, 1., blur));
      }

      void main() {
        float kind = floor(vRoad.z + .5);
        float across = vRoad.x, along = vRoad.y, width = vRoad.w;
        float side = abs(across);
        float grain = noise(vPlan * 9.) * .5 + noise(vPlan * 1.3) * .5;
        float fine = exp(-length(vAt) / 28.);
        vec3 color;
        float gloss = 0.;
        if (kind < ${layer('park')} - .5) {
          float grass = noise(vPlan * .06);
          color = mix(vec3(.12, .135, .085), vec3(.17, .165, .14), smoothstep(.35, .7, grass)) * (.85 + .3 * grain);
        } else if (kind < ${layer('water')} - .5) {
          color = mix(vec3(.055, .115, .035), vec3(.09, .15, .05), noise(vPlan * .11)) * (.75 + .5 * grain);
        } else if (kind < ${layer('walk')} - .5) {
          color = vec3(.012, .03, .04);
          gloss = 1.;
        } else if (kind < ${layer('residential')} - .5) {
          // A kerb of lighter stone, then slabs.
          float kerb = 1. - smoothstep(width + .15, width + .2, side);
          vec2 slab = vec2(along, side - width) / vec2(.8, .6);
          float joint = max(painted(fract(slab.x) - .5, .5, .02), painted(fract(slab.y) - .5, .5, .03));
          color = mix(vec3(.21, .205, .195) * (.9 + .2 * hash(floor(slab))), vec3(.36, .355, .34), kerb);
          color *= 1. - .35 * joint * fine;
          color *= .92 + .16 * grain;
          gloss = .35;
        } else {
          color = vec3(.062, .064, .068) * (.82 + .36 * mix(.5, grain, .35 + .65 * fine));
          // Wheels polish their tracks; the gutter gathers dirt.
          color *= 1. - .1 * painted(abs(side - width * .45), .75, .3);
          color = mix(color, vec3(.1, .098, .09), .5 * smoothstep(width - .45, width, side));
          float clear = min(vOpen.x, vOpen.y);
          float free = smoothstep(0., .25, clear);
          float paint = 0.;
          if (kind > ${layer('motorway')} - .5) {
            paint = max(painted(side, 1.1, .09), painted(side, width - 1.35, .09));
            paint = max(paint, painted(side, 4.25, .075) * dashes(along, 18., .34));
            color = mix(color, vec3(.16, .165, .15), 1. - smoothstep(.72, .76, side));
          } else if (kind > ${layer('primary')} - .5) {
            paint = max(painted(side, .16, .065), painted(side, width - .32, .06)) * free;
            paint = max(paint, painted(side, 3.4, .06) * dashes(along, 9., .34) * free);
          } else if (kind > ${layer('secondary')} - .5) {
            paint = painted(across, 0., .06) * dashes(along, 9., .34) * free;
            paint = max(paint, painted(side, width - .28, .05) * free);
          }
          // Where two wide streets meet one may walk across, and stops before it.
          if (kind > ${layer('secondary')} - .5 && kind < ${layer('motorway')} - .5) {
            float zebra = smoothstep(-.05, .05, clear + 3.4) * smoothstep(-.05, .05, -clear - .6);
            float bars = smoothstep(.46, .5, abs(fract(across / 1.1) - .5) * 2.);
            float faint = fwidth(across);
            paint = max(paint, zebra * mix(bars, .5, smoothstep(.3, .9, faint)) * (1. - smoothstep(width - .5, width - .4, side)));
          }
          color = mix(color, vec3(.62, .62, .6), paint * (.78 + .2 * grain));
          gloss = .8;
        }
        vec3 view = normalize(vAt - cameraPosition);
        // Wet ground is darker, and mirrors the sky the more, the flatter one looks at it; most in its puddles.
        float puddle = smoothstep(.42, .62, noise(vPlan * .35) * .65 + noise(vPlan * 1.7) * .35);
        float wet = uWet * (gloss > 0. ? 1. : .4);
        color *= 1. - .45 * wet;
        vec3 lit = color * (uAmbient + uSun * max(0., uSunDirection.y) + carLamps(vAt) * mix(1., 1.25, wet));
        float mirror = gloss * mix(.02, mix(.28, .62, puddle), wet);
        if (kind > 1.5 && kind < 2.5) mirror = .9;
        vec2 ripple = vec2(noise(vPlan * 3. + uTime), noise(vPlan * 3.3 - uTime)) - .5;
        float rough = kind > 1.5 && kind < 2.5 ? .07 : .03 + .1 * uRain;
        vec3 normal = normalize(vec3(ripple.x * rough, 1., ripple.y * rough));
        vec3 bounced = reflect(view, normal);
        float fresnel = .03 + .97 * pow(1. - max(0., dot(-view, normal)), 4.);
        lit += skyAt(bounced) * fresnel * mirror;
        gl_FragColor = seen(lit, vAt);
        ${FINISH}
      }`,
  });
  const ground = new Mesh(new BufferGeometry(), material);
  ground.frustumCulled = false;
  ground.renderOrder = -10;
  return ground;
}

/** Corners of all layers as the graphics card reads them: x, 0, y of the plan come first. */
export function groundGeometry(corners: Float32Array): BufferGeometry {
  const buffer = new InterleavedBuffer(corners, CORNER + 1);
  return new BufferGeometry()
    .setAttribute('position', new InterleavedBufferAttribute(buffer, 3, 0))
    .setAttribute('road', new InterleavedBufferAttribute(buffer, 4, 3))
    .setAttribute('open', new InterleavedBufferAttribute(buffer, 2, 7));
}

/** Inserts the height that the plan lacks. */
export function raiseCorners(layers: readonly (readonly number[])[]): Float32Array {
  const count = layers.reduce((sum, numbers) => sum + numbers.length / CORNER, 0);
  const out = new Float32Array(count * (CORNER + 1));
  let at = 0;
  for (const numbers of layers) {
    for (let i = 0; i < numbers.length; i += CORNER) {
      out[at++] = numbers[i] ?? 0;
      out[at++] = 0;
      for (let j = 1; j < CORNER; j++) out[at++] = numbers[i + j] ?? 0;
    }
  }
  return out;
}
