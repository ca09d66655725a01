/** Bytes of a 16-bit sample. */
const WIDTH = 2;
const FULL_SCALE = 32_768;

/**
 * Bare samples as recording programs pipe them: 16 bit, little endian, one channel. Half a sample at the end is left
 * out.
 * @returns −1 to 1
 */
export function samplesOfRaw(bytes: Uint8Array): Float32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Float32Array.from(
    { length: Math.floor(bytes.byteLength / WIDTH) },
    (_, index) => view.getInt16(index * WIDTH, true) / FULL_SCALE,
  );
}
