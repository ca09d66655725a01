import {
  AdditiveBlending,
  BoxGeometry,
  BufferGeometry,
  CylinderGeometry,
  DoubleSide,
  Float32BufferAttribute,
  Mesh,
  OctahedronGeometry,
  Points,
  type ShaderMaterial,
} from 'three';
import { mergeGeometries } from 'three/addons/utils/BufferGeometryUtils.js';
import { FINISH, streetMaterial, type StreetUniforms } from './street-light.ts';

/** Gives every corner of a shape what it is: 0 wood or metal, 1 leaves or light. */
function as(part: number, shape: BufferGeometry): BufferGeometry {
  const loose = shape.index ? shape.toNonIndexed() : shape;
  const count = loose.getAttribute('position').count;
  loose.deleteAttribute('uv');
  return loose.setAttribute('part', new Float32BufferAttribute(new Array<number>(count).fill(part), 1));
}

/** A tree one metre high. */
export function treeShape(): BufferGeometry {
  const blob = (radius: number, x: number, y: number, z: number) =>
    new OctahedronGeometry(radius, 1).rotateY(x * 9).translate(x, y, z);
  const crown = as(1, mergeGeometries([blob(0.25, 0.03, 0.76, 0), blob(0.27, -0.05, 0.57, 0.05)]));
  const normals = crown.getAttribute('normal');
  const at = crown.getAttribute('position');
  // Round, though it has few corners.
  for (let i = 0; i < at.count; i++) {
    const [x, y, z] = [at.getX(i), at.getY(i) - 0.55, at.getZ(i)];
    const length = Math.hypot(x, y, z) || 1;
    normals.setXYZ(i, x / length, y / length, z / length);
  }
  return mergeGeometries([
    as(0, new CylinderGeometry(0.014, 0.028, 0.5, 4, 1, true).translate(0, 0.25, 0)),
    crown,
  ]);
}

/** A street lamp: a mast one metre high, which is stretched, and an arm with a light, which is not. */
export function lampShape(): BufferGeometry {
  return mergeGeometries([
    as(0, new CylinderGeometry(0.045, 0.085, 1, 4, 1, true).translate(0, 0.5, 0)),
    as(0, new BoxGeometry(0.07, 0.06, 1.5).translate(0, 0.99, 0.7)),
    as(0, new BoxGeometry(0.2, 0.08, 0.62).translate(0, 1.0, 1.45)),
    as(1, new BoxGeometry(0.16, 0.02, 0.54).translate(0, 0.945, 1.45)),
  ]);
}

/** Trees or lamps, each in one draw call. */
export function createProps(
  uniforms: StreetUniforms,
  what: 'tree' | 'lamp',
): Mesh<BufferGeometry, ShaderMaterial> {
  const material = streetMaterial(uniforms, {
    side: DoubleSide,
    defines: what === 'tree' ? { TREE: '' } : {},
    vertexShader: /* glsl */ `
      attribute vec4 stand;
      attribute float part;
      varying vec3 vAt, vNormal, vLeaf;
      varying vec2 vPart;
      void main() {
        vLeaf = position;
        #ifdef TREE
          float angle = stand.w * 40., size = stand.z;
          float uneven = part * .05 * sin(position.x * 17. + stand.w * 50.) * cos(position.z * 13. + stand.x);
          vec3 local = (position + normal * uneven) * vec3(size * (.85 + .5 * fract(stand.w * 7.)), size, size * (.85 + .5 * fract(stand.w * 11.)));
        #else
          float angle = stand.z;
          // The arm keeps its size at any height of the mast.
          vec3 local = vec3(position.x, position.y > .9 ? position.y - 1. + stand.w : position.y * stand.w, position.z);
        #endif
        float c = cos(angle), s = sin(angle);
        mat3 turn = mat3(c, 0., -s, 0., 1., 0., s, 0., c);
        vPart = vec2(part, stand.w);
        vNormal = mat3(modelMatrix) * (turn * normal);
        vec4 at = modelMatrix * vec4(turn * local + vec3(stand.x, 0., stand.y), 1.);
        vAt = at.xyz;
        gl_Position = projectionMatrix * viewMatrix * at;
      }`,
    fragmentShader: /* glsl */ `
      varying vec3 vAt, vNormal, vLeaf;
      varying vec2 vPart;
      void main() {
        vec3 normal = normalize(vNormal);
        vec3 color, glow = vec3(0.);
        #ifdef TREE
          // Leaves instead of an edge.
          float rim = 1. - abs(dot(normal, normalize(vAt - cameraPosition)));
          float leaf = noise((vLeaf.xy + vLeaf.zx) * 38.) * .5 + noise((vLeaf.zy - vLeaf.xz) * 71.) * .5;
          if (vPart.x > .5 && leaf < rim * 1.25 - .5) discard;
          float seed = fract(vPart.y * 23.);
          color = mix(vec3(.075, .06, .048), mix(vec3(.035, .08, .022), vec3(.15, .1, .025), seed * seed * seed), vPart.x);
          color *= .45 + .9 * mix(.5, leaf, vPart.x) + .25 * noise((vLeaf.xy - vLeaf.zz) * 9.);
          float light = .5 + .5 * normal.y;
        #else
          color = vec3(.05, .053, .058);
          glow = vec3(1., .78, .5) * 3. * vPart.x * uNight;
          float light = 1.;
        #endif
        vec3 shine = uAmbient * light + uSun * max(0., dot(normal, uSunDirection) * .7 + .3);
        shine += carLamps(vAt) * .8 + vec3(1., .72, .42) * uNight * .3 * exp(-vAt.y / 6.);
        gl_FragColor = seen(color * shine + glow, vAt);
        ${FINISH}
      }`,
  });
  const props = new Mesh(new BufferGeometry(), material);
  props.frustumCulled = false;
  props.renderOrder = -7;
  return props;
}

/** Light that is added to what is there; not sorted with what is transparent, so that it lies on the ground alone. */
const ADDED = { blending: AdditiveBlending, premultipliedAlpha: true, depthWrite: false } as const;
const LAMP_LIGHT = 'vec3(1., .7, .4)';

/** The pools of light under the street lamps: flat, one square a lamp. */
export function createLampPools(uniforms: StreetUniforms): Mesh<BufferGeometry, ShaderMaterial> {
  const material = streetMaterial(uniforms, {
    ...ADDED,
    depthTest: false,
    vertexShader: /* glsl */ `
      attribute vec4 stand;
      varying vec3 vAt;
      varying vec2 vPlace;
      void main() {
        vPlace = position.xz;
        vec2 head = vec2(sin(stand.z), cos(stand.z)) * 1.9;
        vec4 at = modelMatrix * vec4(vec3(stand.x + head.x, 0., stand.y + head.y) + vec3(position.x, 0., position.z) * stand.w * 1.75, 1.);
        vAt = at.xyz;
        gl_Position = projectionMatrix * viewMatrix * at;
      }`,
    fragmentShader: /* glsl */ `
      varying vec3 vAt;
      varying vec2 vPlace;
      void main() {
        float r = min(1., length(vPlace));
        float power = pow(1. - r * r, 2.4) * uNight * .14 * (1. - .65 * uWet);
        gl_FragColor = seen(${LAMP_LIGHT} * power, vAt);
        gl_FragColor.rgb = ${LAMP_LIGHT} * power * gl_FragColor.a * exp(-length(vAt.xz) / 130.);
        gl_FragColor.a = 0.;
        #include <tonemapping_fragment>
        #include <colorspace_fragment>
      }`,
  });
  const pools = new Mesh(new BufferGeometry(), material);
  pools.frustumCulled = false;
  // Over the ground, under everything that stands on it.
  pools.renderOrder = -9.5;
  return pools;
}

/** A square that is two metres wide, flat on the ground. */
export const poolShape = (): BufferGeometry =>
  new BufferGeometry().setAttribute(
    'position',
    new Float32BufferAttribute([-1, 0, -1, -1, 0, 1, 1, 0, -1, 1, 0, -1, -1, 0, 1, 1, 0, 1], 3),
  );

/**
 * The shine about the street lamps, as the eye sees it; mirrored, the streak that a wet road makes of it.
 */
export function createLampGlow(
  uniforms: StreetUniforms,
  mirrored: boolean,
): Points<BufferGeometry, ShaderMaterial> {
  const material = streetMaterial(uniforms, {
    ...ADDED,
    depthTest: !mirrored,
    transparent: !mirrored,
    defines: mirrored ? { MIRRORED: '' } : {},
    vertexShader: /* glsl */ `
      uniform float uPixels;
      attribute float high;
      varying vec3 vAt;
      void main() {
        vec2 head = vec2(sin(position.z), cos(position.z)) * 1.45;
        vec4 at = modelMatrix * vec4(position.x + head.x, 0., position.y + head.y, 1.);
        at.y = high;
        #ifdef MIRRORED
          at.y = -at.y * .6;
        #endif
        vAt = at.xyz;
        vec4 eye = viewMatrix * at;
        gl_Position = projectionMatrix * eye;
        #ifdef MIRRORED
          gl_PointSize = uPixels * 8. / max(1., -eye.z);
        #else
          gl_PointSize = uPixels * 2.2 / max(1., -eye.z);
        #endif
      }`,
    fragmentShader: /* glsl */ `
      varying vec3 vAt;
      void main() {
        vec2 place = gl_PointCoord * 2. - 1.;
        #ifdef MIRRORED
          float power = exp(-place.x * place.x * 90.) * pow(max(0., 1. - place.y * place.y), 2.) * .34 * uWet;
        #else
          float r = length(place);
          float power = (pow(max(0., 1. - r), 2.) * .5 + exp(-r * r * 40.) * .9) * (1. + .6 * uRain);
        #endif
        gl_FragColor = seen(vec3(0.), vAt);
        gl_FragColor.rgb = ${LAMP_LIGHT} * power * uNight * gl_FragColor.a * exp(-length(vAt.xz) / 150.);
        gl_FragColor.a = 0.;
        #include <tonemapping_fragment>
        #include <colorspace_fragment>
      }`,
  });
  const glow = new Points(new BufferGeometry(), material);
  glow.frustumCulled = false;
  glow.renderOrder = mirrored ? -8.5 : 3;
  return glow;
}
