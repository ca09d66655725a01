/** A scripted drive as a show on a terminal. */
import { emitKeypressEvents } from 'node:readline';
import type { Player, PlayResult } from '../scenario/player.ts';
import { clockTime } from '../scenario/time.ts';

/** Real milliseconds between two looks at the clock. */
const TICK = 50;

const KEYS = 'space: pause or go on, n: next step now, a number and Enter: jump to that step, q: end';

/**
 * Plays at the pace of the clock, and tells what happens. Without a terminal nobody can press keys, and it plays through.
 * @returns what has come of it, also when it was ended early
 */
export async function showOnTerminal(player: Player): Promise<PlayResult> {
  const { stdin } = process;
  const isTerminal = stdin.isTTY;
  let before = performance.now();
  let typed = '';
  let told = { step: 0, caption: '' };
  return new Promise((resolve) => {
    const tell = () => {
      const { show, result } = player;
      if (show.caption !== told.caption && show.caption !== '') console.log(`        ${show.caption}`);
      for (const { step, at, title, problems, turn } of result.steps.slice(told.step)) {
        console.log(`${clockTime(at).padStart(7)} ${step}/${show.steps} ${title}`);
        if (turn?.reply) console.log(`        car: ${turn.reply}`);
        for (const problem of problems) console.log(`        ! ${problem}`);
      }
      told = { step: result.steps.length, caption: show.caption };
    };
    const end = () => {
      clearInterval(ticking);
      player.close();
      if (isTerminal) {
        stdin.setRawMode(false).off('keypress', press);
        stdin.pause();
      }
      tell();
      resolve(player.result);
    };
    const press = (_: string | undefined, key: { readonly name?: string; readonly ctrl?: boolean }) => {
      if (key.name === 'q' || (key.ctrl === true && key.name === 'c')) end();
      else if (key.name === 'space') {
        player.pause(!player.show.paused);
        console.log(player.show.paused ? '        (paused)' : '        (goes on)');
      } else if (key.name === 'n') void player.jump(player.show.step + 1);
      else if (/^\d$/.test(key.name ?? '')) typed += key.name ?? '';
      else if (key.name === 'return' && typed !== '') {
        void player.jump(Number(typed));
        typed = '';
      }
    };
    const ticking = setInterval(() => {
      const now = performance.now();
      player.advance(now - before);
      before = now;
      tell();
      if (player.isOver) end();
    }, TICK);
    if (!isTerminal) return;
    console.log(`${player.show.title} (${KEYS})`);
    emitKeypressEvents(stdin);
    stdin.setRawMode(true).on('keypress', press).resume();
  });
}
