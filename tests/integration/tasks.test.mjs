// SPDX-License-Identifier: Apache-2.0
// Tasks, both ways: calls of a real server that are answered by a task, and what it asks of the
// client answered by one.

import {ElicitRequestSchema, ResultSchema} from '@modelcontextprotocol/sdk/types.js';
import assert from 'node:assert/strict';
import {describe, test} from 'node:test';

import {eventually, text, world} from './harness.mjs';

const kPolicy = `
server demo { command = ["mcp-server-everything"] }
secret s = env("HOME")
scope sc { type = env  set DEMO_SECRET = secret(s) }
workspace w { root = "~/w"  default = deny  allow demo__* using sc  as all }
`;
const raw = (client, method, params = {}) => client.request({method, params}, ResultSchema);
const research = (client, args) => raw(
    client, 'tools/call',
    {name: 'demo__simulate-research-query', arguments: args, task: {ttl: 60_000}});

describe('tasks', () => {
  test('a call becomes a task, is asked about and gives its result', async (t) => {
    const w = world(t, kPolicy);
    const gateway = await w.client();
    const {task} = await research(gateway, {topic: 'gateways'});
    assert.match(task.taskId, /^demo\/sc\/.+/);
    const {tasks} = await raw(gateway, 'tasks/list');
    assert.deepEqual(tasks.map(({taskId}) => taskId), [task.taskId]);
    await eventually('its end', async () => {
      const state = await raw(gateway, 'tasks/get', {taskId: task.taskId});
      assert.equal(state.taskId, task.taskId);
      return state.status === 'completed';
    });
    const result = await raw(gateway, 'tasks/result', {taskId: task.taskId});
    assert.match(text(result), /gateways/);
    assert.equal(result._meta['io.modelcontextprotocol/related-task'].taskId, task.taskId);
    await assert.rejects(raw(gateway, 'tasks/get', {taskId: 'demo/sc/made-up'}), /unknown task/);
    await assert.rejects(
        raw(gateway, 'tasks/get', {taskId: task.taskId.split('/')[2]}), /unknown task/);
    const calls = w.audit().map(({intent}) => intent);
    assert.deepEqual(
        calls.slice(0, 2).map(({method, name}) => [method, name]),
        [
          ['tools/call', 'demo__simulate-research-query'],
          ['tasks/get', 'demo__simulate-research-query']
        ]);
  });

  test('a task that needs its user asks for it', async (t) => {
    const asked = [];
    const gateway =
        await world(t, kPolicy)
            .client({}, {capabilities: {elicitation: {}}}, (client) => {
              client.setRequestHandler(ElicitRequestSchema, ({params}) => {
                asked.push(params);
                return {action: 'accept', content: {interpretation: 'snake'}};
              });
            });
    const {task} = await research(gateway, {topic: 'python', ambiguous: true});
    const result = await raw(gateway, 'tasks/result', {taskId: task.taskId});
    assert.match(text(result), /snake/);
    assert.match(asked[0].message, /^\[demo\] /);
    assert.equal(asked[0]._meta['io.modelcontextprotocol/related-task'].taskId, task.taskId);
  });

  test('a task is cancelled', async (t) => {
    const gateway = await world(t, kPolicy).client();
    const {task} = await research(gateway, {topic: 'x'});
    const state = await raw(gateway, 'tasks/cancel', {taskId: task.taskId});
    assert.deepEqual([state.taskId, state.status], [task.taskId, 'cancelled']);
  });

  test('the client makes a task of what it is asked', async (t) => {
    const w = world(t, kPolicy);
    const gateway = w.raw();
    const next = async (method) => {
      for (;;) {
        const message = JSON.parse(await gateway.next());
        if (message.method === method || (method === null && message.id === 'c')) return message;
      }
    };
    const answer = (request, result) =>
        gateway.send(JSON.stringify({jsonrpc: '2.0', id: request.id, result}));
    gateway.send(JSON.stringify({
      jsonrpc: '2.0',
      id: 'i',
      method: 'initialize',
      params: {
        protocolVersion: '2025-11-25',
        clientInfo: {name: 'raw', version: '1'},
        capabilities: {
          sampling: {},
          tasks: {list: {}, cancel: {}, requests: {sampling: {createMessage: {}}}},
        },
      },
    }));
    gateway.send('{"jsonrpc":"2.0","method":"notifications/initialized"}');
    gateway.send(JSON.stringify({
      jsonrpc: '2.0',
      id: 'c',
      method: 'tools/call',
      params: {
        name: 'demo__trigger-sampling-request-async',
        arguments: {prompt: 'p', maxTokens: 5},
      },
    }));
    const sample = await next('sampling/createMessage');
    assert.deepEqual(sample.params.task, {ttl: 300000});
    const at = new Date().toISOString();
    const task = {taskId: 'mine', ttl: 300000, createdAt: at, lastUpdatedAt: at, pollInterval: 100};
    answer(sample, {task: {...task, status: 'working'}});
    answer(await next('tasks/get'), {...task, status: 'completed'});
    answer(
        await next('tasks/result'),
        {role: 'assistant', model: 'm-2', content: {type: 'text', text: 'later'}});
    assert.match(text((await next(null)).result), /COMPLETED[^]*"model": "m-2"/);
  });
});
