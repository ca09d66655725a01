/** A way in words. */
import type { Lane, LaneTurn, Maneuver, Place, Position } from '../../vehicle/world.ts';
import type { Street } from './city.ts';
import { laneAdvice, lanesAt, turnOf } from './lanes.ts';
import type { Roads } from './roads.ts';

/** A straight piece of road as it is driven. */
export interface Step {
  readonly street: Street;
  readonly from: Position;
  readonly to: Position;
  /** Metres. */
  readonly length: number;
  /** Milliseconds at the traffic of the request, and those of them that the traffic costs. */
  readonly duration: number;
  readonly delay: number;
  /** The node at its end, where a stretch of road ends there. */
  readonly end: number | undefined;
  /** That node is a junction. */
  readonly junction: boolean;
}

/** @param legs one per target, each of at least one step */
export function describeManeuvers(
  legs: readonly (readonly Step[])[],
  targets: readonly Place[],
  roads: Roads,
): Maneuver[] {
  const maneuvers: Maneuver[] = [];
  let distance = 0;
  const bearing = (step: Step) => roads.ruler.bearing(step.from, step.to);
  legs.forEach((leg, l) => {
    // A step without length has no direction.
    const steps = leg.filter((step) => step.length > 0.01);
    let exits = 0;
    steps.forEach((step, i) => {
      const before = steps[i - 1];
      const at = { at: step.from, distance };
      distance += step.length;
      if (!before) {
        maneuvers.push({ ...at, text: departure(step, bearing(step), l > 0) });
        return;
      }
      if (before.street.roundabout && before.junction)
        exits += roads.exits(before.end ?? -1).length > 1 ? 1 : 0;
      if (step.street.roundabout) {
        if (!before.street.roundabout) exits = 0;
        return;
      }
      if (before.street.roundabout) {
        maneuvers.push({ ...at, text: `at the roundabout take the ${ordinal(exits)} exit${onto(step)}` });
        return;
      }
      const degrees = angle(bearing(before), bearing(step));
      const text = turn(before, step, degrees);
      if (!text) return;
      const lanes = lanesFor(before, step, degrees, roads);
      const advice = laneAdvice(lanes);
      maneuvers.push({ ...at, text: advice ? `${advice} and ${text}` : text, ...(lanes && { lanes }) });
    });
    const target = targets[l];
    const last = leg.at(-1);
    if (!target || !last) return;
    const side = sideOf(target, steps.at(-1));
    const text =
      l === legs.length - 1
        ? `you have arrived at ${nameOf(target)}${side}`
        : `you have reached your stop, ${nameOf(target)}${side}`;
    maneuvers.push({ at: last.to, text, distance });
  });
  return maneuvers;
}

const nameOf = ({ category, name }: Place) =>
  category === 'home' ? 'home' : category === 'work' ? 'work' : name;

/** Degrees to the right, -180 to 180. */
const angle = (from: number, to: number) => ((to - from + 540) % 360) - 180;

function sideOf(target: Place, step: Step | undefined): string {
  if (!step) return '';
  const [[ax, ay], [bx, by], [x, y]] = [step.from, step.to, target.at];
  const cross = (bx - ax) * (y - ay) - (by - ay) * (x - ax);
  // Within a metre or so of the road it is neither left nor right.
  return Math.abs(cross) < 1e-10 ? '' : cross > 0 ? ', on the left' : ', on the right';
}

/** Lanes up to the junction between two steps, with those that lead on. */
function lanesFor(before: Step, step: Step, degrees: number, roads: Roads): Lane[] | undefined {
  const { end } = before;
  if (end === undefined) return undefined;
  const arriving = roads.ruler.bearing(before.from, before.to);
  const ways = new Set<LaneTurn>([turnOf(degrees)]);
  for (const { to } of roads.exits(end)) {
    const leaving = angle(arriving, roads.ruler.bearing(roads.position(end), roads.position(to)));
    if (Math.abs(leaving) < 160) ways.add(turnOf(leaving));
  }
  return lanesAt(roads.lanesOf(before.street), ways, turnOf(degrees));
}

const COMPASS = ['north', 'north-east', 'east', 'south-east', 'south', 'south-west', 'west', 'north-west'];

function departure(step: Step, bearing: number, again: boolean): string {
  const heading = COMPASS[Math.round((bearing + 360) / 45) % 8] ?? 'north';
  const on = step.street.name === '' ? '' : ` on ${spoken(step)}`;
  return `${again ? 'continue' : 'head'} ${heading}${on}`;
}

const spoken = ({ street }: Step) =>
  street.kind === 'motorway' || street.kind === 'ferry' ? `the ${street.name}` : street.name;

/** " onto Mill Lane"; nothing where the road has no name. */
const onto = (step: Step) => (step.street.name === '' ? '' : ` onto ${spoken(step)}`);

const ORDINALS = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth'];
const ordinal = (count: number) => ORDINALS[Math.max(0, count - 1)] ?? 'next';

function turn(before: Step, step: Step, degrees: number): string | undefined {
  const size = Math.abs(degrees);
  const same = before.street.name === step.street.name;
  if (same && (size < 60 || !before.junction)) return undefined;
  if (step.street.kind === 'ferry') return `take ${step.street.name === '' ? 'the ferry' : spoken(step)}`;
  if (size > 165) return `make a U-turn${same ? '' : onto(step)}`;
  const side = degrees < 0 ? 'left' : 'right';
  if (step.street.kind === 'motorway' && before.street.kind !== 'motorway')
    return `turn ${side} to join ${step.street.name === '' ? 'the motorway' : spoken(step)}`;
  if (before.street.kind === 'motorway' && step.street.kind !== 'motorway')
    return `leave ${before.street.name === '' ? 'the motorway' : spoken(before)} and turn ${side}${onto(step)}`;
  if (size < 22) return step.street.name === '' ? undefined : `continue${onto(step)}`;
  const how = size < 50 ? `bear ${side}` : size < 125 ? `turn ${side}` : `turn sharp ${side}`;
  return same && step.street.name !== '' ? `${how} to stay on ${spoken(step)}` : `${how}${onto(step)}`;
}
