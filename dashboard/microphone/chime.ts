/** Two short notes, upwards: "go on". Quiet, and over before somebody goes on. */
const NOTES = [660, 880];
const LENGTH = 0.07;
const LOUDNESS = 0.08;

/** Tells the ear that the car listens now. */
export function chime(): void {
  const context = new AudioContext();
  const gain = context.createGain();
  gain.gain.value = LOUDNESS;
  gain.connect(context.destination);
  for (const [index, frequency] of NOTES.entries()) {
    const note = context.createOscillator();
    note.frequency.value = frequency;
    note.connect(gain);
    note.start(context.currentTime + index * LENGTH);
    note.stop(context.currentTime + (index + 1) * LENGTH);
    if (index === NOTES.length - 1) note.onended = () => void context.close();
  }
}
