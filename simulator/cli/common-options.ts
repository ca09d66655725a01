import { CommanderError, Option } from 'commander';
import { SEATS } from '../../vehicle/command.ts';
import { EXIT } from './exit.ts';

/** Options that several commands have. */
export const seat = () => new Option('--seat <seat>', 'who speaks').choices([...SEATS]).default('driver');
export const speed = () =>
  new Option('--speed <km/h>', 'the car is driving').argParser(number(0, 250)).default(0, 'parked');
export const json = () => new Option('--json', 'print one JSON object');
export const record = () => new Option('--record <file>', 'write down what happens, for `drivetalk replay`');
export const recordAudio = () => new Option('--record-audio', 'keep in it what people say as sound, too');

/** Reads a number in a range. */
export function number(min: number, max: number) {
  return (text: string) => {
    const value = Number(text);
    if (text.trim() !== '' && Number.isFinite(value) && value >= min && value <= max) return value;
    throw new CommanderError(
      EXIT.usage,
      'drivetalk.number',
      `"${text}" is not a number from ${min} to ${max}.`,
    );
  };
}
