// SPDX-License-Identifier: Apache-2.0
// Clients over Streamable HTTP: a real one, and requests written by hand that show what is refused,
// and how.

import {Client} from '@modelcontextprotocol/sdk/client/index.js';
import {StreamableHTTPClientTransport} from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import {request as httpRequest} from 'node:http';
import {connect as dial} from 'node:net';
import {test} from 'node:test';

import {call, childrenOf, echoServer, eventually, mcplexer, node, overHttp, text, world} from './harness.mjs';

const kPolicy = `
  server e { command = ["${node}", "${echoServer}", "@JOURNAL@"] }
  server demo { command = ["mcp-server-everything"] }
  principal me { groups = [people] }
  workspace open { root = "~/w"  default = deny  http = true
    allow e__echo, e__later, e__hang, demo__* as all
    allow e__grandchild for me as mine
  }
  workspace closed { root = "~/other"  default = allow }`;

// The gateway on a port of its own choice.
async function gateway(t, policy = kPolicy) {
  const w = world(t, policy);
  const served = await overHttp(t, w, ['--as', 'me']);
  return {w, ...served, path: '/w/open/mcp'};
}

async function client(t, {port, path}) {
  const transport = new StreamableHTTPClientTransport(new URL(`http://127.0.0.1:${port}${path}`));
  const one = new Client({name: 'http', version: '1.0.0'});
  t.after(() => one.close());
  await one.connect(transport);
  return Object.assign(one, {session: transport.sessionId, end: () => transport.terminateSession()});
}

const kPost = {
  'Content-Type': 'application/json',
  'Accept': 'application/json, text/event-stream',
};

// One request by hand. `on` sees each chunk and may cut the connection.
function ask({port, path}, body, {method = 'POST', headers = {}, at = path, on} = {}) {
  return new Promise((done, fail) => {
    const sent = httpRequest({
      port,
      host: '127.0.0.1',
      path: at,
      method,
      headers: {...(method === 'POST' ? kPost : {}), ...headers},
    });
    sent.on('error', fail);
    sent.on('response', (response) => {
      let data = '';
      const ended = () => done({
        status: response.statusCode,
        headers: response.headers,
        data,
        json: () => JSON.parse(data),
      });
      response.on('data', (chunk) => {
        data += chunk;
        on?.(data, () => sent.destroy());
      });
      response.on('error', ended);
      response.on('end', ended);
    });
    sent.end(body);
  });
}

const kInitialize =
    '{"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-11-25",' +
    '"capabilities":{},"clientInfo":{"name":"raw","version":"1"}}}';

async function begin(g) {
  const answer = await ask(g, kInitialize);
  assert.equal(answer.status, 200);
  assert.equal(answer.json().id, 0);
  const id = answer.headers['mcp-session-id'];
  assert.match(id, /^[0-9a-f]{32}$/);
  const session = {'Mcp-Session-Id': id, 'MCP-Protocol-Version': '2025-11-25'};
  const initialized = await ask(
      g, '{"jsonrpc":"2.0","method":"notifications/initialized"}', {headers: session});
  assert.deepEqual([initialized.status, initialized.data], [202, '']);
  return session;
}

// The events of a stream: [id, data].
const events = (data) => data.split('\n\n').filter((one) => one.startsWith('id: ')).map((one) => {
  const [, id] = /^id: (.*)$/m.exec(one);
  const [, json] = /^data: (.*)$/m.exec(one) ?? [];
  return [id, json ? JSON.parse(json) : undefined];
});

test('a real client is served, as nobody in particular', async (t) => {
  const g = await gateway(t);
  const one = await client(t, g);
  const {tools} = await one.listTools();
  const names = tools.map(({name}) => name);
  assert.ok(names.includes('e__echo') && names.some((name) => name.startsWith('demo__')));
  assert.ok(!names.includes('e__grandchild'), 'a rule for somebody is not for the anonymous');
  const denied = await one.callTool({name: 'e__grandchild', arguments: {}});
  assert.equal(denied.isError, true);
  const answers = await Promise.all(Array.from(
      {length: 20}, (_, n) => one.callTool({name: 'e__echo', arguments: {n}}).then(text)));
  assert.deepEqual(answers, Array.from({length: 20}, (_, n) => `{"n":${n}}`));
  const steps = [];
  const slow = await one.callTool(
      {name: 'demo__trigger-long-running-operation', arguments: {duration: 1, steps: 4}}, undefined,
      {onprogress: ({progress}) => steps.push(progress)});
  assert.match(text(slow), /completed/i);
  assert.deepEqual(steps.slice(0, 3), [1, 2, 3]);
  const intents = g.w.audit().map(({intent}) => intent);
  assert.ok(intents.every(({principal, workspace, subpath}) =>
      principal === null && workspace === 'open' && subpath === ''));
  assert.equal(childrenOf(g.pid).length, 2);
  await one.end();
  await eventually('its servers are gone', () => childrenOf(g.pid).length === 0);
});

test('each client has its own session, ids mean nothing across them or within', async (t) => {
  const g = await gateway(t);
  const [a, b] = [await begin(g), await begin(g)];
  assert.notEqual(a['Mcp-Session-Id'], b['Mcp-Session-Id']);
  const asked = [];
  for (let n = 0; n < 10; ++n) {
    const headers = n % 2 === 0 ? a : b;
    asked.push(ask(g, call(1, 'e__echo', `{"n":${n}}`), {headers}));
  }
  for (const [n, answer] of (await Promise.all(asked)).entries()) {
    assert.equal(answer.status, 200);
    assert.equal(answer.headers['content-type'], 'application/json');
    assert.equal(answer.json().id, 1);
    assert.equal(text(answer.json().result), `{"n":${n}}`);
  }
  const odd = await ask(g, call('"\\u0041"', 'e__echo'), {headers: a});
  assert.match(odd.data, /"id":"\\u0041"/);
});

test('what is refused, and how', async (t) => {
  const g = await gateway(t);
  const headers = await begin(g);
  const ping = '{"jsonrpc":"2.0","id":7,"method":"ping"}';
  const expect = async (status, code, body, options) => {
    const answer = await ask(g, body, options);
    assert.equal(answer.status, status, answer.data);
    if (code !== null) assert.equal(answer.json().error.code, code, answer.data);
    return answer;
  };
  await expect(406, -32000, kInitialize, {headers: {Accept: 'application/json'}});
  await expect(406, -32000, kInitialize, {headers: {Accept: 'text/event-stream, application/json;q=0'}});
  await expect(200, null, ping, {headers: {...headers, Accept: '*/*'}});
  await expect(415, -32000, kInitialize, {headers: {'Content-Type': 'text/plain'}});
  await expect(415, -32000, kInitialize, {headers: {'Content-Encoding': 'gzip'}});
  const port = `:${g.port}`;
  for (const host of ['evil.example', `evil.example${port}`, 'localhost', '127.0.0.1', `10.0.0.1${port}`]) {
    await expect(403, -32000, kInitialize, {headers: {Host: host}});
  }
  for (const origin of ['http://evil.example', `http://evil.example${port}`, `https://localhost${port}`, 'null', '']) {
    await expect(403, -32000, kInitialize, {headers: {Origin: origin}});
  }
  await expect(200, null, ping, {headers: {...headers, Host: `LOCALHOST${port}`, Origin: `http://localhost${port}`}});
  await expect(400, -32000, ping, {headers: {...headers, 'MCP-Protocol-Version': '1999-01-01'}});
  await expect(400, -32000, ping);
  await expect(404, -32001, ping, {headers: {'Mcp-Session-Id': '0'.repeat(32)}});
  await expect(400, -32600, '{"jsonrpc":"2.0","id":null,"method":"ping"}', {headers});
  await expect(400, -32700, '{"jsonrpc":', {headers});
  await expect(400, -32600, '[]', {headers});
  await expect(400, -32600, `[${ping}]`, {headers});
  await expect(200, -32600, kInitialize, {headers});
  await expect(200, -32601, '{"jsonrpc":"2.0","id":1,"method":"no/such"}', {headers});
  await expect(200, -32602, call(1, 'nobody__x'), {headers});
  await expect(200, -32602, call(1, 'e__echo', '{"a":1,"a":2}'), {headers});
  const bad = await expect(200, -32602, '{"jsonrpc":"2.0","id":1,"method":"initialize","params":{}}');
  assert.equal(bad.headers['mcp-session-id'], undefined);
  for (const at of ['/', '/mcp', '/w/closed/mcp', '/w/none/mcp', '/w//mcp', '/w/open/mcp/', '/w/%6fpen/mcp', '/w/open/mcp?x']) {
    await expect(404, null, kInitialize, {at});
  }
  for (const method of ['PUT', 'OPTIONS', 'PATCH']) {
    const answer = await expect(405, -32000, '', {method, headers: {'Content-Length': '0'}});
    assert.equal(answer.headers.allow, 'GET, POST, DELETE');
    assert.equal(answer.headers['access-control-allow-origin'], undefined);
  }
  await expect(406, -32000, undefined, {method: 'GET', headers});
  await expect(413, null, '', {headers: {...headers, 'Content-Length': String(65 << 20)}});
  await expect(400, -32000, undefined, {method: 'DELETE'});
  await expect(200, null, undefined, {method: 'DELETE', headers});
  await expect(404, -32001, undefined, {method: 'DELETE', headers});
  await expect(404, -32001, ping, {headers});
});

test('a client whose connection breaks gets the rest', async (t) => {
  const g = await gateway(t);
  const headers = await begin(g);
  const slow = call(
      5, 'demo__trigger-long-running-operation', '{"duration":2,"steps":4}',
      ',"_meta":{"progressToken":"p"}');
  const cut = await ask(g, slow, {
    headers,
    on: (data, destroy) => events(data).some(([, json]) => json?.params?.progress === 2) && destroy(),
  });
  assert.equal(cut.headers['content-type'], 'text/event-stream');
  const seen = events(cut.data);
  assert.equal(seen[0][1], undefined, 'an id before there is anything to lose');
  const resume = {...headers, 'Accept': 'text/event-stream', 'Last-Event-ID': seen.at(-1)[0]};
  const rest = events((await ask(g, undefined, {method: 'GET', headers: resume})).data);
  const all = [...seen, ...rest].map(([, json]) => json).filter(Boolean);
  assert.deepEqual(all.slice(0, 4).map(({params}) => [params.progress, params.progressToken]),
      [[1, 'p'], [2, 'p'], [3, 'p'], [4, 'p']]);
  assert.equal(all[4].id, 5);
  assert.equal(all.length, 5);
  // From the start, as often as one likes, but not what never was.
  const again = await ask(
      g, undefined, {method: 'GET', headers: {...resume, 'Last-Event-ID': seen[0][0]}});
  assert.equal(events(again.data).length, 5);
  for (const id of ['77-1', 'x', '1', `${seen[0][0].split('-')[0]}-99`]) {
    const answer = await ask(g, undefined, {method: 'GET', headers: {...resume, 'Last-Event-ID': id}});
    assert.equal(answer.status, 400);
  }
});

test('a cancelled call ends its POST', async (t) => {
  const g = await gateway(t);
  const headers = await begin(g);
  const open = ask(g, call(9, 'e__hang'), {headers});
  await eventually('the call', () => g.w.received().some((line) => line.includes('"hang"')));
  const cancel = (id) => ask(
      g, `{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":${id}}}`,
      {headers});
  assert.equal((await cancel('"9"')).status, 202);
  assert.equal((await cancel('9')).status, 202);
  assert.deepEqual(events((await open).data).filter(([, json]) => json), []);
  await eventually('the server knows', () => g.w.received().some((line) => line.includes('cancelled')));
  assert.equal(g.w.audit()[0].status, 'cancelled');
});

test('a client has one stream for what belongs to no call, until it ends the session', async (t) => {
  const g = await gateway(t);
  const headers = {...await begin(g), Accept: 'text/event-stream'};
  let heard = '';
  const stream = ask(g, undefined, {method: 'GET', headers, on: (data) => (heard = data)});
  await eventually('the stream', () => heard !== '');
  const second = await ask(g, undefined, {method: 'GET', headers});
  assert.equal(second.status, 409);
  const gone = await ask(g, undefined, {method: 'DELETE', headers});
  assert.equal(gone.status, 200);
  assert.equal((await stream).status, 200);
});

test('broken requests cost their connection only', async (t) => {
  const g = await gateway(t);
  const say = (bytes) => new Promise((done) => {
    const socket = dial(g.port, '127.0.0.1');
    let heard = '';
    socket.on('data', (chunk) => (heard += chunk));
    socket.on('error', () => {});
    socket.on('close', () => done(heard));
    socket.write(bytes);
  });
  const host = `Host: 127.0.0.1:${g.port}\r\n`;
  assert.match(await say('hello\r\n\r\n'), /^HTTP\/1.1 400 /);
  assert.match(await say(`POST /w/open/mcp HTTP/1.1\r\n${host}Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n`), /^HTTP\/1.1 400 /);
  assert.match(await say(`GET /w/open/mcp HTTP/1.1\r\n${host}X: ${'x'.repeat(40000)}\r\n\r\n`), /^HTTP\/1.1 400 /);
  assert.match(await say('GET /w/open/mcp HTTP/1.1\r\nConnection: close\r\n\r\n'), /^HTTP\/1.1 400 /);
  assert.match(await say(`GET /w/open/mcp HTTP/1.1\r\n${host}${host}Connection: close\r\n\r\n`), /^HTTP\/1.1 400 /);
  await begin(g);
});

test('only this machine is served, and a signal ends everything', async (t) => {
  const g = await gateway(t);
  for (const address of ['0.0.0.0:0', '192.168.0.1:80', 'example.com:80', '127.0.0.1', ':80']) {
    const refused = spawnSync(mcplexer, [...g.w.runArgs, '--http', address], {encoding: 'utf8'});
    assert.equal(refused.status, 2, address);
  }
  const headers = await begin(g);
  const open = ask(g, call(1, 'e__hang'), {headers}).catch(() => null);
  await eventually('the call', () => g.w.received().some((line) => line.includes('"hang"')));
  process.kill(g.pid, 'SIGTERM');
  assert.equal(await g.exited, 0);
  const answer = await open;
  assert.match(answer.data, /the gateway is shutting down/);
});
