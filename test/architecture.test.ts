import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { generateTypes } from '../assistant/understanding/generate-types.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const filesOf = (folder: string, ending: string) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith(ending))
    .map((file) => join(folder, file));

describe('the house', () => {
  const below: Record<string, readonly string[]> = {
    vehicle: ['vehicle'],
    assistant: ['assistant', 'vehicle'],
    simulator: ['simulator', 'assistant', 'vehicle'],
  };
  for (const [layer, allowed] of Object.entries(below)) {
    it(`[ARCH-1] ${layer} imports only ${allowed.join(', ')}`, () => {
      for (const file of filesOf(layer, '.ts')) {
        for (const [, target = ''] of read(file).matchAll(/from '(\.[^']+)'/g)) {
          const [top = ''] = relative(root, resolve(root, dirname(file), target)).split('/');
          assert.ok(allowed.includes(top), `${file} imports ${target}`);
        }
      }
    });
  }

  it('[ARCH-1] dashboard takes only types from below', () => {
    for (const file of filesOf('dashboard', '.ts')) {
      for (const [statement, target = ''] of read(file).matchAll(/import [^;]*?from '(\.[^']+)'/gs)) {
        const inside = relative(root, resolve(root, dirname(file), target)).startsWith('dashboard/');
        const plain = relative(root, resolve(root, dirname(file), target)) === 'simulator/server/protocol.ts';
        assert.ok(inside || plain || statement.startsWith('import type'), `${file}: ${statement}`);
      }
    }
  });

  it('[ARCH-5] a command is loaded when it is called: before, drivetalk reads no model, no YAML and opens no server', () => {
    const seen = new Set<string>();
    const packages = new Set<string>();
    const follow = (file: string): void => {
      if (seen.has(file)) return;
      seen.add(file);
      for (const [, target = ''] of read(file).matchAll(
        /^(?:import|export) (?!type )[^;]*?from '([^']+)';/gm,
      )) {
        if (target.startsWith('.')) follow(relative(root, resolve(root, dirname(file), target)));
        else packages.add(target);
      }
    };
    follow('simulator/cli/main.ts');
    assert.ok(seen.size > 5);
    for (const heavy of ['onnxruntime-node', 'socket.io', 'xstate', 'yaml', 'zod'])
      assert.ok(!packages.has(heavy), `${heavy} is loaded for every command`);
  });

  it('[ARCH-2] the generated types are those of the ontology', () => {
    const ontology: unknown = parse(read('assistant/understanding/ontology.yaml'));
    assert.equal(read('vehicle/ontology.generated.ts'), generateTypes(ontology), 'run npm run generate');
  });

  it('[ARCH-3] every rule of SPEC.md is cited by a test, and every cited rule exists', () => {
    const rules = [...read('SPEC.md').matchAll(/^- \*\*\[([A-Z]+-\d+)\]/gm)].map(([, rule = '']) => rule);
    assert.equal(new Set(rules).size, rules.length, 'a rule has one number');
    const tests = filesOf('test', '.ts').map(read).join('\n');
    // Tables of cases hold the bare number and put it into the title.
    const mentioned = new Set([...tests.matchAll(/\b[A-Z]+-\d+\b/g)].map(([rule]) => rule));
    const cited = [...tests.matchAll(/\[([A-Z]+-\d+)\]/g)].map(([, rule = '']) => rule);
    assert.deepEqual(
      rules.filter((rule) => !mentioned.has(rule)),
      [],
      'rules without a test',
    );
    assert.deepEqual(
      cited.filter((rule) => !rules.includes(rule)),
      [],
      'tests without a rule',
    );
  });
});
