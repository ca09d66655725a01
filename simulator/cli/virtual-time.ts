/** Milliseconds of virtual time as `1:02:03.4`; whole seconds without the fraction. */
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
