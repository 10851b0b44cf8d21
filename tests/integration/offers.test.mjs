// SPDX-License-Identifier: Apache-2.0
// What servers offer besides tools, of a real server to a real client: prompts, resources,
// templates, completion, subscriptions, log messages. The oracle is the same client connected to
// the same server without a gateway.

import {LoggingMessageNotificationSchema, ResourceUpdatedNotificationSchema, ResultSchema} from '@modelcontextprotocol/sdk/types.js';
import assert from 'node:assert/strict';
import {describe, test} from 'node:test';

import {eventually, world} from './harness.mjs';

const kPolicy = `
server demo { command = ["mcp-server-everything"] }
server more { command = ["mcp-server-everything"] }
workspace w {
  root    = "~/w"
  default = deny
  allow demo__*  as tools
  allow prompt demo__*  as prompts
  deny  prompt demo__args-*  as never
  allow resource demo: "demo://**"  as resources
  deny  resource demo: "demo://resource/static/document/s*"  as hidden
}
`;
const raw = (client, method, params = {}) => client.request({method, params}, ResultSchema);
const code = (promise) => promise.then(() => 0, (error) => error.code);

describe('what a server offers besides tools', () => {
  test('prompts: prefixed, filtered, otherwise as they are', async (t) => {
    const w = world(t, kPolicy);
    const [gateway, direct] = [await w.client(), await w.direct('mcp-server-everything')];
    const expected = (await raw(direct, 'prompts/list'))
                         .prompts.filter(({name}) => !name.startsWith('args-'))
                         .map((prompt) => ({...prompt, name: `demo__${prompt.name}`}));
    assert.ok(expected.length >= 2);
    assert.equal(
        JSON.stringify((await raw(gateway, 'prompts/list')).prompts), JSON.stringify(expected));
    const get = (client, name, more = {}) => raw(client, 'prompts/get', {name, ...more});
    assert.deepEqual(await get(gateway, 'demo__simple-prompt'), await get(direct, 'simple-prompt'));
    const team = {arguments: {department: 'Sales', name: 'Eve'}};
    assert.deepEqual(
        await get(gateway, 'demo__completable-prompt', team),
        await get(direct, 'completable-prompt', team));
    await assert.rejects(
        get(gateway, 'demo__args-prompt', {arguments: {city: 'x'}}), /denied by w\.never/);
    assert.equal(await code(get(gateway, 'demo__nope')), await code(get(direct, 'nope')));
    const calls = w.audit().map(({intent}) => intent);
    assert.deepEqual(calls.map(({method}) => method), Array(4).fill('prompts/get'));
    assert.deepEqual(calls.map(({kind}) => kind), Array(4).fill('prompt'));
  });

  test('resources and templates: unchanged, filtered, read where they are', async (t) => {
    const w = world(t, kPolicy);
    const [gateway, direct] = [await w.client(), await w.direct('mcp-server-everything')];
    const expected = (await raw(direct, 'resources/list'))
                         .resources.filter(({uri}) => !/document\/s/.test(uri));
    assert.ok(expected.length >= 2);
    assert.equal(
        JSON.stringify((await raw(gateway, 'resources/list')).resources), JSON.stringify(expected));
    assert.equal(
        JSON.stringify(await raw(gateway, 'resources/templates/list')),
        JSON.stringify(await raw(direct, 'resources/templates/list')));
    const read = (client, uri) => raw(client, 'resources/read', {uri});
    for (const {uri} of expected) {
      assert.deepEqual(await read(gateway, uri), await read(direct, uri));
    }
    const {contents: [dynamic]} = await read(gateway, 'demo://resource/dynamic/text/7');
    assert.match(dynamic.text, /^Resource 7: /);
    await assert.rejects(
        read(gateway, 'demo://resource/static/document/startup.md'), /denied by w\.hidden/);
    assert.equal(await code(read(gateway, 'demo://nope')), await code(read(direct, 'demo://nope')));
  });

  test('with a second server, each resource is read where it is listed or linked', async (t) => {
    const policy = kPolicy.replace('  deny  resource', `  allow resource more: "demo://resource/static/document/a*"
  allow resource more: "demo://resource/dynamic/blob/*"
  deny  resource demo: "demo://resource/dynamic/blob/*"
  deny  resource`);
    const w = world(t, policy);
    const gateway = await w.client();
    const read = (uri) => raw(gateway, 'resources/read', {uri});
    // It could be read from both, so it is listed for neither.
    const {resources} = await raw(gateway, 'resources/list');
    assert.ok(!resources.some(({uri}) => uri.endsWith('/architecture.md')));
    await assert.rejects(
        read('demo://resource/static/document/architecture.md'), /servers `demo` and `more`/);
    await read('demo://resource/static/document/features.md');
    await read('demo://resource/dynamic/blob/1');
    await read('demo://resource/dynamic/text/1');
    assert.equal(await code(read('demo://else/x')), -32002);
    assert.deepEqual(
        w.audit().map(({intent}) => [intent.server, intent.reason]),
        [
          [null, 'ambiguous_owner'], ['demo', 'rule'], ['more', 'rule'], ['demo', 'rule'],
          [null, 'unknown_name']
        ]);
  });

  test('completion of prompts and templates', async (t) => {
    const w = world(t, kPolicy);
    const [gateway, direct] = [await w.client(), await w.direct('mcp-server-everything')];
    const prompt = (name) => ({
      ref: {type: 'ref/prompt', name},
      argument: {name: 'name', value: ''},
      context: {arguments: {department: 'Sales'}},
    });
    const through = await gateway.complete(prompt('demo__completable-prompt'));
    assert.deepEqual(through.completion.values, ['David', 'Eve', 'Frank']);
    assert.deepEqual(through, await direct.complete(prompt('completable-prompt')));
    const template = {
      ref: {type: 'ref/resource', uri: 'demo://resource/dynamic/text/{resourceId}'},
      argument: {name: 'resourceId', value: '12'},
    };
    assert.deepEqual(await gateway.complete(template), await direct.complete(template));
    await assert.rejects(gateway.complete(prompt('demo__args-prompt')), /denied by w\.never/);
  });

  test('subscriptions are told of updates until they end', async (t) => {
    const w = world(t, kPolicy);
    const gateway = await w.client();
    const updated = [];
    gateway.setNotificationHandler(
        ResourceUpdatedNotificationSchema, ({params}) => updated.push(params.uri));
    const uri = 'demo://resource/dynamic/text/1';
    await gateway.subscribeResource({uri});
    await gateway.callTool({name: 'demo__toggle-subscriber-updates', arguments: {}});
    await eventually('an update', () => updated.length > 0);
    assert.ok(updated.every((each) => each === uri));
    await gateway.unsubscribeResource({uri});
    await gateway.callTool({name: 'demo__toggle-subscriber-updates', arguments: {}});
    await assert.rejects(
        gateway.subscribeResource({uri: 'demo://resource/static/document/startup.md'}),
        /denied by w\.hidden/);
  });

  test('log messages carry the namespace and keep to the level', async (t) => {
    const w = world(t, kPolicy);
    const gateway = await w.client();
    const messages = [];
    gateway.setNotificationHandler(
        LoggingMessageNotificationSchema, ({params}) => messages.push(params));
    await gateway.setLoggingLevel('debug');
    await gateway.subscribeResource({uri: 'demo://resource/dynamic/text/1'});
    await eventually('a message', () => messages.length > 0);
    assert.ok(messages.every(({logger}) => /^demo(\/|$)/.test(logger)), JSON.stringify(messages));
    await gateway.setLoggingLevel('emergency');
    const before = messages.length;
    await gateway.unsubscribeResource({uri: 'demo://resource/dynamic/text/1'});
    assert.equal(messages.length, before);
    assert.equal(await code(gateway.setLoggingLevel('loud')), -32602);
  });
});
