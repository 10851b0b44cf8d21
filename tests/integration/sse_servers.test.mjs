// SPDX-License-Identifier: Apache-2.0
// Servers of HTTP+SSE, the transport of 2024-11-05, behind the gateway: the reference server in
// that mode, and one of our own that shows what it was sent.

import assert from 'node:assert/strict';
import {spawn} from 'node:child_process';
import {createServer} from 'node:http';
import {createServer as createTcpServer} from 'node:net';
import {test} from 'node:test';

import {call, eventually, path, text, world} from './harness.mjs';

// A port that was free a moment ago.
async function freePort() {
  const server = createTcpServer().listen(0, '127.0.0.1');
  await new Promise((done) => server.once('listening', done));
  const {port} = server.address();
  await new Promise((done) => server.close(done));
  return port;
}

// The reference server on `port`, once it listens.
async function everything(t, port) {
  const child = spawn(
      'mcp-server-everything', ['sse'],
      {env: {PATH: path, PORT: String(port)}, stdio: ['ignore', 'ignore', 'pipe']});
  const exited = new Promise((done) => child.on('exit', done));
  const kill = async () => {
    child.kill('SIGKILL');
    await exited;
  };
  t.after(kill);
  const self = {pid: child.pid, kill, said: ''};
  child.stderr.on('data', (chunk) => (self.said += chunk));
  await eventually('the server listens', () => self.said.includes('running on port'));
  return self;
}

const policy = (port, more = '') => `
  server demo { url = "http://127.0.0.1:${port}/sse" ${more} }
  server local { command = ["mcp-server-everything"] }
  workspace w { root = "~/w"  default = deny  allow demo__*, local__*  as all }`;

const echo = (client, message) => client.callTool({name: 'demo__echo', arguments: {message}});

test('a server of the old transport is used like one over stdio', async (t) => {
  const port = await freePort();
  const server = await everything(t, port);
  const w = world(t, policy(port));
  const client = await w.client();
  const {tools} = await client.listTools();
  const of = (prefix) => tools.filter(({name}) => name.startsWith(prefix))
                             .map((tool) => ({...tool, name: tool.name.slice(prefix.length)}));
  assert.ok(of('demo__').length > 5);
  assert.deepEqual(of('demo__'), of('local__'));
  const many = await Promise.all(
      Array.from({length: 40}, (_, n) => echo(client, `message ${n}.`).then(text)));
  many.forEach((answer, n) => assert.ok(answer.includes(`message ${n}.`)));
  await client.close();
  assert.ok(w.audit().every(({status}) => status === 'ok'));
  await eventually('the session has ended', () => server.said.includes('Client Disconnected'));
});

test('progress comes in order and before the answer', async (t) => {
  const port = await freePort();
  await everything(t, port);
  const gateway = await world(t, policy(port)).raw().open();
  gateway.send(call(
      1, 'demo__trigger-long-running-operation', '{"duration":1,"steps":4}',
      ',"_meta":{"progressToken":"mine"}'));
  for (const step of [1, 2, 3, 4]) {
    const {method, params} = JSON.parse(await gateway.next());
    assert.equal(method, 'notifications/progress');
    assert.deepEqual([params.progress, params.progressToken], [step, 'mine']);
  }
  const {id, result} = JSON.parse(await gateway.next());
  assert.equal(id, 1);
  assert.match(text(result), /completed/i);
});

test('killed in the middle of a call and started again', async (t) => {
  const port = await freePort();
  const first = await everything(t, port);
  const w = world(t, policy(port));
  const client = await w.client();
  await echo(client, 'a');
  const open = client.callTool({
    name: 'demo__trigger-long-running-operation',
    arguments: {duration: 60, steps: 2},
  });
  open.catch(() => {});
  await eventually('the open call', () => w.audit().some(({status}) => status === 'pending'));
  await first.kill();
  await assert.rejects(
      open, ({code, message}) => code === -32000 && /server `demo` .*connection/i.test(message));
  await assert.rejects(echo(client, 'nobody there'), ({code}) => code === -32000);

  await everything(t, port);
  // What came of the attempt in between may have to be waited for: the delay grows.
  const again = await eventually(
      'a new session', () => echo(client, 'b').then(text, () => false));
  assert.match(again, /b/);
  await client.close();
  const calls = w.audit().map(({intent, status}) => [intent.tool, status]);
  assert.deepEqual(calls.slice(0, 2), [
    ['echo', 'ok'], ['trigger-long-running-operation', 'interrupted'],
  ]);
});

// A server of our own; `endpoint` is what it names, given its port. What it is sent is in `seen`.
async function own(t, endpoint = () => '/post?session=1') {
  const self = {seen: []};
  let stream;
  const say = (message) => stream.write(`event: message\ndata: ${JSON.stringify(message)}\n\n`);
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => (body += chunk));
    request.on('end', () => {
      self.seen.push({method: request.method, url: request.url, headers: request.headers, body});
      if (request.method === 'GET') {
        stream = response.writeHead(200, {'Content-Type': 'text/event-stream'});
        return stream.write(`event: endpoint\ndata: ${endpoint(server.address().port)}\n\n`);
      }
      if (request.url !== '/post?session=1') return response.writeHead(405).end();
      response.writeHead(202).end('Accepted');
      const {id, method, params} = JSON.parse(body);
      if (id === undefined) return;
      const result = method === 'initialize' ?
          {protocolVersion: '2024-11-05', capabilities: {tools: {}}} :
          {content: [{type: 'text', text: `${params.name} for ${request.headers['x-team']}`}]};
      say({jsonrpc: '2.0', id, result});
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

const scoped = (port) => `
  secret key = env("KEY")
  scope dev { type = header  set Authorization = "Bearer \${secret(key)}"  set X-Team = "blue" }
  server web { url = "http://127.0.0.1:${port}/sse" }
  workspace w { root = "~/w"  allow web__* using dev }`;

test('a scope becomes headers of the stream and of each message', async (t) => {
  const server = await own(t);
  const w = world(t, scoped(server.port));
  const client = await w.client({KEY: 'hunter2-hunter2'});
  assert.equal(text(await client.callTool({name: 'web__x', arguments: {}})), 'x for blue');
  await client.close();
  assert.deepEqual(
      server.seen.slice(0, 4).map(({method, url}) => `${method} ${url}`),
      ['POST /sse', 'POST /sse', 'GET /sse', 'POST /post?session=1'],
      'server/discover, initialize, and as the older transport wants it');
  assert.ok(server.seen.every(({headers}) => headers.authorization === 'Bearer hunter2-hunter2'));
  assert.doesNotMatch(w.stderr, /hunter2/);
  assert.doesNotMatch(JSON.stringify(w.audit()), /hunter2/);
});

test('an endpoint somewhere else gets nothing, credentials least of all', async (t) => {
  const elsewhere = await own(t);
  for (const host of ['127.0.0.1', 'localhost']) {
    const server = await own(t, () => `http://${host}:${elsewhere.port}/post?session=1`);
    const w = world(t, scoped(server.port));
    const client = await w.client({KEY: 'hunter2-hunter2'});
    await assert.rejects(client.callTool({name: 'web__x', arguments: {}}), (error) => {
      assert.match(error.message, /names an endpoint that is not used: leads to another origin/);
      assert.doesNotMatch(error.message, /hunter2/);
      return true;
    });
    await client.close();
  }
  assert.deepEqual(elsewhere.seen, []);
});
