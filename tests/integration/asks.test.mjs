// SPDX-License-Identifier: Apache-2.0
// What a real server asks of a real client through the gateway: samples, elicitations, roots.

import {CreateMessageRequestSchema, ElicitRequestSchema, ListRootsRequestSchema} from '@modelcontextprotocol/sdk/types.js';
import assert from 'node:assert/strict';
import {describe, test} from 'node:test';

import {eventually, text, world} from './harness.mjs';

const kPolicy = `
server demo { command = ["mcp-server-everything"] }
workspace w { root = "~/w"  default = deny  allow demo__*  as all }
`;
const kCapabilities = {
  capabilities: {sampling: {}, elicitation: {form: {}, url: {}}, roots: {listChanged: true}},
};
const call = (client, name, args = {}) =>
    client.callTool({name: `demo__${name}`, arguments: args});

describe('what a server asks of the client', () => {
  test('a sample of its model', async (t) => {
    const asked = [];
    const gateway = await world(t, kPolicy).client({}, kCapabilities, (client) => {
      client.setRequestHandler(CreateMessageRequestSchema, ({params}) => {
        asked.push(params);
        return {role: 'assistant', model: 'm-1', content: {type: 'text', text: 'said ☃'}};
      });
      client.setRequestHandler(ListRootsRequestSchema, () => ({roots: []}));
    });
    const result = await call(gateway, 'trigger-sampling-request', {prompt: 'hello', maxTokens: 7});
    assert.match(text(result), /"model": "m-1"[^]*said ☃/);
    assert.equal(asked[0].maxTokens, 7);
    assert.match(asked[0].messages[0].content.text, /hello/);
  });

  test('an answer of its user, who is told which server asks', async (t) => {
    const asked = [];
    const gateway = await world(t, kPolicy).client({}, kCapabilities, (client) => {
      client.setRequestHandler(ElicitRequestSchema, ({params}) => {
        asked.push(params);
        return params.mode === 'url' ? {action: 'accept'} :
                                       {action: 'accept', content: {name: 'Zoë'}};
      });
      client.setRequestHandler(ListRootsRequestSchema, () => ({roots: []}));
    });
    assert.match(text(await call(gateway, 'trigger-elicitation-request')), /- Name: Zoë/);
    const url = {url: 'https://example.com/x', message: 'open it', elicitationId: 'e-1'};
    assert.match(
        text(await call(gateway, 'trigger-url-elicitation', url)), /completed the URL elicitation/);
    assert.match(asked[0].message, /^\[demo\] Please provide inputs/);
    assert.deepEqual(
        asked[1], {mode: 'url', ...url, message: '[demo] open it'});
    await assert.rejects(
        call(gateway, 'trigger-url-elicitation', {...url, errorPath: true}), (error) => {
          assert.equal(error.code, -32042);
          assert.match(JSON.stringify(error.data.elicitations), /satisfy the prerequisite/);
          return true;
        });
  });

  test('its roots, and again when they have changed', async (t) => {
    let roots = [{uri: 'file:///a', name: 'first'}];
    const w = world(t, kPolicy);
    const gateway = await w.client({}, kCapabilities, (client) => {
      client.setRequestHandler(ListRootsRequestSchema, () => ({roots}));
    });
    assert.match(text(await call(gateway, 'get-roots-list')), /first\n {3}URI: file:\/\/\/a/);
    roots = [{uri: 'file:///b', name: 'second'}];
    await gateway.sendRootsListChanged();
    await eventually(
        'the new roots', async () => /second/.test(text(await call(gateway, 'get-roots-list'))));
  });

  test('nothing that the client does not offer', async (t) => {
    const w = world(t, kPolicy);
    const gateway = await w.client();
    const names = (await gateway.listTools()).tools.map(({name}) => name);
    assert.ok(names.includes('demo__echo'));
    // Servers see the client's capabilities, and this one offers its tools accordingly.
    assert.ok(!names.some((name) => /sampling|elicitation|roots/.test(name)), names.join());
    const more = await w.client({}, kCapabilities, (client) => {
      client.setRequestHandler(ListRootsRequestSchema, () => ({roots: []}));
    });
    await eventually('its tools', async () => {
      const {tools} = await more.listTools();
      return tools.some(({name}) => name === 'demo__trigger-sampling-request');
    });
  });
});
