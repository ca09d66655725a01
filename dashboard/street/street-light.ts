/** What lights the street: one set of uniforms and one piece of GLSL that all of its materials share. */
import { Color, NoBlending, ShaderMaterial, Vector2, Vector3, type ShaderMaterialParameters } from 'three';

/** Metres at which the street dissolves into the sky. */
export const SIGHT = 290;

export interface StreetLook {
  /** 0 night … 1 bright day. */
  readonly daylight: number;
  /** 0 dry … 1 downpour. */
  readonly rain: number;
  /** 0 … 1, as bright as the lamps of the car are now. */
  readonly low: number;
  readonly high: number;
  readonly brake: number;
}

/** Colours of the sky at night, at dusk and by day: linear, as bright as they are drawn. */
const SKY = {
  zenith: ['#070b18', '#2c3566', '#3f78c4'],
  horizon: ['#262b3d', '#c98f77', '#b9cfe6'],
  ambient: ['#2b3246', '#6b6377', '#94a6c2'],
  sun: ['#05070d', '#c2703c', '#fff0da'],
} as const;
/** How much brighter than its colour the sun is by day. */
const SUN_POWER = 1.75;
/** Daylight of the sensor at which the sky looks like dusk, and from which it looks like day. */
const [DUSK, DAY] = [0.12, 0.42];

export function createStreetUniforms() {
  return {
    uZenith: { value: new Color() },
    uHorizon: { value: new Color() },
    uAmbient: { value: new Color() },
    uSun: { value: new Color() },
    uSunDirection: { value: new Vector3(0.5, 0.6, 0.3).normalize() },
    uNight: { value: 0 },
    uWet: { value: 0 },
    uRain: { value: 0 },
    /** Low beam, high beam. */
    uBeam: { value: new Vector2() },
    uBrake: { value: 0 },
    /** Metres up to which the street can be seen. */
    uReveal: { value: 0 },
    /** Radians by which the plan is turned under the car. */
    uTurn: { value: 0 },
    /** Seconds. */
    uTime: { value: 0 },
    /** Pixels that one metre at a distance of one metre takes. */
    uPixels: { value: 500 },
  };
}
export type StreetUniforms = ReturnType<typeof createStreetUniforms>;

type Tones = readonly [night: Color, dusk: Color, day: Color];
const tonesOf = ([night, dusk, day]: readonly [string, string, string]): Tones => [
  new Color(night),
  new Color(dusk),
  new Color(day),
];
const ZENITH = tonesOf(SKY.zenith);
const HORIZON = tonesOf(SKY.horizon);
const AMBIENT = tonesOf(SKY.ambient);
const SUNLIGHT = tonesOf(SKY.sun);

/** Mixes without making anything: it is asked in each frame. */
function blend(out: Color, [night, dusk, day]: Tones, daylight: number): void {
  if (daylight < DUSK) out.lerpColors(night, dusk, daylight / DUSK);
  else out.lerpColors(dusk, day, Math.min(1, (daylight - DUSK) / (DAY - DUSK)));
}

export function lightStreet(
  uniforms: StreetUniforms,
  { daylight, rain, low, high, brake }: StreetLook,
): void {
  blend(uniforms.uZenith.value, ZENITH, daylight);
  blend(uniforms.uHorizon.value, HORIZON, daylight);
  blend(uniforms.uAmbient.value, AMBIENT, daylight);
  blend(uniforms.uSun.value, SUNLIGHT, daylight);
  const day = Math.min(1, daylight / DAY);
  uniforms.uSun.value.multiplyScalar(Math.max(1, SUN_POWER * day));
  // Clouds: grey, and no sun.
  const clouds = Math.min(1, rain * 2.5);
  if (clouds > 0) {
    for (const color of [uniforms.uZenith.value, uniforms.uHorizon.value]) grey(color, clouds, 0.62);
    grey(uniforms.uAmbient.value, clouds, 0.85);
    uniforms.uSun.value.multiplyScalar(1 - 0.85 * clouds);
  }
  uniforms.uNight.value = 1 - Math.min(1, daylight / 0.3);
  uniforms.uWet.value = Math.min(1, rain * 3);
  uniforms.uRain.value = rain;
  uniforms.uBeam.value.set(low, high);
  uniforms.uBrake.value = brake;
}

function grey(color: Color, share: number, power: number): void {
  const light = (0.2126 * color.r + 0.7152 * color.g + 0.0722 * color.b) * power;
  color.r += (light * 0.94 - color.r) * share;
  color.g += (light * 0.99 - color.g) * share;
  color.b += (light * 1.07 - color.b) * share;
}

/** Positions are the car's: metres, +z ahead, +x left, +y up, the road at 0. */
export const LIGHT = /* glsl */ `
uniform vec3 uZenith, uHorizon, uAmbient, uSun, uSunDirection;
uniform float uNight, uWet, uRain, uBrake, uReveal, uTurn, uTime;
uniform vec2 uBeam;

float hash(vec2 p) {
  vec3 q = fract(vec3(p.xyx) * .1031);
  q += dot(q, q.yzx + 33.33);
  return fract((q.x + q.y) * q.z);
}

float noise(vec2 p) {
  vec2 i = floor(p), f = fract(p);
  f = f * f * (3. - 2. * f);
  return mix(mix(hash(i), hash(i + vec2(1., 0.)), f.x), mix(hash(i + vec2(0., 1.)), hash(i + vec2(1.)), f.x), f.y);
}

/** Light of the car's lamps at a place: a low beam that ends where others would be dazzled, a high beam that does not. */
vec3 carLamps(vec3 p) {
  float ahead = p.z - 2.1;
  vec3 light = vec3(0.);
  if (ahead > 0.) {
    float near = smoothstep(-.2, 2.6, ahead);
    float side = p.x / (1.15 + .34 * ahead);
    float below = 1. - smoothstep(.35, .95 + .012 * ahead, p.y);
    float low = uBeam.x * near * exp(-side * side * 1.7) * exp(-ahead / 17.) * below;
    float narrow = p.x / (.9 + .17 * ahead);
    float high = uBeam.y * near * exp(-narrow * narrow * 1.4) * exp(-ahead / 62.) * (1. - smoothstep(1., 6. + .09 * ahead, p.y));
    light += vec3(.93, .97, 1.) * (3.2 * low + 1.9 * high);
  }
  float behind = -p.z - 2.3;
  if (behind > 0. && uBrake > 0.) light += vec3(.9, .05, .02) * uBrake * .5 * exp(-behind / 2.2) * exp(-p.x * p.x / 1.6);
  return light;
}

/** The colour of the sky in a direction. */
vec3 skyAt(vec3 direction) {
  float up = max(0., direction.y);
  vec3 color = mix(uHorizon, uZenith, 1. - exp(-up * 3.4));
  float sun = max(0., dot(direction, uSunDirection));
  return color + uSun * (pow(sun, 350.) * 1.6 + pow(sun, 8.) * .06);
}

/** Distance swallows, and what is not revealed yet is not there. */
vec4 seen(vec3 color, vec3 p) {
  float away = length(p.xz);
  float haze = 1. - exp(-pow(away / (${SIGHT.toFixed(1)} * mix(.72, .5, uRain)), 2.2));
  float edge = 1. - smoothstep(uReveal * .7, uReveal + .01, away);
  return vec4(mix(color, uHorizon, haze), edge);
}
`;

/** Ends a fragment: as the renderer shows all colours, and premultiplied as the page's canvas is. */
export const FINISH = /* glsl */ `
  #include <tonemapping_fragment>
  #include <colorspace_fragment>
  gl_FragColor.rgb *= gl_FragColor.a;
`;

/** A material of the street; what is not revealed lets the page behind the canvas through. */
export function streetMaterial(
  uniforms: StreetUniforms,
  {
    vertexShader,
    fragmentShader,
    ...rest
  }: ShaderMaterialParameters & Record<'vertexShader' | 'fragmentShader', string>,
): ShaderMaterial {
  return new ShaderMaterial({
    uniforms: { ...uniforms },
    vertexShader,
    fragmentShader: LIGHT + fragmentShader,
    blending: NoBlending,
    ...rest,
  });
}
