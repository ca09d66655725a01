import {
  AdditiveBlending,
  BufferGeometry,
  DoubleSide,
  Float32BufferAttribute,
  Mesh,
  type ShaderMaterial,
} from 'three';
import { FINISH, streetMaterial, type StreetUniforms } from './street-light.ts';

/**
 * Four walls and a saddle roof in a unit box: y is 0 at the ground, 1 at the eaves, 2 at the ridge; `face` is 0 in front
 * and behind, 1 at the sides, 2 on the roof.
 */
export function houseShape(): BufferGeometry {
  const positions: number[] = [];
  const faces: number[] = [];
  type Corner = readonly [number, number, number];
  const quad = (a: Corner, b: Corner, c: Corner, d: Corner, face: number) => {
    positions.push(...a, ...b, ...c, ...a, ...c, ...d);
    faces.push(face, face, face, face, face, face);
  };
  const [l, r] = [-0.5, 0.5];
  quad([l, 0, l], [r, 0, l], [r, 1, l], [l, 1, l], 0);
  quad([r, 0, r], [l, 0, r], [l, 1, r], [r, 1, r], 0);
  quad([r, 0, l], [r, 0, r], [r, 1, r], [r, 1, l], 1);
  quad([l, 0, r], [l, 0, l], [l, 1, l], [l, 1, r], 1);
  quad([l, 1, l], [r, 1, l], [r, 2, 0], [l, 2, 0], 2);
  quad([r, 1, r], [l, 1, r], [l, 2, 0], [r, 2, 0], 2);
  positions.push(r, 1, l, r, 1, r, r, 2, 0, l, 1, r, l, 1, l, l, 2, 0);
  faces.push(1, 1, 1, 1, 1, 1);
  return new BufferGeometry()
    .setAttribute('position', new Float32BufferAttribute(positions, 3))
    .setAttribute('face', new Float32BufferAttribute(faces, 1));
}

/** Upright; or upside down as a wet road shows them: first how far away they are, then their light. */
type HousePass = 'upright' | 'depth' | 'mirrored';
const ORDER: Readonly<Record<HousePass, number>> = { upright: -8, depth: -9.2, mirrored: -9.1 };

/** All houses in one draw call, their windows painted by the shader. */
export function createHouses(
  uniforms: StreetUniforms,
  pass: HousePass,
): Mesh<BufferGeometry, ShaderMaterial> {
  const material = streetMaterial(uniforms, {
    side: DoubleSide,
    defines: pass === 'upright' ? {} : { MIRRORED: '' },
    ...(pass === 'depth' && { colorWrite: false }),
    ...(pass === 'mirrored' && {
      blending: AdditiveBlending,
      premultipliedAlpha: true,
      depthWrite: false,
    }),
    vertexShader: /* glsl */ `
      attribute vec4 stand, size;
      attribute float face;
      varying vec3 vAt;
      varying vec4 vWall;
      flat varying vec3 vHouse;
      void main() {
        float c = cos(stand.z), s = sin(stand.z);
        vec3 local = vec3(position.x * size.x, position.y > 1.5 ? size.y + size.w : position.y * size.y, position.z * size.z);
        vec3 plan = vec3(local.x * c + local.z * s + stand.x, local.y, -local.x * s + local.z * c + stand.y);
        // Along the wall, height, which face, height of the eaves.
        vWall = vec4(face > .5 ? local.z : local.x, local.y, face, size.y);
        vHouse = vec3(stand.w, size.x, size.w);
        vec4 at = modelMatrix * vec4(plan, 1.);
        vAt = at.xyz;
        #ifdef MIRRORED
          at.y = -at.y;
        #endif
        gl_Position = projectionMatrix * viewMatrix * at;
      }`,
    fragmentShader: /* glsl */ `
      varying vec3 vAt;
      varying vec4 vWall;
      flat varying vec3 vHouse;

      vec3 wallColor(float seed) {
        float pick = fract(seed * 91.7);
        vec3 color = pick < .2 ? vec3(.38, .17, .11)
          : pick < .38 ? vec3(.52, .44, .33)
          : pick < .6 ? vec3(.6, .58, .53)
          : pick < .75 ? vec3(.33, .35, .37)
          : pick < .88 ? vec3(.46, .3, .2)
          : vec3(.3, .22, .17);
        return color * (.82 + .3 * fract(seed * 37.3));
      }

      void main() {
        float seed = vHouse.x;
        vec3 normal = normalize(cross(dFdx(vAt), dFdy(vAt)));
        if (dot(normal, cameraPosition - vAt) < 0.) normal = -normal;
        vec3 color = wallColor(seed);
        vec3 glow = vec3(0.);
        float height = vWall.y;
        if (vWall.z > 1.5) {
          bool flatRoof = vHouse.z < .1;
          float pick = fract(seed * 53.1);
          color = flatRoof ? vec3(.2, .2, .2) : pick < .5 ? vec3(.26, .105, .07) : pick < .8 ? vec3(.085, .09, .1) : vec3(.2, .13, .09);
          if (!flatRoof) color *= .86 + .28 * step(.5, fract(height * 2.4)) * exp(-length(vAt) / 60.);
        } else {
          bool isShop = height < 3.2 && vHouse.y > 13.2 && vWall.z < .5;
          vec2 cell = vec2(isShop ? 4.6 : 2.3 + fract(seed * 17.) * .7, 3.1);
          vec2 place = vec2(vWall.x + 50. * cell.x, height - .1) / cell;
          vec2 room = floor(place), f = fract(place);
          vec2 pixel = fwidth(place);
          #ifdef MIRRORED
            // A rough road smears what it mirrors.
            pixel += vec2(.16, .5);
          #endif
          vec2 opening = isShop ? vec2(.42, .36) : vec2(.2 + .1 * fract(seed * 7.), .27);
          vec2 d = abs(f - vec2(.5, isShop ? .42 : .5)) - opening;
          float glass = (1. - smoothstep(-pixel.x, pixel.x, d.x)) * (1. - smoothstep(-pixel.y, pixel.y, d.y));
          float frame = (1. - smoothstep(-pixel.x, pixel.x, d.x - .05)) * (1. - smoothstep(-pixel.y, pixel.y, d.y - .04)) - glass;
          float covered = 4. * opening.x * opening.y;
          float far = smoothstep(.35, 1.1, max(pixel.x, pixel.y));
          glass = mix(glass, covered, far);
          glass *= step(height, vWall.w - .9);
          color *= .93 + .07 * step(.06, f.y);
          if (isShop) {
            // Posts between the panes, a fascia over them.
            float post = 1. - smoothstep(.03, .03 + pixel.x, abs(abs(f.x - .5) - .14));
            glass *= 1. - post * (1. - far);
            color = mix(color, wallColor(fract(seed * 5.7)) * .5, step(.82, f.y));
          }
          color = mix(color, color * 1.35 + .04, clamp(frame, 0., 1.) * (1. - far));
          float chance = hash(room + seed * 311.);
          float isLit = mix(step(chance, isShop ? .85 : .36), isShop ? .7 : .36, far);
          vec3 warm = mix(vec3(1., .62, .28), vec3(.85, .9, 1.), step(.82, fract(chance * 77.)));
          float curtain = .55 + .45 * fract(chance * 13.);
          // Furniture and shelves behind the pane, brightest under the ceiling.
          float inside = .45 + .3 * f.y + .35 * noise(vec2(place.x * 6., place.y * 5.)) * (1. - far);
          glow = warm * glass * isLit * uNight * curtain * inside * (isShop ? .95 : .85);
          vec3 view = normalize(vAt - cameraPosition);
          vec3 pane = skyAt(reflect(view, normal)) * .42 + vec3(.012, .016, .02);
          color = mix(color, vec3(0.), glass);
          glow += pane * glass * (1. - isLit * uNight * .8);
        }
        float shade = mix(.55, 1., smoothstep(0., 5., height));
        vec3 light = uAmbient * (.72 + .28 * normal.y) * shade + uSun * max(0., dot(normal, uSunDirection));
        light += carLamps(vAt) * max(.1, dot(normal, normalize(vec3(0., .6, 2.) - vAt))) * 1.3;
        // Street lamps light the lower floors.
        light += vec3(1., .72, .42) * uNight * .16 * exp(-height / 4.5) * (vWall.z < 1.5 ? 1. : 0.);
        gl_FragColor = seen(color * light + glow, vAt);
        #ifdef MIRRORED
          vec3 view = normalize(vec3(vAt.x, -vAt.y, vAt.z) - cameraPosition);
          float strength = uWet * .5 * pow(1. - abs(view.y), 5.) * exp(-length(vAt.xz) / 110.) * exp(-height / 8.);
          gl_FragColor = vec4((glow + color * light * .3) * strength * gl_FragColor.a, 0.);
          #include <tonemapping_fragment>
          #include <colorspace_fragment>
        #else
          ${FINISH}
        #endif
      }`,
  });
  const houses = new Mesh(new BufferGeometry(), material);
  houses.frustumCulled = false;
  houses.renderOrder = ORDER[pass];
  return houses;
}
