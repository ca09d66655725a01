/** Samples from −1 to 1 → 16-bit little-endian PCM; louder ones are cut off, as a converter does. */
export function toPcm16(samples: Float32Array): ArrayBuffer {
  const view = new DataView(new ArrayBuffer(samples.length * 2));
  samples.forEach((sample, i) => {
    const limited = Math.min(1, Math.max(-1, sample));
    view.setInt16(i * 2, Math.round(limited < 0 ? limited * 0x8000 : limited * 0x7fff), true);
  });
  return view.buffer;
}

/** Mean of all channels. */
export function toMono(channels: readonly Float32Array[]): Float32Array {
  const [first] = channels;
  if (!first) return new Float32Array();
  if (channels.length === 1) return first;
  return first.map((_, i) => channels.reduce((sum, channel) => sum + (channel[i] ?? 0), 0) / channels.length);
}

/** Loudness for a meter: 0 at −60 dB and below, 1 at full scale. */
export function level(samples: Float32Array): number {
  const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / Math.max(1, samples.length);
  return Math.min(1, Math.max(0, 1 + Math.log10(Math.max(power, 1e-12)) / 6));
}
