import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Assessment, GroupScore, RunResults } from '../result.ts';
import { histogram, reliability, riskCoverageChart } from './charts.ts';
import { binsOf, calibrationError, riskCoverage, scoredAnswers, type Bin } from './curves.ts';
import { pageData } from './page-data.ts';
import { countOf, escaped, grouped, percent, VERDICTS } from './words.ts';

const MOST_REASONS = 8;

const pageFile = (name: string) =>
  readFileSync(
    fileURLToPath(import.meta.resolve(`#package/assistant/regression/reports/page/${name}`)),
    'utf8',
  );

/**
 * The whole report in one file that needs no network: the page's own policy forbids everything but its own script
 * and style.
 * @param domainOf the coarse class of a label, for the confusion matrix
 */
export function htmlReport(
  assessment: Assessment,
  run: RunResults,
  domainOf: (label: string) => string,
): string {
  const { verdict, reasons, candidate, baseline } = assessment;
  const [script, style] = [pageFile('page.js'), pageFile('page.css')];
  const scored = scoredAnswers(run.results);
  const bins = binsOf(scored);
  // Inside of a script element only "<" can do harm.
  const data = JSON.stringify(pageData(assessment, run, domainOf)).replace(/</g, '\\u003c');
  const title = `drivetalk test: ${VERDICTS[verdict].toLowerCase()}`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src '${digest(script)}'; style-src '${digest(style)}'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title>
<style>${style}</style>
</head>
<body>
<a class="skip" href="#cases">Skip to the cases</a>
<header>
<h1><span class="verdict ${verdict}">${VERDICTS[verdict]}</span> ${escaped(candidate.model.name)}${baseline ? ` <small>against</small> ${escaped(baseline.model.name)}` : ''}</h1>
<p class="suites">${escaped(candidate.suites.join(', '))}</p>
${reasonList(reasons)}
${tiles(assessment)}
<nav aria-label="Parts of this page"><a href="#cases">Cases</a> · <a href="#tags">Tags</a> · <a href="#confusion">Confusion</a> · <a href="#confidence">Confidence</a></nav>
</header>
<main>
<section aria-labelledby="tags-title" id="tags">
<h2 id="tags-title">Tags</h2>
${groupTable(assessment, 'tag')}
<details><summary>Expected labels</summary>
${groupTable(assessment, 'intent')}
</details>
</section>
<section aria-labelledby="confusion-title" id="confusion">
<h2 id="confusion-title">Confusion</h2>
<p>Rows are what was expected, columns what was understood. A cell opens the next level: domain, target, operation; there it shows its cases.</p>
<nav id="crumbs" aria-label="Level of the matrix"></nav>
<div class="scroll" id="matrix" tabindex="0" role="region" aria-labelledby="confusion-title"></div>
</section>
<section aria-labelledby="confidence-title" id="confidence">
<h2 id="confidence-title">Confidence</h2>
<div class="charts">
<figure>${histogram(binsOf(scored, 20))}<figcaption>Confidence histogram: <span class="key right"></span> right, <span class="key wrong"></span> wrong, ${grouped(scored.length)} answers</figcaption></figure>
<figure>${reliability(bins)}<figcaption>Reliability diagram: expected calibration error ${percent(calibrationError(bins))}</figcaption></figure>
<figure>${riskCoverageChart(riskCoverage(scored))}<figcaption>Risk–coverage curve: how many of those answers are wrong that are sure enough</figcaption></figure>
</div>
<details><summary>The same as a table</summary>${binTable(bins)}</details>
</section>
${costTable(assessment)}
<section aria-labelledby="cases-title" id="cases">
<h2 id="cases-title">Cases</h2>
<form id="filters" role="search">
<label>Text or id <input type="search" id="filter-text" autocomplete="off"></label>
<label>Status <select id="filter-state"><option value="">all</option></select></label>
<label>Tag <select id="filter-tag"><option value="">all</option></select></label>
<label>Severity at least <select id="filter-severity">${[1, 2, 3, 4, 5].map((one) => `<option>${one}</option>`).join('')}</select></label>
<button type="reset">Clear</button>
</form>
<p id="shown" role="status"></p>
<div id="list"></div>
<button type="button" id="more" hidden>Show more</button>
<noscript><p>The list of cases, its filters and the confusion matrix need JavaScript; everything else is here.</p></noscript>
</section>
</main>
<script type="application/json" id="data">${data}</script>
<script>${script}</script>
</body>
</html>
`;
}

const digest = (text: string) => `sha256-${createHash('sha256').update(text).digest('base64')}`;

/** Of many broken cases the first few tell enough: all of them are below. */
function reasonList(reasons: readonly string[]): string {
  const list = (some: readonly string[]) =>
    `<ul>${some.map((reason) => `<li>${escaped(reason)}</li>`).join('')}</ul>`;
  const [first, others] = [reasons.slice(0, MOST_REASONS), reasons.slice(MOST_REASONS)];
  const more =
    others.length === 0
      ? ''
      : `<details><summary>${grouped(others.length)} more</summary>${list(others)}</details>`;
  return `${list(first)}${more}`;
}

function tiles(assessment: Assessment): string {
  const { counts, baseline, power, test } = assessment;
  const answered = counts.right + counts.wrong;
  const shown: readonly (readonly [string, string])[] = [
    ['right', answered === 0 ? '–' : percent(counts.right / answered)],
    ['checks', grouped(answered)],
    ...(baseline
      ? ([
          ['broken', grouped(countOf(assessment, 'broken'))],
          ['fixed', grouped(countOf(assessment, 'fixed'))],
          ['still wrong', grouped(countOf(assessment, 'still-wrong'))],
          ['p (worse by chance)', test ? test.p.toPrecision(2) : '–'],
          ['power', power ? percent(power.power) : '–'],
        ] as const)
      : ([['wrong', grouped(counts.wrong)]] as const)),
    ['no answer', grouped(counts['no-answer'])],
    ['not run', grouped(counts['not-run'])],
  ];
  return `<dl class="tiles">${shown.map(([name, value]) => `<div><dt>${name}</dt><dd>${value}</dd></div>`).join('')}</dl>`;
}

function groupTable({ groups, baseline }: Assessment, kind: GroupScore['group']): string {
  const rows = groups.filter(({ group }) => group === kind || (group === 'all' && kind === 'tag'));
  const header = ['', 'right', 'checks', 'floor', ...(baseline ? ['worse', 'better', 'p'] : []), ''];
  const cells = rows.map(({ name, right, checks, floor, belowFloor, significant, test }) => {
    const mark = belowFloor ? 'below its floor' : significant ? 'worse, not by chance' : '';
    return [
      `<th scope="row">${escaped(name)}</th>`,
      td(percent(right / Math.max(1, checks))),
      td(grouped(checks)),
      td(floor === undefined ? '' : percent(floor)),
      ...(baseline
        ? [td(String(test?.worse ?? '')), td(String(test?.better ?? '')), td(test?.p.toPrecision(2) ?? '')]
        : []),
      `<td class="mark">${mark}</td>`,
    ].join('');
  });
  return table(header, cells);
}

const binTable = (bins: readonly Bin[]) =>
  table(
    ['confidence', 'answers', 'right', 'mean confidence'],
    bins.map(({ from, to, count, right, meanConfidence }) =>
      [
        `<th scope="row">${from.toFixed(1)}–${to.toFixed(1)}</th>`,
        td(grouped(count)),
        td(count === 0 ? '' : percent(right / count)),
        td(count === 0 ? '' : percent(meanConfidence)),
      ].join(''),
    ),
  );

function costTable({ costs }: Assessment): string {
  if (costs.length === 0) return '';
  const rows = costs.map(({ what, candidate, baseline, unit, ratio, limit, exceeded }) =>
    [
      `<th scope="row">${what}</th>`,
      td(`${candidate.toFixed(1)} ${unit}`),
      td(`${baseline.toFixed(1)} ${unit}`),
      td(ratio.toFixed(2)),
      td(String(limit)),
      `<td class="mark">${exceeded ? 'more than allowed' : ''}</td>`,
    ].join(''),
  );
  return `<section aria-labelledby="cost-title"><h2 id="cost-title">Speed and memory</h2>${table(['', 'candidate', 'baseline', 'ratio', 'limit', ''], rows)}</section>`;
}

const td = (text: string) => `<td>${escaped(text)}</td>`;

const table = (header: readonly string[], rows: readonly string[]) =>
  `<div class="scroll"><table><thead><tr>${header.map((name) => (name === '' ? '<td></td>' : `<th scope="col">${name}</th>`)).join('')}</tr></thead><tbody>${rows.map((row) => `<tr>${row}</tr>`).join('')}</tbody></table></div>`;
