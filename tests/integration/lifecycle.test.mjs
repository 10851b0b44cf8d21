// SPDX-License-Identifier: Apache-2.0
// Who lives and who dies: servers that are killed, a gateway that is killed, clients that go away,
// and what the log says of calls that were open. Processes are looked up in /proc, so "gone" means
// gone.

import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import {describe, test} from 'node:test';

import {alive, call, childrenOf, commandLine, echoServer, eventually, mcplexer, node, serversOf, text, world} from './harness.mjs';

const server = (name, ...options) => `server ${name} { command = [${
        [node, echoServer, '@JOURNAL@', ...options].map((one) => `"${one}"`).join(', ')}] }`;
const policy = (...options) => `
  server demo { command = ["mcp-server-everything"] }
  ${server('e', ...options)}
  workspace w { root = "~/w"  default = deny  allow demo__*, e__*  as all }`;

const childNamed = (pid, part) =>
    serversOf(pid).find((child) => commandLine(child).some((one) => one.includes(part)));
const gone = (pids, ms) => eventually(`${pids} are gone`, () => !pids.some(alive), ms);
const tail = (w, ...args) =>
    spawnSync(mcplexer, ['audit', 'tail', '--state', w.state, ...args], {encoding: 'utf8'});

describe('servers', () => {
  test(
      'killed in the middle of a call: that call fails clearly, the next one has a new server',
      async (t) => {
        const w = world(t, policy());
        const client = await w.client();
        const ask = (name, args) => client.callTool({name, arguments: args});
        assert.match(text(await ask('demo__echo', {message: 'a'})), /a/);
        const first = childNamed(client.pid, 'everything');
        const open = ask('demo__trigger-long-running-operation', {duration: 60, steps: 1});
        open.catch(() => {});
        await eventually(
            'the open call on record', () => w.audit().some(({status}) => status === 'pending'));
        process.kill(first, 'SIGKILL');
        await assert.rejects(
            open,
            ({code, message}) => code === -32000 && /`demo`/.test(message) &&
                /SIGKILL|signal 9|killed/i.test(message));
        assert.match(text(await ask('demo__echo', {message: 'b'})), /b/);
        const second = childNamed(client.pid, 'everything');
        assert.notEqual(second, first);
        await client.close();
        assert.deepEqual(
            w.audit().map(({intent, status}) => [intent.tool, status]),
            [['echo', 'ok'], ['trigger-long-running-operation', 'interrupted'], ['echo', 'ok']]);
        assert.match(w.audit()[1].outcome.error, /`demo`/);
      });

  test('that ignore the end of stdin and SIGTERM are killed, grandchildren too', async (t) => {
    const w = world(t, policy('--ignore-eof', '--ignore-term'));
    const gateway = await w.raw().open();
    const grandchild = Number(text(JSON.parse(await gateway.ask(call(1, 'e__grandchild'))).result));
    assert.ok(alive(grandchild));
    const pids = [...childrenOf(gateway.pid), ...serversOf(gateway.pid)];
    assert.equal(pids.length, 2);
    const began = Date.now();
    gateway.child.stdin.end();
    assert.equal(await gateway.exited, 0);
    assert.ok(Date.now() - began < 10_000);
    await gone([...pids, grandchild], 3000);
  });

  test('are told of nothing that waits for approval', async (t) => {
    const w = world(t, `
      ${server('e')}
      workspace w { root = "~/w"  approve e__echo because "ask first" as ask  allow e__later as go }`);
    const client = await w.client();
    const listed = (await client.listTools()).tools.map(({name}) => name);
    assert.deepEqual(listed, ['e__echo', 'e__later']);
    const result = await client.callTool({name: 'e__echo', arguments: {x: 1}});
    assert.equal(result.isError, true);
    assert.match(text(result), /approval is not available yet/);
    await client.close();
    assert.deepEqual(w.received().filter((line) => line.includes('tools/call')), []);
    assert.equal(w.audit().length, 1);
    assert.equal(w.audit()[0].intent.decision, 'approve');
  });
});

describe('the gateway', () => {
  test('killed: its servers go with it, and the log says what was interrupted', async (t) => {
    const w = world(t, policy('--ignore-eof', '--ignore-term'));
    const gateway = await w.raw().open();
    await gateway.ask(call(1, 'demo__echo', '{"message":"x"}'));
    await gateway.ask(call(2, 'e__echo', '{}'));
    gateway.send(call(3, 'e__hang', '{"open":true}'));
    await eventually('the open call', () => w.received().some((line) => line.includes('"hang"')));
    assert.match(tail(w).stdout, /e__hang .*pending/);
    const pids = [...childrenOf(gateway.pid), ...serversOf(gateway.pid)];
    assert.equal(pids.length, 4);
    process.kill(gateway.pid, 'SIGKILL');
    assert.equal(await gateway.exited, 'SIGKILL');
    await gone(pids, 3000);

    const shown = tail(w);
    assert.equal(shown.status, 0, shown.stderr);
    assert.match(shown.stdout, /e__hang .*interrupted/);
    assert.deepEqual(
        w.audit().map(({intent, status}) => [intent.name, status]),
        [['demo__echo', 'ok'], ['e__echo', 'ok'], ['e__hang', 'interrupted']]);

    // The next gateway seals what this one left, and the log reads the same.
    const next = await w.raw().open();
    await next.ask(call(1, 'e__echo', '{}'));
    next.child.stdin.end();
    assert.equal(await next.exited, 0);
    assert.deepEqual(w.audit().map(({status}) => status), ['ok', 'ok', 'interrupted', 'ok']);
  });

  test('ends by itself when its client goes away', async (t) => {
    const w = world(t, policy());
    const gateway = await w.raw().open();
    await gateway.ask(call(1, 'demo__echo', '{"message":"x"}'));
    await gateway.ask(call(2, 'e__echo', '{}'));
    const pids = [...childrenOf(gateway.pid), ...serversOf(gateway.pid)];
    assert.equal(pids.length, 4);
    const began = Date.now();
    gateway.child.stdin.end();
    assert.equal(await gateway.exited, 0);
    assert.ok(Date.now() - began < 10_000);
    await gone(pids, 1000);
  });

  test('finishes open calls first, but does not wait for ever', async (t) => {
    const w = world(t, policy());
    const gateway = await w.raw().open();
    await gateway.ask(call(0, 'e__echo'));
    gateway.send(call(1, 'e__later', '{"ms":500}'));
    gateway.send(call(2, 'e__hang'));
    gateway.child.stdin.end();
    const began = Date.now();
    assert.equal(text(JSON.parse(await gateway.next()).result), 'after 500');
    await gateway.exited;
    // 10 s for the calls, and what ending the servers takes.
    assert.ok(Date.now() - began < 20_000);
    assert.deepEqual(
        w.audit().map(({intent, status}) => [intent.tool, status]),
        [['echo', 'ok'], ['later', 'ok'], ['hang', 'interrupted']]);
  });

  test('ends when nobody reads any more', async (t) => {
    const w = world(t, policy());
    const gateway = await w.raw().open();
    await gateway.ask(call(0, 'e__echo'));
    const pids = serversOf(gateway.pid);
    gateway.child.stdout.destroy();
    gateway.child.stdin.end(call(1, 'e__echo') + '\n');
    const ending = await gateway.exited;
    assert.equal(typeof ending, 'number', `ended by ${ending}`);
    await gone(pids, 3000);
  });
});
