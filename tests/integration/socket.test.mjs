// SPDX-License-Identifier: Apache-2.0
// One gateway on a Unix socket, many real clients: each comes through `mcplexer connect`, as clients
// that can only start a server do.

import {Client} from '@modelcontextprotocol/sdk/client/index.js';
import {StdioClientTransport} from '@modelcontextprotocol/sdk/client/stdio.js';
import assert from 'node:assert/strict';
import {spawn, spawnSync} from 'node:child_process';
import * as fs from 'node:fs';
import {connect as dial} from 'node:net';
import {join} from 'node:path';
import {test} from 'node:test';

import {alive, call, childrenOf, echoServer, eventually, mcplexer, node, RawClient, sleep, text, world} from './harness.mjs';

const kPolicy = `
  server e { command = ["${node}", "${echoServer}", "@JOURNAL@"] }
  principal me { uid = ${process.getuid()} }
  workspace w { root = "~/w"  default = deny
    allow e__echo for me as mine
    in "sub" { allow e__grandchild for me as below }
  }`;

// The gateway, once it serves the socket.
async function gateway(t, w, ...more) {
  const socket = join(w.root, 'run/gateway.sock');
  const child = spawn(mcplexer, [...w.runArgs, '--socket', socket, ...more], {
    cwd: '/',
    env: w.env(),
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const self = {socket, pid: child.pid, stderr: '', child};
  child.stderr.on('data', (chunk) => (self.stderr += chunk));
  self.exited = new Promise((done) => child.on('exit', (code, signal) => done(signal ?? code)));
  t.after(async () => {
    child.kill('SIGKILL');
    await self.exited;
    assert.doesNotMatch(self.stderr, /AddressSanitizer|runtime error:|internal error/);
  });
  await eventually('the socket', () => self.stderr.includes('clients are served on'));
  return self;
}

async function client(t, w, {socket}, cwd = w.work) {
  const transport = new StdioClientTransport(
      {command: mcplexer, args: ['connect', '--socket', socket], cwd, env: w.env(), stderr: 'ignore'});
  const one = new Client({name: 'socket', version: '1.0.0'});
  t.after(() => one.close());
  await one.connect(transport);
  return one;
}

const names = async (one) => (await one.listTools()).tools.map(({name}) => name);

test('each client has its own directory, servers and session', async (t) => {
  const w = world(t, kPolicy);
  fs.mkdirSync(join(w.work, 'sub'));
  const served = await gateway(t, w);
  const above = await client(t, w, served);
  const below = await client(t, w, served, join(w.work, 'sub'));
  const outside = await client(t, w, served, w.home);
  assert.deepEqual(await names(above), ['e__echo']);
  assert.deepEqual(await names(below), ['e__echo', 'e__grandchild']);
  assert.deepEqual(await names(outside), []);
  for (const [one, says] of [[above, 'a'], [below, 'b']]) {
    assert.equal(text(await one.callTool({name: 'e__echo', arguments: {says}})), `{"says":"${says}"}`);
  }
  const denied = await outside.callTool({name: 'e__echo', arguments: {}});
  assert.equal(denied.isError, true);
  const servers = childrenOf(served.pid);
  assert.equal(servers.length, 2);

  const seen = w.audit();
  assert.deepEqual(
      seen.map(({intent}) => [intent.principal, intent.workspace, intent.subpath]),
      [['me', 'w', ''], ['me', 'w', 'sub'], ['me', null, null]]);
  assert.equal(new Set(seen.map(({intent}) => intent.session)).size, 3);

  await above.close();
  await eventually('its server is gone', () => childrenOf(served.pid).length === 1);
  assert.match(text(await below.callTool({name: 'e__echo', arguments: {}})), /{}/);
});

test('the gateway outlives its clients and ends on a signal', async (t) => {
  const w = world(t, kPolicy);
  const served = await gateway(t, w);
  served.child.stdin.end();
  const one = await client(t, w, served);
  await one.callTool({name: 'e__echo', arguments: {}});
  await one.close();
  await sleep(100);
  const other = await client(t, w, served);
  await other.callTool({name: 'e__echo', arguments: {}});
  const servers = childrenOf(served.pid);
  process.kill(served.pid, 'SIGTERM');
  assert.equal(await served.exited, 0);
  assert.ok(!servers.some(alive));
  assert.ok(!fs.existsSync(served.socket));
});

test('a killed gateway is followed by another one on the same socket', async (t) => {
  const w = world(t, kPolicy);
  const first = await gateway(t, w);
  const again = spawnSync(mcplexer, [...w.runArgs, '--socket', first.socket], {encoding: 'utf8'});
  assert.equal(again.status, 2);
  assert.match(again.stderr, /another gateway serves this socket/);
  process.kill(first.pid, 'SIGKILL');
  await first.exited;
  assert.ok(fs.existsSync(first.socket));
  const second = await gateway(t, w);
  assert.deepEqual(await names(await client(t, w, second)), ['e__echo']);
});

test('a socket beside stdin and stdout', async (t) => {
  const w = world(t, kPolicy);
  const served = await gateway(t, w, '--stdio', '--dir', w.work, '--as', 'me');
  let said = '';
  served.child.stdout.on('data', (chunk) => (said += chunk));
  served.child.stdin.write(
      '{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25",' +
      '"capabilities":{},"clientInfo":{"name":"x","version":"1"}}}\n' +
      call(2, 'e__echo', '{"on":"stdio"}') + '\n');
  await eventually('both answers', () => said.split('\n').length === 3);
  assert.match(said, /on.*stdio/);
  const one = await client(t, w, served);
  assert.deepEqual(await names(one), ['e__echo']);
  served.child.stdin.end();
  await sleep(100);
  assert.equal(text(await one.callTool({name: 'e__echo', arguments: {}})), '{}');
});

test('too many clients, and clients that hang up', async (t) => {
  const w = world(t, kPolicy);
  const served = await gateway(t, w);
  const open = [];
  t.after(() => open.forEach((one) => one.destroy()));
  for (let n = 0; n < 64; ++n) {
    const one = dial(served.socket);
    one.on('error', () => {});
    open.push(one);
    // One after the other: a log that is not read as fast as it is written loses lines.
    await eventually('served', () => served.stderr.split(' is served in ').length > open.length);
  }
  const extra = dial(served.socket);
  extra.on('error', () => {});
  await new Promise((done) => extra.on('close', done));
  await eventually('told', () => /turned away: there are 64 clients/.test(served.stderr));
  open.splice(0, 32).forEach((one) => one.destroy());
  await sleep(200);
  assert.deepEqual(await names(await client(t, w, served)), ['e__echo']);
});

test('the bridge carries large messages both ways and says when there is no gateway', async (t) => {
  const w = world(t, kPolicy);
  const served = await gateway(t, w);
  const bridge = new RawClient(t, mcplexer, ['connect', '--socket', served.socket], w.work, w.env());
  await bridge.open();
  const long = 'x'.repeat(3 << 20);
  const {result} = JSON.parse(await bridge.ask(call(1, 'e__echo', `{"long":"${long}"}`)));
  assert.equal(text(result).length, long.length + 11);
  bridge.send(call(2, 'e__echo', '{"last":1}'));
  bridge.child.stdin.end();
  assert.match(await bridge.next(), /last/);
  assert.equal(await bridge.exited, 0);

  const none = spawnSync(mcplexer, ['connect', '--socket', join(w.root, 'none')], {encoding: 'utf8'});
  assert.equal(none.status, 2);
  assert.match(none.stderr, /No such file/);
  fs.chmodSync(join(w.root, 'run'), 0o755);
  const open = spawnSync(mcplexer, [...w.runArgs, '--socket', join(w.root, 'run/other.sock')], {encoding: 'utf8'});
  assert.equal(open.status, 2);
  assert.match(open.stderr, /closed to all others/);
});
