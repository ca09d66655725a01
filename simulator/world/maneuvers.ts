/** A way in words. */
import type CheapRuler from 'cheap-ruler';
import type { Maneuver, Place } from '../../vehicle/world.ts';
import { open } from './roads.ts';
import type { Step } from './route-finder.ts';

/** @param legs one per target, each of at least one step */
export function describeManeuvers(
  legs: readonly (readonly Step[])[],
  targets: readonly Place[],
  ruler: CheapRuler,
): Maneuver[] {
  const maneuvers: Maneuver[] = [];
  let distance = 0;
  const bearing = (step: Step) => ruler.bearing(open(step.from), open(step.to));
  legs.forEach((leg, l) => {
    // A step without length has no direction.
    const steps = leg.filter((step) => step.length > 0.01);
    steps.forEach((step, i) => {
      const before = steps[i - 1];
      const text = before
        ? turn(before, step, angle(bearing(before), bearing(step)))
        : departure(step, bearing(step), l > 0);
      if (text) maneuvers.push({ at: step.from, text, distance });
      distance += step.length;
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

const COMPASS = ['north', 'north-east', 'east', 'south-east', 'south', 'south-west', 'west', 'north-west'];

function departure(step: Step, bearing: number, again: boolean): string {
  const heading = COMPASS[Math.round((bearing + 360) / 45) % 8] ?? 'north';
  return `${again ? 'continue' : 'head'} ${heading} on ${spoken(step)}`;
}

const spoken = ({ street }: Step) =>
  street.kind === 'motorway' || street.kind === 'ferry' ? `the ${street.name}` : street.name;

function turn(before: Step, step: Step, degrees: number): string | undefined {
  const size = Math.abs(degrees);
  const same = before.street.name === step.street.name;
  if (same && (size < 60 || !before.junction)) return undefined;
  if (step.street.kind === 'ferry') return `take ${spoken(step)}`;
  if (size > 165) return `make a U-turn${same ? '' : ` onto ${spoken(step)}`}`;
  const side = degrees < 0 ? 'left' : 'right';
  if (step.street.kind === 'motorway' && before.street.kind !== 'motorway')
    return `turn ${side} to join ${spoken(step)}`;
  if (before.street.kind === 'motorway' && step.street.kind !== 'motorway') {
    return `leave ${spoken(before)} and turn ${side} onto ${spoken(step)}`;
  }
  if (size < 22) return `continue onto ${spoken(step)}`;
  const how = size < 50 ? `bear ${side}` : size < 125 ? `turn ${side}` : `turn sharp ${side}`;
  return same ? `${how} to stay on ${spoken(step)}` : `${how} onto ${spoken(step)}`;
}
