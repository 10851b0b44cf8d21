// SPDX-License-Identifier: Apache-2.0
// The conformance suite's client scenarios: the suite plays the server, the gateway is its client.
// What the SDK's own client passes has to pass when the gateway stands between the two.

import assert from 'node:assert/strict';
import {dirname, join} from 'node:path';
import {describe, test} from 'node:test';
import {fileURLToPath} from 'node:url';

import {kAsserted, kRevisions} from './arrangements.mjs';
import {counts, failed, lost, node, required, run} from './suite.mjs';

const driver = join(dirname(fileURLToPath(import.meta.url)), 'client.mjs');

// Not scored, and yet of interest here.
const kMore = ['json-schema-2020-12-preservation'];
// How a client proves who it is: the gateway does not use OAuth.
const kNotOurs = /^auth\//;

// One scenario measures time, and a busy machine is late now and then, with and without a gateway.
async function play(revision, scenario, ...mode) {
  const command = [node, driver, ...mode].join(' ');
  for (let tries = scenario === 'sse-retry' ? 5 : 1;; --tries) {
    const outcome = await run(
        ['client', '--command', command, '--scenario', scenario, '--spec-version', revision]);
    if (counts(outcome).good === 1 || tries === 1) return outcome;
  }
}

for (const revision of kRevisions) {
  describe(`the client scenarios of ${revision}`, () => {
    const scenarios = [...required(revision, 'client').filter((name) => !kNotOurs.test(name)), ...kMore];
    for (const scenario of scenarios) {
      test(scenario, async (t) => {
        const direct = await play(revision, scenario, 'direct');
        const {good, checks} = counts(direct);
        assert.equal(good, 1, JSON.stringify([...direct.values()].map(failed)));
        const modes = kAsserted.includes(revision) ? [['gateway'], ['gateway', 'ns']] : [];
        const scores = [];
        for (const mode of modes) {
          const outcome = await play(revision, scenario, ...mode);
          scores.push(`, ${mode.join(' ')}: ${counts(outcome).checks}`);
          assert.equal(lost(direct, outcome).join('\n'), '');
        }
        t.diagnostic(`client ${revision} ${scenario}, checks directly: ${checks}${scores.join('')}`);
      });
    }
  });
}
