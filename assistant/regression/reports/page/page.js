/* global document, location, addEventListener */
'use strict';
(() => {
  /** Built as page-data.ts says. Texts are only ever set as text: what people said cannot become markup. */
  const data = JSON.parse(document.getElementById('data').textContent);
  const byId = (id) => document.getElementById(id);
  const [list, shown, more] = ['list', 'shown', 'more'].map(byId);
  const filters = {
    text: byId('filter-text'),
    state: byId('filter-state'),
    tag: byId('filter-tag'),
    severity: byId('filter-severity'),
  };
  /** How many rows are drawn at once. */
  const PAGE = 200;
  const ORDER = [
    'broken',
    'wrong',
    'no-answer',
    'unanswered',
    'not-run',
    'new',
    'still-wrong',
    'fixed',
    'gone',
  ];
  const rank = ({ state }) => (ORDER.indexOf(state) + ORDER.length + 1) % (ORDER.length + 1);
  const cases = data.cases
    .map((one) => ({
      ...one,
      search: [one.id, ...one.answers.flatMap((a) => [a.said, a.heard, a.now, a.before])]
        .join('\n')
        .toLowerCase(),
    }))
    .sort((a, b) => rank(a) - rank(b) || b.severity - a.severity || (a.id < b.id ? -1 : 1));
  let found = cases;
  let drawn = 0;
  /** A cell of the matrix: its level, and the names of its row and column. */
  let cell = null;

  const make = (tag, className, text) => {
    const node = document.createElement(tag);
    if (className) node.className = className;
    if (text !== undefined) node.textContent = text;
    return node;
  };
  const sure = (confidence) => (confidence === undefined ? '' : ` — ${(confidence * 100).toFixed(1)} %`);

  function rowOf(one) {
    const row = make('details', 'case');
    row.id = `case-${one.id}`;
    const summary = make('summary');
    summary.append(
      make('span', `state ${one.state}`, one.state.replace('-', ' ')),
      ` ${one.said} `,
      make('span', 'id', `${one.id} · ${one.kind} · severity ${one.severity}`),
    );
    row.append(summary);
    row.addEventListener('toggle', () => {
      if (row.open && row.childElementCount === 1) row.append(...detailsOf(one));
    });
    return row;
  }

  function detailsOf(one) {
    const link = make('a', 'id', 'Link to this case');
    link.href = `#case-${encodeURIComponent(one.id)}`;
    const head = make('div', 'answer');
    const line = make(
      'p',
      'whole tags',
      `${one.form}${one.tags.length ? ` · ${one.tags.join(' · ')}` : ''}${one.changedInput ? ' · its input has changed since the baseline' : ''} · `,
    );
    line.append(link);
    head.append(line);
    if (one.reason) head.append(field('No answer', one.reason, 'whole bad'));
    if (one.blame) head.append(field('At fault', one.blame, 'whole'));
    return [head, ...one.answers.map((answer) => answerOf(answer))];
  }

  function answerOf(answer) {
    const node = make('div', 'answer');
    node.append(field('Said', answer.said, 'whole'));
    if (answer.heard !== undefined) node.append(field('Heard', answer.heard, 'whole'));
    if (answer.expected !== undefined) node.append(field('Expected', answer.expected, 'whole'));
    if (answer.before !== undefined)
      node.append(
        field('Before', answer.before + sure(answer.beforeConfidence), answer.problemsBefore ? 'bad' : ''),
      );
    if (answer.now !== undefined)
      node.append(field('Now', answer.now + sure(answer.confidence), answer.problems.length ? 'bad' : ''));
    if (answer.outcomes) node.append(field('The car', answer.outcomes, 'whole'));
    if (answer.reply) node.append(field('Reply', answer.reply, 'whole'));
    for (const problem of answer.problems) node.append(make('p', 'whole bad', problem));
    return node;
  }

  function field(name, text, className) {
    const node = make('p', className);
    node.append(make('span', 'name', name), text);
    return node;
  }

  function clear() {
    for (const input of Object.values(filters)) input.value = input === filters.severity ? '1' : '';
    cell = null;
  }

  function apply() {
    const text = filters.text.value.trim().toLowerCase();
    const { state, tag, severity } = Object.fromEntries(
      Object.entries(filters).map(([name, input]) => [name, input.value]),
    );
    found = cases.filter(
      (one) =>
        (text === '' || one.search.includes(text)) &&
        (state === '' || one.state === state) &&
        (tag === '' || one.tags.includes(tag)) &&
        one.severity >= Number(severity) &&
        (cell === null || inCell(one)),
    );
    list.replaceChildren();
    drawn = 0;
    drawMore();
  }

  const inCell = ({ pairs }) =>
    pairs.some((pair) => pair.every((label, side) => partOf(label, cell.level) === cell.names[side]));

  function drawMore(until = drawn + PAGE) {
    list.append(...found.slice(drawn, until).map(rowOf));
    drawn = Math.min(found.length, until);
    more.hidden = drawn >= found.length;
    const where = cell === null ? '' : `, ${cell.names.join(' taken for ')}`;
    shown.textContent = `${found.length} of ${cases.length} checks${where}${drawn < found.length ? `, the first ${drawn} below` : ''}`;
  }

  /** Opens the case of the address: filters give way to it. */
  function follow() {
    let id;
    try {
      id = decodeURIComponent(location.hash.slice(1));
    } catch {
      return;
    }
    if (!id.startsWith('case-')) return;
    const wanted = (one) => `case-${one.id}` === id;
    if (!cases.some(wanted)) {
      shown.textContent = `There is no ${id.slice(5)} in this report.`;
      return;
    }
    if (!found.some(wanted)) {
      clear();
      apply();
    }
    drawMore(Math.max(drawn, found.findIndex(wanted) + 1));
    const row = byId(id);
    for (const other of list.querySelectorAll('.wanted')) other.classList.remove('wanted');
    row.classList.add('wanted');
    row.open = true;
    row.scrollIntoView({ block: 'center' });
    row.querySelector('summary').focus({ preventScroll: true });
  }

  // Confusion: domain → target → operation
  const LEVELS = ['domain', 'target', 'operation'];
  const [matrix, crumbs] = ['matrix', 'crumbs'].map(byId);
  /** The pair of each level above: which domains, which targets. */
  let path = [];
  const partOf = (label, level) => data.labels[label][[1, 2, 0][level]];
  const allPairs = data.cases.flatMap(({ pairs }) => pairs);

  function drawMatrix() {
    const level = path.length;
    const pairs = allPairs.filter((pair) =>
      path.every((names, above) => pair.every((label, side) => partOf(label, above) === names[side])),
    );
    const counts = new Map();
    for (const [expected, got] of pairs) {
      const key = JSON.stringify([partOf(expected, level), partOf(got, level)]);
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    const names = (side) => [...new Set(pairs.map((pair) => partOf(pair[side], level)))].sort();
    const [rows, columns] = [names(0), names(1)];
    const table = make('table');
    const head = make('tr');
    head.append(make('td'), ...columns.map((name) => scoped(name, 'col')));
    const top = make('thead');
    top.append(head);
    const body = make('tbody');
    for (const row of rows) {
      const line = make('tr');
      const whole = columns.reduce(
        (sum, column) => sum + (counts.get(JSON.stringify([row, column])) ?? 0),
        0,
      );
      line.append(scoped(row, 'row'));
      for (const column of columns)
        line.append(cellOf(row, column, counts.get(JSON.stringify([row, column])) ?? 0, whole));
      body.append(line);
    }
    table.append(top, body);
    matrix.replaceChildren(table);
    drawCrumbs();
  }

  function scoped(name, scope) {
    const node = make('th', '', name);
    node.scope = scope;
    return node;
  }

  function cellOf(row, column, count, whole) {
    const node = make('td', row === column ? 'same' : '');
    if (count === 0) return node;
    const button = make('button', '', String(count));
    button.type = 'button';
    button.style.setProperty('--share', String(0.12 + 0.28 * (count / whole)));
    button.setAttribute('aria-label', `${row} taken for ${column}: ${count}`);
    button.title = button.getAttribute('aria-label');
    button.addEventListener('click', () => {
      if (path.length < LEVELS.length - 1 && !row.startsWith('(') && !column.startsWith('(')) {
        path = [...path, [row, column]];
        drawMatrix();
        crumbs.querySelector('button').focus();
        return;
      }
      showCell(row, column);
    });
    node.append(button);
    return node;
  }

  function showCell(row, column) {
    clear();
    cell = { level: path.length, names: [row, column] };
    apply();
    byId('cases').scrollIntoView();
    filters.text.focus({ preventScroll: true });
  }

  function drawCrumbs() {
    const steps = [
      'all',
      ...path.map(([row, column]) => (row === column ? row : `${row} taken for ${column}`)),
    ];
    crumbs.replaceChildren(
      ...steps.flatMap((name, index) => {
        const here = index === steps.length - 1;
        const node = make(here ? 'strong' : 'button', '', here ? `${name} (${LEVELS[path.length]})` : name);
        if (!here) {
          node.type = 'button';
          node.addEventListener('click', () => {
            path = path.slice(0, index);
            drawMatrix();
          });
        }
        return index === 0 ? [node] : [' › ', node];
      }),
    );
  }

  const options = (select, values) => {
    for (const value of values) {
      const option = make('option', '', value.replace('-', ' '));
      option.value = value;
      select.append(option);
    }
  };
  options(filters.state, [...new Set(cases.map(({ state }) => state))]);
  options(filters.tag, [...new Set(cases.flatMap(({ tags }) => tags))].sort());
  byId('filters').addEventListener('submit', (event) => event.preventDefault());
  byId('filters').addEventListener('reset', (event) => {
    event.preventDefault();
    clear();
    apply();
  });
  const changed = () => {
    cell = null;
    apply();
  };
  for (const input of Object.values(filters)) input.addEventListener('input', changed);
  more.addEventListener('click', () => drawMore());
  addEventListener('hashchange', follow);
  apply();
  drawMatrix();
  follow();
})();
