/** How virtual time is written in scenarios and on the command line. */

export const TIME_FORMS = 'seconds, "m:ss", "h:mm:ss", or with a unit: "90 s", "2 min", "500 ms"';

/** Milliseconds of a time written in one of `TIME_FORMS`; a number is seconds. @returns undefined for what is no time */
export function milliseconds(written: string | number): number | undefined {
  const clock = /^(?:(\d+):)?(\d+):([0-5]\d(?:\.\d+)?)$/.exec(String(written));
  if (clock) {
    const [, hours = '0', minutes = '0', seconds = '0'] = clock;
    return Math.round((Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)) * 1000);
  }
  const [, amount, unit = 's'] = /^(\d+(?:\.\d+)?)\s*(ms|s|min|h)?$/.exec(String(written)) ?? [];
  const scale = { ms: 1, s: 1000, min: 60_000, h: 3_600_000 }[unit];
  return amount === undefined || scale === undefined ? undefined : Math.round(Number(amount) * scale);
}

/** Milliseconds as `1:02:03.4`; whole seconds without the fraction. */
export function clockTime(ms: number): string {
  const tenths = Math.round(ms / 100);
  const [hours, minutes, seconds] = [
    Math.floor(tenths / 36_000),
    Math.floor(tenths / 600) % 60,
    Math.floor(tenths / 10) % 60,
  ];
  const two = (value: number) => String(value).padStart(2, '0');
  const fraction = tenths % 10 === 0 ? '' : `.${tenths % 10}`;
  return `${hours > 0 ? `${hours}:${two(minutes)}` : minutes}:${two(seconds)}${fraction}`;
}
