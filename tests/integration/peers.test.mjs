// SPDX-License-Identifier: Apache-2.0
// The comparison with other deciders (tests/bench/peers): they decide alike. Nothing is timed.

import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import {mkdtempSync, rmSync, symlinkSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {test} from 'node:test';

import {bin, mcplexer, mcplexerc, node, repository} from './harness.mjs';

const compare = (programs) =>
    spawnSync(node, [join(repository, 'tests/bench/peers/peers.mjs'), '--smoke'], {
      encoding: 'utf8',
      env: {MCPLEXER_BIN: programs},
    });

test('MCPlexer and Cedar decide generated calls alike', () => {
  const {status, stdout, stderr} = compare(bin);
  assert.equal(status, 0, stderr + stdout);
  assert.match(stdout, /^100 rules: 1\d\d calls, [1-9]\d* allowed$/m);
  assert.match(stdout, /^All deciders agree on every call\.$/m);
});

test('a verdict that differs fails the comparison', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'mcplexer-it-'));
  t.after(() => rmSync(folder, {recursive: true}));
  symlinkSync(mcplexer, join(folder, 'mcplexer'));
  symlinkSync(mcplexerc, join(folder, 'mcplexerc'));
  // What the program says, but for one verdict.
  writeFileSync(join(folder, 'peer_subject'), `#!${node}
    const program = ${JSON.stringify(join(bin, 'peer_subject'))};
    const {stdout} = require('node:child_process').spawnSync(program, process.argv.slice(2));
    const subject = JSON.parse(stdout);
    subject.calls[7].verdict = subject.calls[7].verdict === 'allow' ? 'deny' : 'allow';
    console.log(JSON.stringify(subject));
  `, {mode: 0o755});
  const {status, stdout, stderr} = compare(folder);
  assert.equal(status, 1, stderr + stdout);
  assert.match(stdout, /^1 of the calls are decided differently$/m);
  assert.match(stderr, /^100 rules: \{"dir":/m);
});
