// SPDX-License-Identifier: Apache-2.0
// Real servers of the stateless era (2026-07-28) behind the gateway, over stdio and HTTP, with
// clients of both eras; and servers of the session era that do not bear to be asked which they are.

import {Client as ModernClient} from '@modelcontextprotocol/client';
import {StdioClientTransport} from '@modelcontextprotocol/client/stdio';
import {
  ElicitRequestSchema,
  ListRootsRequestSchema,
  ResourceUpdatedNotificationSchema,
  ToolListChangedNotificationSchema
} from '@modelcontextprotocol/sdk/types.js';
import assert from 'node:assert/strict';
import {spawn} from 'node:child_process';
import * as fs from 'node:fs';
import {dirname, join} from 'node:path';
import {test} from 'node:test';

import {echoServer, eventually, mcplexer, node, text, world} from './harness.mjs';

const kServer = join(dirname(echoServer), 'modern.mjs');

const policyFor = (server) => `
  server m { ${server} }
  workspace w { root = "~/w"  default = deny
    allow m__*  as tools
    allow resource m: "test://**"  as resources }`;

const overStdio = async () => ({policy: policyFor(`command = ["${node}", "${kServer}"]`)});

async function overHttp(t) {
  const child = spawn(node, [kServer, '--http'], {stdio: ['ignore', 'pipe', 'inherit']});
  t.after(() => child.kill('SIGKILL'));
  let out = '';
  child.stdout.on('data', (chunk) => (out += chunk));
  const port = await eventually('the port', () => /^(\d+)\n/.exec(out)?.[1]);
  return {
    policy: policyFor(`url = "http://127.0.0.1:${port}/mcp"`),
    requests: () => out.split('\n').slice(1, -1).map((line) => JSON.parse(line)),
  };
}

function answering(client, elicit, roots) {
  const asked = [];
  client.setRequestHandler(elicit, ({params}) => {
    asked.push(params);
    return {action: 'accept', content: {name: 'Ada', n: 1.5}};
  });
  client.setRequestHandler(roots, () => ({roots: [{uri: 'file:///r'}]}));
  return asked;
}

async function modernClient(t, w) {
  const client = new ModernClient({name: 'modern', version: '1.0.0'}, {
    capabilities: {elicitation: {}, roots: {}},
    versionNegotiation: {mode: 'auto'},
  });
  const asked = answering(client, 'elicitation/create', 'roots/list');
  t.after(() => client.close());
  await client.connect(new StdioClientTransport(
      {command: mcplexer, args: w.runArgs, cwd: w.work, env: w.env(), stderr: 'ignore'}));
  return {client, asked};
}

for (const [name, serve] of [['stdio', overStdio], ['HTTP', overHttp]]) {
  test(`a client of the session era uses a server of the other over ${name}`, async (t) => {
    const {policy, requests} = await serve(t);
    const w = world(t, policy);
    let asked;
    const client = await w.client({}, {capabilities: {elicitation: {}, roots: {}}}, (one) => {
      asked = answering(one, ElicitRequestSchema, ListRootsRequestSchema);
    });
    const changes = [];
    client.setNotificationHandler(ToolListChangedNotificationSchema, () => changes.push('tools'));
    client.setNotificationHandler(
        ResourceUpdatedNotificationSchema, ({params}) => changes.push(params.uri));
    const {tools} = await client.listTools();
    assert.deepEqual(tools.map((tool) => tool.name).sort(),
                     ['m__ask', 'm__change', 'm__list', 'm__sum']);
    assert.equal(text(await client.callTool({name: 'm__sum', arguments: {a: 2, b: 3}})), '5');
    assert.equal(text(await client.callTool({name: 'm__ask', arguments: {}})), 'second Ada, 1 roots');
    assert.equal(asked.length, 1);
    assert.equal(asked[0].message, '[m] Name?');
    assert.deepEqual(asked[0].requestedSchema.properties,
                     {name: {type: 'string', default: 'Bob'}, n: {type: 'number', default: 1.5}});
    const listed = await client.callTool({name: 'm__list', arguments: {}});
    assert.deepEqual(listed.structuredContent, {result: [1, 2]});
    const read = await client.readResource({uri: 'test://watched'});
    assert.equal(read.contents[0].text, 'watched');
    await client.subscribeResource({uri: 'test://watched'});
    await client.callTool({name: 'm__change', arguments: {}});
    await eventually('both changes',
                     () => changes.includes('tools') && changes.includes('test://watched'));
    if (!requests) return;
    for (const [headers, body] of requests()) {
      const {method, params} = JSON.parse(body);
      assert.equal(headers['mcp-protocol-version'], '2026-07-28');
      assert.equal(headers['mcp-method'], method);
      assert.equal(headers['mcp-name'],
                   {'tools/call': params.name, 'resources/read': params.uri}[method]);
      assert.equal(headers['mcp-session-id'], undefined);
    }
    assert.equal(JSON.parse(requests()[0][1]).method, 'server/discover');
  });

  test(`a client of the same era is passed through over ${name}`, async (t) => {
    const {policy} = await serve(t);
    const w = world(t, policy);
    const {client, asked} = await modernClient(t, w);
    assert.equal(client.getNegotiatedProtocolVersion(), '2026-07-28');
    await client.listTools();
    assert.equal(text(await client.callTool({name: 'm__ask', arguments: {}})), 'second Ada, 1 roots');
    assert.equal(asked[0].message, '[m] Name?');
    const listed = await client.callTool({name: 'm__list', arguments: {}});
    assert.deepEqual(listed.structuredContent, [1, 2]);
    const changes = [];
    client.setNotificationHandler(
        'notifications/resources/updated', ({params}) => changes.push(params.uri));
    const listening = await client.listen({resourceSubscriptions: ['test://watched']});
    assert.deepEqual(listening.honoredFilter.resourceSubscriptions, ['test://watched']);
    await client.callTool({name: 'm__change', arguments: {}});
    await eventually('the update', () => changes.includes('test://watched'));
    await listening.close();
    assert.equal(w.audit().filter(({intent}) => intent?.method === 'tools/call').length, 5);
  });
}

// Servers that end upon whatever comes before `initialize`, or say nothing to it.
for (const [name, reaction] of [['ends', 'process.exit(1)'], ['says nothing', 'return']]) {
  test(`a server that ${name} when it is asked for its era is used`, async (t) => {
    const w = world(t, policyFor(`command = ["${node}", "server.mjs"]`));
    fs.writeFileSync(join(w.work, 'server.mjs'), `
      import {createInterface} from 'node:readline';
      const answer = (id, result) =>
          process.stdout.write(JSON.stringify({jsonrpc: '2.0', id, result}) + '\\n');
      let begun = false;
      createInterface({input: process.stdin}).on('line', (line) => {
        const {id, method} = JSON.parse(line);
        if (method === 'initialize') {
          begun = true;
          return answer(id, {protocolVersion: '2025-06-18', capabilities: {tools: {}}});
        }
        if (!begun) ${reaction};
        if (method === 'tools/list') answer(id, {tools: []});
        if (method === 'tools/call') answer(id, {content: [{type: 'text', text: 'here'}]});
      });`);
    const client = await w.client();
    assert.equal(text(await client.callTool({name: 'm__x', arguments: {}})), 'here');
  });
}
