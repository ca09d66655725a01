import type { HearingReport, HearingScore } from '../../assistant/speech/evaluation/score.ts';
import type { Share } from '../../assistant/speech/evaluation/share.ts';

/** A report, and whence it is known what each sound asks for. */
export interface HearingResult extends HearingReport {
  readonly expected: { readonly written: number; readonly understood: number };
}

const HEAD = ['', 'sounds', 'word errors', 'commands right', '(of the text)', 'false commands', 'unheard'];

/** For a terminal. */
export function describeHearing({
  all,
  by,
  realTimeFactor,
  latency,
  failures,
  worst,
  expected,
}: HearingResult): string {
  const groups = Object.entries(by).flatMap(([column, scores]) => [
    [`by ${column.replaceAll('+', ' and ')}`],
    ...Object.entries(scores).map(([name, score]) => cells(name === '' ? '(none)' : name, score)),
  ]);
  const lines = [
    ...table([HEAD, cells('all', all), ...groups]),
    '',
    'In brackets: 95 % confidence interval (Wilson). "Of the text": what is understood when every word is heard.',
    expectation(expected),
    ...openMicrophone(all),
    `Transcription takes ${realTimeFactor.toFixed(3)} of the length of the sound.`,
    latency
      ? `From the end of the sound to the text: ${latency.p50.toFixed(0)} ms (p50), ${latency.p95.toFixed(0)} ms (p95), of ${latency.sounds} sounds at the pace of a microphone.`
      : 'Latency was not measured (--paced).',
  ];
  for (const { file, failure } of failures) lines.push(`failed: ${file}: ${failure}`);
  if (worst.length > 0) lines.push('', 'What went most wrong:');
  for (const { file, said, heard, wanted, got } of worst) {
    lines.push(`  ${file}`, `    said:  ${said}`, `    heard: ${heard === '' ? '(nothing)' : heard}`);
    if (wanted !== got) lines.push(`    wanted ${wanted || '(nothing)'}; got ${got || '(nothing)'}`);
  }
  return lines.join('\n');
}

const expectation = ({ written, understood }: HearingResult['expected']) =>
  understood === 0
    ? 'What each sound asks for stands in the list.'
    : written === 0
      ? 'The list has no commands: expected is what is understood of its texts.'
      : `What is expected stands in the list for ${written} sounds; for ${understood} it is what is understood of the text.`;

/** What is carried out where nobody has said the wake word. */
function openMicrophone({ unaddressed: { commands, falseCommands } }: HearingScore): string[] {
  const shares = [
    ...(commands ? [`${interval(commands)} of the commands rightly`] : []),
    ...(falseCommands ? [`${interval(falseCommands)} of what is not for the car`] : []),
  ];
  return shares.length > 0
    ? [`A microphone without a wake word would carry out ${shares.join(', and ')}.`]
    : [];
}

const cells = (name: string, score: HearingScore): string[] => [
  name,
  `${score.sounds}`,
  score.wordErrorRate === undefined ? '' : percent(score.wordErrorRate),
  interval(score.commands),
  score.commandsOfText ? percent(score.commandsOfText.percent) : '',
  interval(score.falseCommands),
  score.unheard ? percent(score.unheard.percent) : '',
];

const percent = (value: number) => `${value.toFixed(1)} %`;
const interval = (share: Share | undefined) =>
  share ? `${percent(share.percent)} [${share.low.toFixed(1)}, ${share.high.toFixed(1)}]` : '';

/** Columns as wide as they must be; numbers to the right. */
function table(rows: readonly (readonly string[])[]): string[] {
  const widths = HEAD.map((_, column) =>
    Math.max(...rows.filter(({ length }) => length > 1).map((row) => row[column]?.length ?? 0)),
  );
  return rows.map((row) =>
    row
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('  ')
      .trimEnd(),
  );
}
