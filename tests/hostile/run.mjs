// SPDX-License-Identifier: Apache-2.0
// Runs one program on one hostile input and holds it to what holds for every input: it ends by
// itself and in time, not by a signal, without a report of a sanitizer or an internal error, with
// an exit code that is documented, and when that is not 0 it says why in a few lines on stderr.
//
//   MCPLEXER_BIN=build/dev/bin node --test --test-concurrency=1 'tests/hostile/*.test.mjs'
//
// MCPLEXER_BIN may be a sanitizer's build. MCPLEXER_HOSTILE_ALL=1 tries every byte and every length
// of plans where otherwise a sample is tried. Needs no npm packages.

import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import {existsSync, mkdtempSync, readFileSync, realpathSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join, resolve} from 'node:path';
import {fileURLToPath} from 'node:url';

export const repository = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const bin = resolve(process.env.MCPLEXER_BIN ?? join(repository, 'build/dev/bin'));
export const compiler = join(bin, 'mcplexerc');
export const gateway = join(bin, 'mcplexer');
for (const program of [compiler, gateway]) {
  if (!existsSync(program)) throw new Error(`${program} is not built; set MCPLEXER_BIN`);
}
const sanitized =
    [compiler, gateway].some((program) => /__[at]san_init/.test(readFileSync(program, 'latin1')));
export const everything = process.env.MCPLEXER_HOSTILE_ALL === '1';

// For an input of ordinary size. Unoptimised builds on busy machines take their time to start.
const kTimeoutMs = 20_000 * (sanitized ? 5 : 1);
const kCrash =
    /AddressSanitizer|LeakSanitizer|ThreadSanitizer|MemorySanitizer|runtime error:|internal error|terminate called|Assertion/;

export function temporary(t) {
  const directory = realpathSync(mkdtempSync(join(tmpdir(), 'mcplexer-hostile-')));
  t.after(() => rmSync(directory, {recursive: true, force: true}));
  return directory;
}

// `patience` multiplies the time; `expect` is a list of exit codes; `quiet` is for a command whose
// errors are data.
export function run(
    program, args,
    {cwd, input = '', expect = [0, 1, 2], patience = 1, quiet = false, label = args.join(' ')} =
        {}) {
  const done = spawnSync(program, args, {
    cwd,
    input,
    timeout: kTimeoutMs * patience,
    killSignal: 'SIGKILL',
    maxBuffer: 1 << 28,
    encoding: 'utf8',
    env: {
      HOME: '/nonexistent',
      PATH: '/usr/bin:/bin',
      ASAN_OPTIONS: 'detect_leaks=1',
      UBSAN_OPTIONS: 'print_stacktrace=1'
    },
  });
  // Who refuses before it has read its input leaves a closed pipe behind.
  const failed = done.error && done.error.code !== 'EPIPE';
  const all = `${label}\n${done.stdout?.slice(0, 2000)}\n${done.stderr?.slice(0, 4000)}`;
  assert.ok(!failed, `${done.error}: ${all}`);
  assert.equal(done.signal, null, all);
  assert.doesNotMatch(done.stderr, kCrash, all);
  assert.ok(expect.includes(done.status), `exit code ${done.status}, not ${expect}: ${all}`);
  if (done.status !== 0 && !quiet) {
    assert.notEqual(done.stderr.trim(), '', `exit code ${done.status} without a reason: ${all}`);
    const longest = Math.max(...done.stderr.split('\n').map((line) => line.length));
    assert.ok(longest < 2000, `a line of ${longest} characters: ${all}`);
    // Source text is quoted escaped: nothing from a file may steer a terminal.
    assert.doesNotMatch(done.stderr, /[\u0000-\u0008\u000b-\u001f\u007f]/, all);
  }
  return done;
}

export const check = (cwd, paths, options = {}) => run(
    compiler, ['check', '--format', 'short', ...[].concat(paths)], {cwd, expect: [1], ...options});

// Small, seeded, good enough to make garbage (mulberry32).
export function random(seed) {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let x = state;
    x = Math.imul(x ^ (x >>> 15), x | 1);
    x ^= x + Math.imul(x ^ (x >>> 7), x | 61);
    return ((x ^ (x >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    below: (n) => Math.floor(next() * n),
    of: (list) => list[Math.floor(next() * list.length)]
  };
}
