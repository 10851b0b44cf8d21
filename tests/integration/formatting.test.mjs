// SPDX-License-Identifier: Apache-2.0
// `mcplexerc fmt`: what it writes where, and its exit codes.

import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import {chmodSync, lstatSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, symlinkSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {test} from 'node:test';

import {mcplexerc, repository} from './harness.mjs';

const source = '// why\nserver a   { command=["x"] }\n\n\n\nserver b {\n  command = ["y"]\n}\n';
const tidy = '// why\nserver a { command = ["x"] }\n\nserver b {\n  command = ["y"]\n}\n';

function folder(t) {
  const path = mkdtempSync(join(tmpdir(), 'mcplexer-it-'));
  t.after(() => rmSync(path, {recursive: true}));
  return path;
}
const fmt = (cwd, args, input) => spawnSync(mcplexerc, ['fmt', ...args], {cwd, input, encoding: 'utf8'});

test('files are rewritten and keep their mode, links stay links', (t) => {
  const dir = folder(t);
  mkdirSync(join(dir, 'sub'));
  writeFileSync(join(dir, 'sub/a.plex'), source);
  writeFileSync(join(dir, 'tidy.plex'), tidy.replaceAll(/server ([ab])/g, 'server t$1'));
  writeFileSync(join(dir, 'mcplexer.yaml'), 'workspaces:   []\n');
  chmodSync(join(dir, 'sub/a.plex'), 0o640);
  symlinkSync('sub/a.plex', join(dir, 'link.plex'));
  const run = fmt(dir, []);
  assert.equal(run.status, 0, run.stderr);
  assert.equal(run.stdout, '');
  assert.equal(run.stderr, 'formatted link.plex\n');
  assert.equal(readFileSync(join(dir, 'sub/a.plex'), 'utf8'), tidy);
  assert.equal(statSync(join(dir, 'sub/a.plex')).mode & 0o777, 0o640);
  assert.ok(lstatSync(join(dir, 'link.plex')).isSymbolicLink());
  assert.equal(readFileSync(join(dir, 'mcplexer.yaml'), 'utf8'), 'workspaces:   []\n');
  assert.deepEqual(readdirSync(dir).sort(), ['link.plex', 'mcplexer.yaml', 'sub', 'tidy.plex']);
  assert.deepEqual(readdirSync(join(dir, 'sub')), ['a.plex']);
  assert.equal(fmt(dir, []).stderr, '');
});

test('--check changes nothing and shows a diff that patch takes', (t) => {
  const dir = folder(t);
  const path = join(dir, 'a.plex');
  writeFileSync(path, source + '\n// the end');
  const check = fmt(dir, ['--check', 'a.plex']);
  assert.equal(check.status, 1, check.stderr);
  assert.equal(readFileSync(path, 'utf8'), source + '\n// the end');
  assert.match(check.stdout, /^--- a\.plex\n\+\+\+ a\.plex\n@@ -1,\d+ \+1,\d+ @@\n/);
  const patch = spawnSync('git', ['apply', '-p0', '--unsafe-paths', '--directory', dir, '-'], {
    cwd: dir, input: check.stdout.replace(' (formatted)', ''), encoding: 'utf8'});
  assert.equal(patch.status, 0, patch.stderr);
  assert.equal(readFileSync(path, 'utf8'), tidy + '\n// the end\n');
  const again = fmt(dir, ['--check', 'a.plex']);
  assert.equal(again.status, 0);
  assert.equal(again.stdout, '');
});

test('- is standard input to standard output', (t) => {
  const dir = folder(t);
  const run = fmt(dir, ['-'], source);
  assert.equal(run.status, 0, run.stderr);
  assert.equal(run.stdout, tidy);
  assert.equal(fmt(dir, ['--check', '-'], source).status, 1);
  assert.equal(fmt(dir, ['--check', '-'], tidy).status, 0);
  assert.equal(fmt(dir, ['-', 'a.plex'], tidy).status, 2);
});

test('a file with errors is shown and left, the others are formatted', (t) => {
  const dir = folder(t);
  writeFileSync(join(dir, 'bad.plex'), 'server {\n');
  writeFileSync(join(dir, 'good.plex'), source);
  const run = fmt(dir, []);
  assert.equal(run.status, 1);
  assert.match(run.stderr, /error\[E0101\]/);
  assert.equal(readFileSync(join(dir, 'bad.plex'), 'utf8'), 'server {\n');
  assert.equal(readFileSync(join(dir, 'good.plex'), 'utf8'), tidy);
});

test('no input is an error', (t) => {
  const dir = folder(t);
  assert.equal(fmt(dir, []).status, 2);
  assert.equal(fmt(dir, ['missing.plex']).status, 2);
  writeFileSync(join(dir, 'mcplexer.yaml'), '');
  const yaml = fmt(dir, ['mcplexer.yaml']);
  assert.equal(yaml.status, 2);
  assert.match(yaml.stderr, /YAML is left as it is/);
});

test('what is in the tree is formatted', () => {
  const run = fmt(repository, ['--check', 'examples', 'stdlib-policies']);
  assert.equal(run.status, 0, run.stdout + run.stderr);
});
