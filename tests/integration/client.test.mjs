// SPDX-License-Identifier: Apache-2.0
// The official TypeScript SDK as the client, the protocol authors' own servers behind the gateway.
// The oracle is the same client connected to the same server without a gateway: but for names,
// nothing may differ.

import {ResultSchema} from '@modelcontextprotocol/sdk/types.js';
import assert from 'node:assert/strict';
import {writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, test} from 'node:test';

import {echoServer, eventually, node, sleep, text, world} from './harness.mjs';

const kPolicy = `
server zfiles { command = ["mcp-server-filesystem", "."] }
server demo   { command = ["mcp-server-everything"] }
workspace w {
  root    = "~/w"
  default = deny
  allow zfiles__*, demo__*  as all
  deny  zfiles__{move,edit}_*, demo__get-env  as never
  deny  demo__get-tiny-image when arg.never? == true  as sometimes
}
`;
const kNever = /^(zfiles__(move|edit)_.*|demo__get-env)$/;

// Without the SDK's schemas, which would drop or complete members of tools.
const raw = (client, method, params = {}) => client.request({method, params}, ResultSchema);

describe('an SDK client', () => {
  test(
      'lists what the servers list: prefixed, filtered, in order, otherwise untouched',
      async (t) => {
        const w = world(t, kPolicy);
        const gateway = await w.client();
        const through = await raw(gateway, 'tools/list');
        assert.deepEqual(Object.keys(through), ['tools']);
        // Plan order is the order of names, whatever the order in the source.
        const expected = [];
        for (const [namespace, command, args] of [
                 ['demo', 'mcp-server-everything', []],
                 ['zfiles', 'mcp-server-filesystem', ['.']]]) {
          const direct = await w.direct(command, args);
          for (const tool of (await raw(direct, 'tools/list')).tools) {
            const name = `${namespace}__${tool.name}`;
            if (!kNever.test(name)) expected.push({...tool, name});
          }
        }
        assert.ok(expected.length > 15);
        assert.deepEqual(through.tools, expected);
        // Spread keeps the order of members, so this compares it as well.
        assert.equal(JSON.stringify(through.tools), JSON.stringify(expected));
      });

  test('gets the results that it would get directly', async (t) => {
    const w = world(t, kPolicy);
    writeFileSync(join(w.work, 'a.txt'), 'käse ☃ "quoted"\nsecond line');
    const gateway = await w.client();
    const demo = await w.direct('mcp-server-everything');
    const files = await w.direct('mcp-server-filesystem', ['.']);
    for (const [server, namespace, name, args] of [
             [demo, 'demo', 'echo', {message: 'ünïcode \u0000 \u2028 "\\'}],
             [demo, 'demo', 'get-sum', {a: 0.1, b: 0.2}],
             [demo, 'demo', 'get-structured-content', {location: 'Chicago'}],
             [demo, 'demo', 'get-tiny-image', {}],
             [demo, 'demo', 'get-annotated-message', {messageType: 'error', includeImage: true}],
             [demo, 'demo', 'get-sum', {a: 'not a number'}],
             [files, 'zfiles', 'read_text_file', {path: 'a.txt'}],
             [files, 'zfiles', 'read_text_file', {path: '/etc/passwd'}],
             [files, 'zfiles', 'list_directory', {path: '.'}],
    ]) {
      const through =
          await raw(gateway, 'tools/call', {name: `${namespace}__${name}`, arguments: args});
      const direct = await raw(server, 'tools/call', {name, arguments: args});
      assert.equal(JSON.stringify(through), JSON.stringify(direct), name);
    }
    const structured = await gateway.callTool(
        {name: 'demo__get-structured-content', arguments: {location: 'Chicago'}});
    assert.deepEqual(
        structured.structuredContent,
        {temperature: 36, conditions: 'Light rain / drizzle', humidity: 82});
  });

  test('hears of all progress, in order, before the result', async (t) => {
    const client = await world(t, kPolicy).client();
    // The SDK hands notifications on a turn later than answers, so when both come in one read the
    // last progress is lost on its own way to `onprogress`, with or without a gateway. Its
    // transport knows.
    const {transport} = client;
    const deliver = transport.onmessage;
    const messages = [];
    transport.onmessage = (message, extra) => {
      messages.push(message);
      deliver(message, extra);
    };
    const heard = [];
    const result = await client.callTool(
        {name: 'demo__trigger-long-running-operation', arguments: {duration: 0.5, steps: 25}},
        undefined, {onprogress: ({progress}) => heard.push(progress)});
    assert.deepEqual(
        messages.map(({params, result}) => (result ? 'result' : [params.progress, params.total])),
        [...Array.from({length: 25}, (_, i) => [i + 1, 25]), 'result']);
    assert.equal(new Set(messages.slice(0, -1).map(({params}) => params.progressToken)).size, 1);
    assert.ok(heard.length > 0);
    assert.deepEqual(heard, heard.map((_, i) => i + 1));
    assert.match(text(result), /completed/);
  });

  test(
      'cancels a call: the server hears of it, a late answer is swallowed, others go on',
      async (t) => {
        const w = world(t, `
      server demo { command = ["mcp-server-everything"] }
      server echo { command = ["${node}", "${echoServer}", "@JOURNAL@"] }
      workspace w { root = "~/w"  allow demo__*, echo__* as all }`);
        const client = await w.client();
        const errors = [];
        client.onerror = (error) => errors.push(error);
        for (const [name, args] of [
                 ['echo__later', {ms: 1500}],
                 ['demo__trigger-long-running-operation', {duration: 1.5, steps: 3}],
        ]) {
          await client.callTool(
              {name: name.replace(/__.*/, '__echo'), arguments: {message: 'warm'}});
          const abort = new AbortController();
          const open = client.callTool({name, arguments: args}, undefined, {signal: abort.signal});
          setTimeout(() => abort.abort('changed my mind'), 300);
          await assert.rejects(open, /changed my mind/);
        }
        // The fixture was told, under the id that it knows.
        const received = await eventually('the cancellation', () => {
          const lines = w.received().map((line) => JSON.parse(line));
          return lines.some(({method}) => method === 'notifications/cancelled') && lines;
        });
        const asked = received.find(({params}) => params?.name === 'later');
        const cancelled = received.find(({method}) => method === 'notifications/cancelled');
        assert.equal(cancelled.params.requestId, asked.id);
        // Its answer comes all the same; the SDK would report one for an unknown id through
        // onerror.
        await sleep(2000);
        assert.match(
            text(await client.callTool({name: 'echo__echo', arguments: {message: 'next'}})),
            /next/);
        assert.match(
            text(await client.callTool({name: 'demo__echo', arguments: {message: 'next'}})),
            /next/);
        assert.deepEqual(errors, []);
        await client.close();
        assert.deepEqual(
            w.audit()
                .filter(({status}) => status !== 'ok')
                .map(({status, intent}) => [intent.tool, status]),
            [['later', 'cancelled'], ['trigger-long-running-operation', 'cancelled']]);
      });

  test(
      'gets the errors of the server for an unknown tool, and ours for an unknown method',
      async (t) => {
        const w = world(t, kPolicy);
        const client = await w.client();
        const direct = await w.direct('mcp-server-everything');
        // Some servers answer with an error, others with a result; what counts is that it is
        // theirs.
        const outcome = (answer) =>
            answer.then((result) => ({result}), ({code, message}) => ({code, message}));
        const theirs =
            await outcome(raw(direct, 'tools/call', {name: 'no-such-tool', arguments: {}}));
        const ours =
            await outcome(raw(client, 'tools/call', {name: 'demo__no-such-tool', arguments: {}}));
        assert.deepEqual(ours, theirs);
        const nobody = await outcome(raw(client, 'tools/call', {name: 'nobody__x', arguments: {}}));
        assert.equal(nobody.code, -32602);

        const began = performance.now();
        await assert.rejects(raw(client, 'no/such/method'), {code: -32601});
        await client.ping();
        assert.ok(performance.now() - began < 2000);
      });

  test('has 50 calls of two servers open at once, each with its own answer', async (t) => {
    const w = world(t, kPolicy);
    for (let i = 0; i < 50; ++i) writeFileSync(join(w.work, `${i}.txt`), `content ${i}`);
    const client = await w.client();
    const answers = await Promise.all(Array.from(
        {length: 50},
        (_, i) =>
            [() => client.callTool({name: 'demo__get-sum', arguments: {a: i, b: 1000}}),
             () => client.callTool({name: 'zfiles__read_text_file', arguments: {path: `${i}.txt`}}),
    ][i % 2]()));
    answers.forEach(
        (answer, i) => assert.equal(
            text(answer), i % 2 ? `content ${i}` : `The sum of ${i} and 1000 is ${i + 1000}.`));
    await client.close();
    const records = w.audit();
    assert.equal(records.length, 50);
    assert.ok(records.every(({status}) => status === 'ok'));
  });
});
