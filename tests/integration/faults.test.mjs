// SPDX-License-Identifier: Apache-2.0
// What goes wrong in the field, done to the real program: processes that are killed or do not
// listen, floods, connections that break or fall silent, clients that do not read. Each test says
// what has to come of it: which calls fail and how, that none is lost or made twice, that others
// are served meanwhile, that memory stays bounded, and that no process is left.

import assert from 'node:assert/strict';
import {spawn, spawnSync} from 'node:child_process';
import * as fs from 'node:fs';
import {createServer} from 'node:http';
import {connect as dial} from 'node:net';
import {dirname, join} from 'node:path';
import {describe, test} from 'node:test';
import {fileURLToPath} from 'node:url';

import {alive, call, childrenOf, commandLine, echoServer, eventually, mcplexer, node, text, world} from './harness.mjs';

const faulty = join(dirname(fileURLToPath(import.meta.url)), 'fixtures/faulty.mjs');
const quoted = (...words) => words.map((one) => JSON.stringify(one)).join(', ');

// The misbehaving server `f`, behind a shell as package runners put one there, and the plain `e`.
const policy = (more = '', ...options) => `
  server f { command = [${
    quoted('sh', '-c', '"$@"; exit $?', 'sh', node, faulty, '@JOURNAL@', ...options)}] ${more} }
  server e { command = [${quoted(node, echoServer, '@JOURNAL@.e')}] }
  workspace w { root = "~/w"  default = deny  http = true  allow f__*, e__*  as all }`;

// All that a process has started, at any depth.
function below(pid) {
  const all = [];
  for (const one of childrenOf(pid)) all.push(one, ...below(one));
  return all;
}
const gone = (pids) => eventually(`${pids} are gone`, () => !pids.some(alive), 10_000);
const sentCalls = (w) => w.received().filter((line) => line.includes('"tools/call"')).length;
const statuses = (w) => w.audit().map(({intent, status}) => [intent.tool, status]);

function memory(pid, field) {
  const [, kib] = new RegExp(`^${field}:\\s+(\\d+) kB`, 'm')
                      .exec(fs.readFileSync(`/proc/${pid}/status`, 'utf8'));
  return Number(kib) / 1024;
}
// Forgets what was the most; VmHWM counts from now on.
const forgetPeak = (pid) => fs.writeFileSync(`/proc/${pid}/clear_refs`, '5');

async function tree(gateway) {
  const answer = JSON.parse(await gateway.ask(call(900, 'f__tree')));
  const grandchild = Number(text(answer.result));
  assert.ok(alive(grandchild));
  const pids = below(gateway.pid);
  assert.ok(pids.includes(grandchild), 'it is below the supervisor, though its parent has gone');
  return pids;
}

describe('processes', () => {
  test('a server killed in the middle of a call takes its tree with it', async (t) => {
    const w = world(t, policy());
    const gateway = await w.raw().open();
    const before = await tree(gateway);
    gateway.send(call(1, 'f__hang'));
    await eventually('the open call', () => sentCalls(w) === 2);
    const server = before.find((pid) => commandLine(pid)[0] === node);
    process.kill(server, 'SIGKILL');
    const {id, error} = JSON.parse(await gateway.next());
    assert.equal(id, 1);
    assert.equal(error.code, -32000);
    assert.match(error.message, /server `f` .* during the call/);
    await gone(before);
    assert.equal(text(JSON.parse(await gateway.ask(call(2, 'f__echo', '{"a":1}'))).result), '{"a":1}');
    assert.equal(sentCalls(w), 3, 'nothing is sent twice');
    const after = below(gateway.pid);
    gateway.child.stdin.end();
    assert.equal(await gateway.exited, 0);
    await gone(after);
    assert.deepEqual(statuses(w), [['tree', 'ok'], ['hang', 'interrupted'], ['echo', 'ok']]);
  });

  test('a gateway killed in the middle of a call: the intent is on record, nobody is left', async (t) => {
    const w = world(t, policy('', '--ignore-eof', '--ignore-term'));
    const gateway = await w.raw().open();
    const pids = await tree(gateway);
    gateway.send(call(1, 'f__hang'));
    await eventually('the open call', () => sentCalls(w) === 2);
    process.kill(gateway.pid, 'SIGKILL');
    assert.equal(await gateway.exited, 'SIGKILL');
    await gone(pids);
    assert.deepEqual(statuses(w), [['tree', 'ok'], ['hang', 'interrupted']]);

    const next = await w.raw().open();
    assert.equal(text(JSON.parse(await next.ask(call(1, 'f__echo'))).result), '{}');
    next.child.stdin.end();
    assert.equal(await next.exited, 0);
    assert.doesNotMatch(next.stderr, /audit.*(broken|damaged|problem)/);
    const tail = spawnSync(mcplexer, ['audit', 'tail', '--state', w.state], {encoding: 'utf8'});
    assert.equal(tail.status, 0, tail.stderr);
    assert.equal(tail.stderr, '');
    assert.deepEqual(statuses(w), [['tree', 'ok'], ['hang', 'interrupted'], ['echo', 'ok']]);
    assert.equal(sentCalls(w), 3);
  });

  test('a supervisor that is killed takes the server with it', async (t) => {
    const w = world(t, policy());
    const gateway = await w.raw().open();
    await gateway.ask(call(1, 'f__echo'));
    gateway.send(call(2, 'f__hang'));
    await eventually('the open call', () => sentCalls(w) === 2);
    const pids = below(gateway.pid);
    process.kill(childrenOf(gateway.pid)[0], 'SIGKILL');
    const {id, error} = JSON.parse(await gateway.next());
    assert.deepEqual([id, error.code], [2, -32000]);
    await gone(pids);  // what the shell left behind has noticed the end of its stdin
    assert.equal(text(JSON.parse(await gateway.ask(call(3, 'f__echo'))).result), '{}');
  });

  test('a server that hangs costs its call the timeout, and nobody else anything', async (t) => {
    const w = world(t, policy('call_timeout = 1s'));
    const gateway = await w.raw().open();
    await gateway.ask(call(1, 'f__echo'));
    await gateway.ask(call(2, 'e__echo'));
    gateway.send(call(3, 'f__hang'));
    assert.equal(JSON.parse(await gateway.ask(call(4, 'e__echo'))).id, 4, 'others do not wait');
    const {id, error} = JSON.parse(await gateway.next());
    assert.deepEqual([id, error.code], [3, -32001]);
    await eventually('the server is told', () => w.received().some((line) => /"notifications\/cancelled".*timed out/.test(line)));
    assert.equal(JSON.parse(await gateway.ask(call(5, 'f__echo'))).id, 5, 'the server lives');
    assert.equal(sentCalls(w), 3);
    assert.match(statuses(w)[2].join(), /hang,(timed_out|timeout|error|interrupted)/);
  });

  test('servers that ignore the end of stdin and SIGTERM are gone when the gateway is', async (t) => {
    const w = world(t, policy('', '--ignore-eof', '--ignore-term'));
    const gateway = await w.raw().open();
    const pids = await tree(gateway);
    gateway.child.stdin.end();
    assert.equal(await gateway.exited, 0);
    assert.deepEqual(pids.filter(alive), [], 'not a moment later');
  });
});

describe('floods', () => {
  for (const [name, args, mib] of [
         ['lines on stderr', '{"to":"stderr","mib":48}', 24],
         ['lines on stdout', '{"to":"stdout","mib":48}', 24],
         // A message may have 64 MiB, and the room for it grows by doubling.
         ['a line without end on stdout', '{"to":"stdout","mib":160,"endless":true}', 280],
         ['a line without end on stderr', '{"to":"stderr","mib":48,"endless":true}', 24],
  ]) {
    test(`${name}: memory is bounded and others are served`, async (t) => {
      const w = world(t, policy());
      const gateway = await w.raw({MCPLEXER_LOG: 'info'}).open();
      await gateway.ask(call(1, 'f__echo'));
      await gateway.ask(call(2, 'e__echo'));
      const before = memory(gateway.pid, 'VmRSS');
      forgetPeak(gateway.pid);
      gateway.send(call(3, 'f__flood', args));
      const times = [];
      let flooding = true;
      for (let id = 100; flooding; ++id) {
        const began = Date.now();
        gateway.send(call(id, 'e__echo'));
        for (let open = true; open;) {
          const answer = JSON.parse(await gateway.next());
          assert.ok(answer.result, JSON.stringify(answer));
          open = answer.id !== id;
          if (answer.id === 3) flooding = false;
        }
        times.push(Date.now() - began);
      }
      times.sort((a, b) => a - b);
      assert.ok(times[times.length >> 1] < 1000, `median ${times[times.length >> 1]} ms`);
      assert.ok(times.at(-1) < 10_000, `${times.at(-1)} ms`);
      const peak = memory(gateway.pid, 'VmHWM') - before;
      assert.ok(peak < mib, `${peak} MiB at the most`);
      const kept = memory(gateway.pid, 'VmRSS') - before;
      assert.ok(kept < 16, `${kept} MiB are kept`);
      assert.ok(gateway.stderr.length < 1 << 20, 'the log is bounded, too');
    });
  }
});

// An HTTP server that answers the handshake and leaves the calls to `onCall(response, message)`.
async function httpServer(t, onCall) {
  const self = {calls: [], closed: 0};
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => (body += chunk));
    request.on('end', () => {
      if (request.method !== 'POST') return response.writeHead(405).end();
      const message = JSON.parse(body);
      if (message.id === undefined) return response.writeHead(202).end();
      const say = (what) => response.writeHead(200, {'Content-Type': 'application/json'})
                                .end(JSON.stringify({jsonrpc: '2.0', id: message.id, ...what}));
      const answer = (result) => say({result});
      if (message.method === 'server/discover') {
        return say({error: {code: -32601, message: 'Method not found'}});
      }
      if (message.method === 'initialize') {
        return answer({protocolVersion: '2025-11-25', capabilities: {tools: {}}});
      }
      if (message.method === 'tools/list') return answer({tools: []});
      self.calls.push(message);
      response.on('close', () => ++self.closed);
      onCall(response, message, answer);
    });
  });
  server.listen(0, '127.0.0.1');
  await new Promise((done) => server.once('listening', done));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return Object.assign(self, {port: server.address().port});
}
const httpPolicy = (port, more = '') => `
  server h { url = "http://127.0.0.1:${port}/" ${more} }
  server e { command = [${quoted(node, echoServer, '@JOURNAL@')}] }
  workspace w { root = "~/w"  default = deny  allow h__*, e__*  as all }`;

describe('servers over HTTP', () => {
  test('one that takes a call and never answers costs that call its time', async (t) => {
    const server = await httpServer(t, (response, {params}, answer) => {
      if (params.name === 'echo') answer({content: []});
    });
    const w = world(t, httpPolicy(server.port, 'call_timeout = 1s'));
    const gateway = await w.raw().open();
    await gateway.ask(call(1, 'h__echo'));
    await gateway.ask(call(2, 'e__echo'));
    gateway.send(call(3, 'h__silent'));
    assert.equal(JSON.parse(await gateway.ask(call(4, 'h__echo'))).id, 4, 'others do not wait');
    assert.equal(JSON.parse(await gateway.ask(call(5, 'e__echo'))).id, 5);
    const {id, error} = JSON.parse(await gateway.next());
    assert.deepEqual([id, error.code], [3, -32001]);
    await eventually('its connection is closed', () => server.closed === 3);
    assert.equal(server.calls.length, 3);
  });

  test('one that vanishes in the middle of an answer fails that call, once', async (t) => {
    const broken = {
      json: (response, {id}) => {
        response.writeHead(200, {'Content-Type': 'application/json', 'Content-Length': 1000});
        response.write(`{"jsonrpc":"2.0","id":${id},"result":`, () => response.destroy());
      },
      events: (response) => {
        response.writeHead(200, {'Content-Type': 'text/event-stream'});
        response.write(': wait\n\ndata: {"jsonrpc":', () => response.destroy());
      },
      nothing: (response) => response.destroy(),
    };
    const server = await httpServer(t, (response, message, answer) => {
      const breaks = broken[message.params.name];
      if (breaks) return breaks(response, message);
      answer({content: []});
    });
    const w = world(t, httpPolicy(server.port));
    const gateway = await w.raw().open();
    let id = 0;
    for (const name of Object.keys(broken)) {
      const {error} = JSON.parse(await gateway.ask(call(++id, `h__${name}`)));
      assert.equal(error.code, -32000, name);
      assert.match(error.message, /server `h` .*connection/i, name);
      assert.ok(JSON.parse(await gateway.ask(call(++id, 'h__echo'))).result, 'the others live');
    }
    assert.deepEqual(
        server.calls.map(({params}) => params.name),
        Object.keys(broken).flatMap((name) => [name, 'echo']), 'each call once');
    assert.deepEqual(
        statuses(w).map(([, status]) => status),
        Object.keys(broken).flatMap(() => ['interrupted', 'ok']));
  });
});

describe('clients that do not read', () => {
  const kCalls = 160;
  const kBytes = 256 << 10;

  test('on stdio: memory is bounded, and nothing is lost when they read on', async (t) => {
    const w = world(t, policy());
    const gateway = await w.raw({MCPLEXER_LOG: 'info'}).open();
    await gateway.ask(call('"warm"', 'f__echo'));
    const before = memory(gateway.pid, 'VmRSS');
    forgetPeak(gateway.pid);
    gateway.child.stdout.pause();
    for (let id = 0; id < kCalls; ++id) gateway.send(call(id, 'f__big', `{"bytes":${kBytes}}`));
    // Until the calls that got through do not become more any longer.
    let seen = -1;
    await eventually('all stand still', async () => {
      const last = seen;
      seen = sentCalls(w);
      await new Promise((done) => setTimeout(done, 500));
      return seen > 1 && seen === last;
    });
    const peak = memory(gateway.pid, 'VmHWM') - before;
    assert.ok(peak < 24, `${peak} MiB at the most`);
    gateway.child.stdout.resume();
    const ids = [];
    for (let n = 0; n < kCalls; ++n) {
      const {id, result} = JSON.parse(await gateway.next());
      assert.equal(text(result).length, kBytes);
      ids.push(id);
    }
    assert.deepEqual(ids.sort((a, b) => a - b), Array.from({length: kCalls}, (_, n) => n));
    assert.equal(sentCalls(w), kCalls + 1);
    assert.ok(memory(gateway.pid, 'VmHWM') - before < 40);
    assert.ok(statuses(w).every(([, status]) => status === 'ok'));
  });

  test('over HTTP: what was accepted is whole when they read on', async (t) => {
    const w = world(t, policy());
    const child = spawn(
        mcplexer, [...w.runArgs, '--http', '127.0.0.1:0'],
        {cwd: '/', env: w.env({MCPLEXER_LOG: 'info'}), stdio: ['ignore', 'ignore', 'pipe']});
    let stderr = '';
    child.stderr.on('data', (chunk) => (stderr += chunk));
    const exited = new Promise((done) => child.on('exit', done));
    t.after(async () => {
      child.kill('SIGKILL');
      await exited;
    });
    const [, port] = await eventually('the port', () => /over HTTP on port (\d+)/.exec(stderr));

    // One request on a connection of its own; `read` begins to read it.
    let session = '';
    const sockets = [];
    const post = (body) => {
      const socket = dial(Number(port), '127.0.0.1');
      sockets.push(socket);
      socket.pause();
      let data = '';
      const answer = new Promise((done) => {
        socket.on('data', (chunk) => (data += chunk));
        socket.on('close', () => done(data));
        socket.on('error', () => {});
      });
      socket.write(
          `POST /w/w/mcp HTTP/1.1\r\nHost: localhost:${port}\r\nConnection: close\r\n` +
          'Content-Type: application/json\r\nAccept: application/json, text/event-stream\r\n' +
          `${session}Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
      return {
        read: () => {
          socket.resume();
          return answer;
        },
      };
    };
    t.after(() => sockets.forEach((socket) => socket.destroy()));
    const begun = await post('{"jsonrpc":"2.0","id":0,"method":"initialize","params":{' +
      '"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"x","version":"1"}}}').read();
    [session] = /Mcp-Session-Id: .*\r\n/i.exec(begun);
    await post('{"jsonrpc":"2.0","method":"notifications/initialized"}').read();
    assert.match(await post(call(1, 'f__echo')).read(), /^HTTP\/1.1 200/);

    const before = memory(child.pid, 'VmRSS');
    forgetPeak(child.pid);
    const kEach = 8 << 20;
    const open = Array.from(
        {length: 24}, (_, n) => post(call(10 + n, 'f__big', `{"bytes":${kEach}}`)));
    let seen = -1;
    await eventually('all stand still', async () => {
      const last = seen;
      seen = sentCalls(w);
      await new Promise((done) => setTimeout(done, 500));
      return seen > 1 && seen === last;
    });
    // One message of the server that was being read, one that waits, and what is read at once.
    const peak = memory(child.pid, 'VmHWM') - before;
    assert.ok(peak < 100, `${peak} MiB at the most`);
    const answers = await Promise.all(open.map((one) => one.read()));
    const whole = answers.filter((one) => one.startsWith('HTTP/1.1 200')).length;
    for (const one of answers) {
      assert.match(one.slice(0, 12), /^HTTP\/1.1 (200|503)/);
      if (one.startsWith('HTTP/1.1 200')) assert.ok(one.length > kEach);
    }
    assert.ok(whole > 0);
    assert.equal(sentCalls(w), whole + 1, 'what was refused was not forwarded');
    assert.match(await post(call(99, 'f__echo')).read(), /^HTTP\/1.1 200/);
  });
});
