// SPDX-License-Identifier: Apache-2.0
// The conformance suite's server scenarios: against a server that passes them all, then with the
// gateway in between. Nothing that passes directly may be lost.

import assert from 'node:assert/strict';
import {describe, test} from 'node:test';

import {Client2, StreamableHTTPClientTransport2} from '../integration/sdk.mjs';
import {
  directly,
  kArrangements,
  kAsserted,
  kExcused,
  kNotCarried,
  kOfOneEra,
  kRevisions,
  kSessionArrangements,
  kSessionRevision,
  through,
} from './arrangements.mjs';
import {counts, failed, lost, required, run} from './suite.mjs';

const runs = new Map();
const score = ({good, all, checks}) => `${good} of ${all} scenarios, ${checks} checks`;

// The outcome of the fixture alone, once per revision.
async function alone(t, revision) {
  if (!runs.has(revision)) {
    runs.set(revision, await run(['server', '--url', await directly(t), '--requirements', revision]));
  }
  return runs.get(revision);
}

// One scenario waits half a second for a server that has to be started first, and a busy machine is
// late now and then.
async function throughGateway(url, revision, direct) {
  const timed = 'server-stateless';
  const outcome = await run(['server', '--url', url, '--requirements', revision]);
  const late = () => direct.has(timed) && lost(new Map([[timed, direct.get(timed)]]), outcome).length > 0;
  for (let tries = 0; late() && tries < 4; ++tries) {
    const again = await run(['server', '--url', url, '--scenario', timed, '--spec-version', revision]);
    outcome.set(timed, again.get(timed));
  }
  return outcome;
}

for (const revision of kRevisions) {
  describe(`the server scenarios of ${revision}`, () => {
    test('the fixture has full marks', async (t) => {
      const direct = await alone(t, revision);
      const names = required(revision, 'server');
      assert.ok(names.length >= 30);
      assert.deepEqual(names.filter((name) => !direct.has(name)), []);
      for (const [name, outcome] of direct) assert.deepEqual(failed(outcome), [], name);
      const {good, all} = counts(direct, names);
      assert.equal(good, all);
      t.diagnostic(`server ${revision}, directly: ${score(counts(direct, names))}`);
    });

    if (!kAsserted.includes(revision)) return;
    for (const arrangement of [...kArrangements, ...kSessionArrangements]) {
      test(`nothing is lost through the gateway: ${arrangement.name}`, async (t) => {
        const direct = new Map([...await alone(t, revision)].filter(([name]) => !kNotCarried.test(name)));
        const names = required(revision, 'server');
        assert.ok(names.every((name) => direct.has(name)));
        if (kSessionArrangements.includes(arrangement) && revision !== kSessionRevision) {
          for (const name of names.filter((name) => kOfOneEra.test(name))) direct.delete(name);
        }
        const outcome = await throughGateway(await through(t, arrangement), revision, direct);
        t.diagnostic(`server ${revision}, ${arrangement.name}: ${score(counts(outcome, names))}`);
        assert.equal(lost(direct, outcome, kExcused).join('\n'), '');
      });
    }
  });
}

// A proxy that answers and reports progress on different ways loses the last one now and then.
for (const arrangement of kArrangements.slice(0, 2)) {
  test(`all progress arrives, 20 times of 20: ${arrangement.name}`, async (t) => {
    const url = await through(t, arrangement);
    for (let n = 0; n < 20; ++n) {
      const outcome = await run(
          ['server', '--url', url, '--scenario', 'tools-call-with-progress', '--spec-version', '2025-11-25']);
      const {good} = counts(outcome);
      assert.equal(good, 1, JSON.stringify([...outcome.values()]));
    }
  });
}

// The suite asks one thing after the other.
for (const arrangement of kArrangements) {
  test(`sixty calls at once, each with its own questions and progress: ${arrangement.name}`, async (t) => {
    const client = new Client2(
        {name: 'many', version: '1.0.0'}, {capabilities: {sampling: {}, elicitation: {}}});
    client.setRequestHandler('sampling/createMessage', ({params}) => ({
      role: 'assistant',
      model: 'm-1',
      content: {type: 'text', text: `re ${params.messages[0].content.text}`},
    }));
    client.setRequestHandler(
        'elicitation/create',
        ({params: {message}}) => ({action: 'accept', content: {username: message, email: 'x@y.z'}}));
    await client.connect(new StreamableHTTPClientTransport2(new URL(await through(t, arrangement))));
    t.after(() => client.close());
    const text = ({content}) => content[0].text;
    const kinds = [
      async (n) => {
        const result = await client.callTool({name: 'test_sampling', arguments: {prompt: `p${n}`}});
        assert.equal(text(result), `LLM response: re p${n}`);
      },
      async (n) => {
        const result = await client.callTool({name: 'test_elicitation', arguments: {message: `m${n}`}});
        assert.match(text(result), new RegExp(`"username":"(\\[ns\\] )?m${n}"`));
      },
      async () => {
        const steps = [];
        await client.callTool(
            {name: 'test_tool_with_progress', arguments: {}},
            {onprogress: ({progress}) => steps.push(progress)});
        // The SDK may have the last one behind the answer.
        assert.deepEqual(steps.slice(0, 2), [0, 50]);
      },
    ];
    await Promise.all(Array.from({length: 60}, (_, n) => kinds[n % 3](n)));
  });
}
