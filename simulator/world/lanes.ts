/** Which lane leads where, for streets whose map tells no more than how many there are. */
import type { Lane, LaneTurn } from '../../vehicle/world.ts';

/** Degrees beyond which a way out is a turn. */
const TURN = 40;

export const turnOf = (degrees: number): LaneTurn =>
  degrees < -TURN ? 'left' : degrees > TURN ? 'right' : 'through';

/**
 * The outer lanes turn, those between go on; where nothing goes on, the halves part.
 * @param count lanes up to the junction
 * @param ways turns that the junction offers
 * @param wanted the turn that the route takes
 * @returns from left to right; undefined for a single lane
 */
export function lanesAt(count: number, ways: ReadonlySet<LaneTurn>, wanted: LaneTurn): Lane[] | undefined {
  if (count < 2) return undefined;
  return Array.from({ length: count }, (_, i) => {
    const turns: LaneTurn[] = [];
    const isOuter = { left: i === 0, right: i === count - 1 };
    const isHalf = { left: i < count / 2, right: i >= count / 2 };
    const goesOn = ways.has('through');
    if (ways.has('left') && (goesOn ? isOuter.left : isHalf.left || !ways.has('right'))) turns.push('left');
    // With two lanes each of them also goes on; with more, an outer lane only does where nothing turns off.
    if (goesOn && (count === 2 || turns.length === 0) && !(isOuter.right && count > 2 && ways.has('right')))
      turns.push('through');
    if (ways.has('right') && (goesOn ? isOuter.right : isHalf.right || !ways.has('left')))
      turns.push('right');
    return { turns, fits: turns.includes(wanted) };
  });
}

/** "use the left lane", empty where any will do. */
export function laneAdvice(lanes: readonly Lane[] | undefined): string {
  if (!lanes || lanes.every(({ fits }) => fits) || !lanes.some(({ fits }) => fits)) return '';
  const fitting = lanes.flatMap(({ fits }, i) => (fits ? [i] : []));
  const [first = 0, last = first] = [fitting[0], fitting.at(-1)];
  const side = first === 0 ? 'left' : last === lanes.length - 1 ? 'right' : 'middle';
  return `use the ${side} ${fitting.length > 1 ? `${NUMBERS[fitting.length] ?? fitting.length} lanes` : 'lane'}`;
}

const NUMBERS = ['', 'one', 'two', 'three', 'four'];
