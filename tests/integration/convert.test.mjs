// SPDX-License-Identifier: Apache-2.0
// `mcplexerc convert`: the examples in the other surface and back have the same rules, and its exit codes.

import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import {cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {test} from 'node:test';

import {mcplexerc, repository} from './harness.mjs';

function folder(t) {
  const path = mkdtempSync(join(tmpdir(), 'mcplexer-it-'));
  t.after(() => rmSync(path, {recursive: true}));
  return path;
}
const run = (cwd, ...args) => spawnSync(mcplexerc, args, {cwd, encoding: 'utf8'});

// The plan as JSON, without what depends on the sources' text.
function plan(cwd, file) {
  const compiled = run(cwd, 'compile', file, '-o', 'out.plan');
  assert.equal(compiled.status, 0, compiled.stderr);
  const dump = JSON.parse(run(cwd, 'dump', '--format', 'json', 'out.plan').stdout);
  assert.ok(dump.rules.length > 0);
  // The digest, and what depends on the names of the files.
  for (const key of ['id', 'files', 'bytes']) delete dump[key];
  for (const rule of dump.rules) delete rule.at;
  return JSON.stringify(dump);
}

for (const name of ['quickstart/policy.plex', 'team/team.plex']) {
  test(`examples/${name} is the same policy in YAML`, (t) => {
    const dir = folder(t);
    cpSync(join(repository, 'examples', name.split('/')[0]), dir, {recursive: true});
    const file = name.split('/')[1];
    const to = run(dir, 'convert', file, '--to', 'yaml', '-o', 'mcplexer.yaml');
    assert.equal(to.status, 0, to.stderr);
    assert.equal(to.stderr, '');
    const back = run(dir, 'convert', 'mcplexer.yaml', '--to', 'plex', '-o', 'back.plex');
    assert.equal(back.status, 0, back.stderr);
    assert.equal(plan(dir, file), plan(dir, 'mcplexer.yaml'));
    assert.equal(plan(dir, file), plan(dir, 'back.plex'));
    assert.equal(run(dir, 'fmt', '--check', 'back.plex').status, 0);
  });
}

test('examples/yaml is the same policy in .plex', (t) => {
  const dir = folder(t);
  cpSync(join(repository, 'examples/yaml'), dir, {recursive: true});
  const to = run(dir, 'convert', 'mcplexer.yaml', '--to', 'plex', '-o', 'policy.plex');
  assert.equal(to.status, 0, to.stderr);
  assert.equal(plan(dir, 'mcplexer.yaml'), plan(dir, 'policy.plex'));
});

test('what cannot be said is said, and nothing is written', (t) => {
  const dir = folder(t);
  writeFileSync(join(dir, 'a.plex'), 'workspace w {\n  color = red\n}\n');
  const refused = run(dir, 'convert', 'a.plex', '--to', 'yaml', '-o', 'a.yaml');
  assert.equal(refused.status, 1);
  assert.match(refused.stderr, /^mcplexerc: a\.plex:2:3: /);
  assert.equal(refused.stdout, '');
  assert.ok(!existsSync(join(dir, 'a.yaml')));
  writeFileSync(join(dir, 'b.plex'), 'workspace {\n');
  assert.equal(run(dir, 'convert', 'b.plex', '--to', 'yaml').status, 1);
});

test('bad usage', (t) => {
  const dir = folder(t);
  writeFileSync(join(dir, 'a.plex'), '');
  assert.equal(run(dir, 'convert', 'a.plex', '--to', 'plex').status, 2);
  assert.equal(run(dir, 'convert', 'a.plex', '--to', 'json').status, 2);
  assert.equal(run(dir, 'convert', 'missing.plex', '--to', 'yaml').status, 2);
  assert.equal(readFileSync(join(dir, 'a.plex'), 'utf8'), '');
});
