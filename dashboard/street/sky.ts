import { BackSide, Mesh, SphereGeometry, type ShaderMaterial } from 'three';
import { FINISH, SIGHT, streetMaterial, type StreetUniforms } from './street-light.ts';

/** Sky, stars and the far skyline about everything. */
export function createSky(uniforms: StreetUniforms): Mesh<SphereGeometry, ShaderMaterial> {
  const material = streetMaterial(uniforms, {
    side: BackSide,
    depthWrite: false,
    depthTest: false,
    vertexShader: /* glsl */ `
      varying vec3 vDirection;
      void main() {
        vDirection = position;
        gl_Position = projectionMatrix * vec4(mat3(viewMatrix) * position, 1.);
      }`,
    fragmentShader: /* glsl */ `
      varying vec3 vDirection;

      /** Height of the far houses in a direction of the compass, as the sine of an angle. */
      float roofs(float bearing, float step, float tall) {
        float block = floor(bearing / step);
        return tall * (.35 + .65 * pow(hash(vec2(block, step * 91.)), 2.));
      }

      void main() {
        vec3 direction = normalize(vDirection);
        vec3 color = skyAt(direction);
        float bearing = atan(direction.x, direction.z) + uTurn;
        float clear = (1. - min(1., uRain * 4.)) * uNight;
        vec2 star = vec2(bearing * 90., direction.y * 130.);
        float isStar = step(.985, hash(floor(star))) * (1. - smoothstep(0., .42, length(fract(star) - .5)));
        color += isStar * clear * .5 * smoothstep(.12, .5, direction.y);
        // Clouds drift by.
        float cloud = noise(direction.xz / (direction.y + .18) * 1.6 + uTurn) * .6 + noise(direction.xz / (direction.y + .18) * 4.3) * .4;
        color = mix(color, mix(uHorizon, uAmbient, .5) * 1.1, smoothstep(.5, .85, cloud) * .5 * smoothstep(.02, .2, direction.y) * (1. - uNight));
        float far = roofs(bearing, .035, .05), near = roofs(bearing + 9., .061, .034);
        float blur = fwidth(direction.y);
        vec3 mass = mix(uHorizon * .72, uHorizon * .55 + vec3(.004, .005, .008), uNight);
        color = mix(color, mix(mass, uHorizon, .45), 1. - smoothstep(-blur, blur, direction.y - far));
        color = mix(color, mass, 1. - smoothstep(-blur, blur, direction.y - near));
        vec2 room = vec2(bearing * 700., direction.y * 900.);
        float isLit = step(.86, hash(floor(room))) * step(direction.y, max(far, near) - .004) * step(.004, direction.y);
        color += vec3(1., .7, .38) * isLit * uNight * .28 * (1. - .6 * min(1., uRain * 3.));
        color = mix(uHorizon, color, smoothstep(-.01, .012, direction.y));
        gl_FragColor = vec4(color, smoothstep(${(SIGHT * 0.55).toFixed(1)}, ${(SIGHT * 1.05).toFixed(1)}, uReveal));
        ${FINISH}
      }`,
  });
  const sky = new Mesh(new SphereGeometry(10, 24, 16), material);
  sky.frustumCulled = false;
  sky.renderOrder = -20;
  return sky;
}
