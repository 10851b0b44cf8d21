// SPDX-License-Identifier: Apache-2.0
// Real clients of the stateless era (2026-07-28) in front of real servers of the session era, over
// stdio and HTTP; and requests written by hand that show what HTTP headers have to say.

import {Client, StreamableHTTPClientTransport} from '@modelcontextprotocol/client';
import {StdioClientTransport} from '@modelcontextprotocol/client/stdio';
import assert from 'node:assert/strict';
import {spawn} from 'node:child_process';
import {request as httpRequest} from 'node:http';
import {test} from 'node:test';

import {childrenOf, echoServer, eventually, mcplexer, node, text, world} from './harness.mjs';

const kPolicy = `
  server e { command = ["${node}", "${echoServer}", "@JOURNAL@"] }
  server demo { command = ["mcp-server-everything"] }
  principal me { groups = [people] }
  workspace w { root = "~/w"  default = deny  http = true
    allow e__echo, e__hang as all
    deny e__later as later
    allow demo__* as demo
    allow resource demo: "demo://**" as resources
    allow prompt demo__* as prompts }`;

const kVersion = '2026-07-28';
const kCapabilities = {elicitation: {}, sampling: {}, roots: {}};

function ready(t, client, {elicitation, roots, sampling}) {
  t.after(() => client.close());
  if (elicitation) {
    client.setRequestHandler('elicitation/create', ({params}) => {
      client.asked = params;
      return {action: 'accept', content: {name: 'Ada', check: true}};
    });
  }
  if (roots) {
    client.setRequestHandler('roots/list', () => ({roots: [{uri: 'file:///r', name: 'r'}]}));
  }
  if (sampling) {
    client.setRequestHandler('sampling/createMessage', ({params}) => ({
      role: 'assistant',
      model: 'm',
      content: {type: 'text', text: `sampled ${params.messages.length}`},
    }));
  }
  return client;
}

const newClient = (t, capabilities) => ready(t, new Client({name: 'modern', version: '1.0.0'}, {
  capabilities,
  versionNegotiation: {mode: 'auto'},
}), capabilities);

async function overStdio(t, capabilities = kCapabilities) {
  const w = world(t, kPolicy);
  const client = newClient(t, capabilities);
  await client.connect(new StdioClientTransport(
      {command: mcplexer, args: w.runArgs, cwd: w.work, env: w.env(), stderr: 'ignore'}));
  return {client, w};
}

async function gateway(t) {
  const w = world(t, kPolicy);
  const child = spawn(mcplexer, [...w.runArgs, '--http', '127.0.0.1:0'], {
    cwd: '/',
    env: w.env(),
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let stderr = '';
  child.stderr.on('data', (chunk) => (stderr += chunk));
  const exited = new Promise((done) => child.on('exit', (code, signal) => done(signal ?? code)));
  t.after(async () => {
    child.kill('SIGKILL');
    await exited;
    assert.doesNotMatch(stderr, /AddressSanitizer|runtime error:|internal error/);
  });
  const [, port] = await eventually('the port', () => /over HTTP on port (\d+)/.exec(stderr));
  return {w, port: Number(port), pid: child.pid, child, exited};
}

async function overHttp(t, capabilities = kCapabilities) {
  const g = await gateway(t);
  const client = newClient(t, capabilities);
  await client.connect(
      new StreamableHTTPClientTransport(new URL(`http://127.0.0.1:${g.port}/w/w/mcp`)));
  return {client, ...g};
}

for (const [name, connect] of [['stdio', overStdio], ['HTTP', overHttp]]) {
  test(`a client of both eras speaks the newer one over ${name}`, async (t) => {
    // A server that may, asks for roots as soon as it is started, whatever call is open.
    const {client, w} = await connect(t, {elicitation: {}});
    assert.equal(client.getNegotiatedProtocolVersion(), kVersion);
    const {tools} = await client.listTools();
    const names = tools.map((tool) => tool.name);
    assert.ok(names.includes('e__echo') && names.includes('demo__get-sum'), names.join());
    assert.ok(!names.includes('e__later'));
    const sum = await client.callTool({name: 'demo__get-sum', arguments: {a: 2, b: 3}});
    assert.match(text(sum), /5/);
    assert.equal((await client.callTool({name: 'e__later', arguments: {}})).isError, true);
    await assert.rejects(client.callTool({name: 'x__y', arguments: {}}), {code: -32602});
    const {prompts} = await client.listPrompts();
    assert.ok(prompts.some((prompt) => prompt.name === 'demo__simple-prompt'));
    const {resources} = await client.listResources();
    const read = await client.readResource({uri: resources[0].uri});
    assert.equal(read.contents.length, 1);
    const steps = [];
    await client.callTool(
        {name: 'demo__trigger-long-running-operation', arguments: {duration: 1, steps: 4}},
        {onprogress: ({progress}) => steps.push(progress)});
    assert.deepEqual(steps.slice(0, 3), [1, 2, 3]);
    const told = w.received().filter((line) => !line.includes('server/discover'));
    assert.ok(told.every((line) => !line.includes('modelcontextprotocol/')));
  });

  test(`what a server asks in a call is asked of the client over ${name}`, async (t) => {
    const {client, w} = await connect(t);
    const elicited =
        await client.callTool({name: 'demo__trigger-elicitation-request', arguments: {}});
    assert.match(text(elicited), /Ada/);
    assert.match(client.asked.message, /^\[demo\] /);
    assert.equal(client.asked.requestedSchema.type, 'object');
    const sampled = await client.callTool(
        {name: 'demo__trigger-sampling-request', arguments: {prompt: 'x', maxTokens: 5}});
    assert.match(text(sampled), /sampled 1/);
    const intents = w.audit().filter(({intent}) => intent?.method === 'tools/call');
    assert.ok(intents.length >= 4, 'each request is on record');
  });

  test(`changes are told on a subscription over ${name}`, async (t) => {
    const {client} = await connect(t, {});
    const {resources} = await client.listResources();
    const [{uri}] = resources;
    const updated = [];
    client.setNotificationHandler(
        'notifications/resources/updated', ({params}) => updated.push(params.uri));
    const listening = await client.listen({resourceSubscriptions: [uri, 'file:///etc/passwd']});
    assert.deepEqual(listening.honoredFilter.resourceSubscriptions, [uri]);
    await client.callTool({name: 'demo__toggle-subscriber-updates', arguments: {}});
    await eventually('an update', () => updated.includes(uri));
    await listening.close();
  });
}

const meta = (more = {}) => ({
  'io.modelcontextprotocol/protocolVersion': kVersion,
  'io.modelcontextprotocol/clientCapabilities': {},
  ...more,
});

function post(g, body, headers = {}, on = () => {}) {
  return new Promise((done, fail) => {
    const sent = httpRequest({
      port: g.port,
      host: '127.0.0.1',
      path: '/w/w/mcp',
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        'Accept': 'application/json, text/event-stream',
        ...headers,
      },
    });
    sent.on('error', fail);
    sent.on('response', (response) => {
      let data = '';
      response.on('data', (chunk) => {
        data += chunk;
        on(data, sent);
      });
      const ended = () => done({
        status: response.statusCode,
        headers: response.headers,
        data,
        error: data.startsWith('{') ? JSON.parse(data).error : undefined,
      });
      response.on('error', ended);
      response.on('end', ended);
    });
    sent.end(typeof body === 'string' ? body : JSON.stringify(body));
  });
}

const request = (method, params = {}, more = {}) =>
    ({jsonrpc: '2.0', id: 1, method, params: {_meta: meta(more), ...params}});
const headersOf = (method, name) => ({
  'MCP-Protocol-Version': kVersion,
  'Mcp-Method': method,
  ...(name === undefined ? {} : {'Mcp-Name': name}),
});

test('what the headers say has to be what the body says', async (t) => {
  const g = await gateway(t);
  const expect = async (status, code, body, headers) => {
    const answer = await post(g, body, headers);
    assert.equal(answer.status, status, answer.data);
    assert.equal(answer.error?.code, code, answer.data);
    assert.equal(answer.headers['mcp-session-id'], undefined);
    return answer;
  };
  const echo = request('tools/call', {name: 'e__echo', arguments: {}});
  const good = headersOf('tools/call', 'e__echo');
  await expect(200, undefined, request('server/discover'), headersOf('server/discover'));
  await expect(200, undefined, echo, good);
  await expect(200, undefined, echo, {...good, 'Mcp-Session-Id': 'x', 'Last-Event-ID': 'y'});
  const encoded = `=?base64?${Buffer.from('e__echo').toString('base64')}?=`;
  await expect(200, undefined, echo, {...good, 'Mcp-Name': encoded});
  for (const wrong of [
           {'Mcp-Name': 'e__hang'}, {'Mcp-Name': '=?base64?!?='}, {'Mcp-Method': 'tools/list'},
           {'Mcp-Method': 'Tools/Call'}, {'MCP-Protocol-Version': '2025-11-25'}]) {
    await expect(400, -32020, echo, {...good, ...wrong});
  }
  for (const missing of Object.keys(good)) {
    const rest = Object.fromEntries(Object.entries(good).filter(([key]) => key !== missing));
    await expect(400, -32020, echo, rest);
  }
  await expect(400, -32602, {jsonrpc: '2.0', id: 1, method: 'tools/list'}, headersOf('tools/list'));
  const old = request('tools/list', {}, {'io.modelcontextprotocol/protocolVersion': '1900-01-01'});
  const refused =
      await expect(400, -32022, old, {...headersOf('tools/list'), 'MCP-Protocol-Version': '1900-01-01'});
  assert.equal(refused.error.data.supported[0], kVersion);
  assert.equal(refused.error.data.requested, '1900-01-01');
  for (const method of ['ping', 'initialize', 'no/such']) {
    await expect(404, -32601, request(method), headersOf(method));
  }
  await expect(200, -32602, request('tools/call', {name: 'x__y'}), headersOf('tools/call', 'x__y'));
  await expect(400, -32700, '{', good);
  await expect(400, -32000, '{"jsonrpc":"2.0","id":1,"method":"ping"}', {'MCP-Protocol-Version': 'x'});
  const told = await post(
      g, '{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":1}}',
      {'MCP-Protocol-Version': kVersion});
  assert.deepEqual([told.status, told.data], [202, '']);
  const denied = await post(g, request('tools/call', {name: 'e__later', arguments: {}}),
                            headersOf('tools/call', 'e__later'));
  assert.match(denied.data, /denied by/);
});

test('a connection that is closed is a cancellation', async (t) => {
  const g = await gateway(t);
  const hang = request('tools/call', {name: 'e__hang', arguments: {}});
  const sent = httpRequest({
    port: g.port,
    host: '127.0.0.1',
    path: '/w/w/mcp',
    method: 'POST',
    headers: {
      'Content-Type': 'application/json',
      'Accept': 'application/json, text/event-stream',
      ...headersOf('tools/call', 'e__hang'),
    },
  });
  sent.on('error', () => {});
  sent.end(JSON.stringify(hang));
  await eventually('the call', () => g.w.received().some((line) => line.includes('"hang"')));
  sent.destroy();
  await eventually('its cancellation',
                   () => g.w.received().some((line) => line.includes('notifications/cancelled')));
});

test('ids of many clients at once are their own', async (t) => {
  const g = await gateway(t);
  const answers = await Promise.all(Array.from({length: 20}, (_, n) => post(
      g, request('tools/call', {name: 'e__echo', arguments: {n}}), headersOf('tools/call', 'e__echo'))));
  for (const [n, {data}] of answers.entries()) {
    const {id, result} = JSON.parse(data);
    assert.equal(id, 1);
    assert.equal(text(result), `{"n":${n}}`);
  }
  assert.equal(childrenOf(g.pid).length, 1, 'they introduce themselves alike');
});

test('a subscription ends in order with the gateway', async (t) => {
  const g = await gateway(t);
  const listen = request('subscriptions/listen', {notifications: {toolsListChanged: true}});
  let told = false;  // only once: another signal ends it at once
  const ended = await post(g, {...listen, id: 'L'}, headersOf('subscriptions/listen'), (data) => {
    if (!told && data.includes('acknowledged')) told = g.child.kill('SIGTERM');
  });
  const messages = ended.data.split('\n').filter((line) => line.startsWith('data: '))
                       .map((line) => JSON.parse(line.slice(6)));
  assert.equal(messages.length, 2, ended.data);
  const key = 'io.modelcontextprotocol/subscriptionId';
  assert.equal(messages[0].params._meta[key], 'L');
  assert.deepEqual(messages[0].params.notifications, {toolsListChanged: true});
  assert.equal(messages[1].id, 'L');
  assert.equal(messages[1].result._meta[key], 'L');
  assert.equal(await g.exited, 0);
});
