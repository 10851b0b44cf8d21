// SPDX-License-Identifier: Apache-2.0
// Clients that people really use, over stdio and HTTP, in front of the servers of the protocol's
// authors: both generations of the TypeScript SDK, mcp-remote and the inspector. The oracle is the
// same client connected to the same server without a gateway: but for what docs/mcp.md says changes,
// nothing may differ.

import {Client as Client2, StreamableHTTPClientTransport as Http2} from '@modelcontextprotocol/client';
import {StdioClientTransport as Stdio2} from '@modelcontextprotocol/client/stdio';
import {Client as Client1} from '@modelcontextprotocol/sdk/client/index.js';
import {StdioClientTransport as Stdio1} from '@modelcontextprotocol/sdk/client/stdio.js';
import {StreamableHTTPClientTransport as Http1} from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import {CreateMessageRequestSchema, ElicitRequestSchema, ListRootsRequestSchema} from '@modelcontextprotocol/sdk/types.js';
import assert from 'node:assert/strict';
import {spawn} from 'node:child_process';
import {join} from 'node:path';
import {describe, test} from 'node:test';

import {call, eventually, everything, freePort, inspector, mcplexer, node, overHttp, RawClient, repository, sleep, world} from './harness.mjs';

// A memory of its own for each user, so that all see the same.
const policy = (memory) => `
  server demo   { command = ["mcp-server-everything"] }
  server mem    { command = ["mcp-server-memory"]  env = { MEMORY_FILE_PATH: "${memory}" } }
  server think  { command = ["mcp-server-sequential-thinking"] }
  workspace open { root = "~/w"  default = allow  http = true }`;
const kCommands = {
  demo: 'mcp-server-everything',
  mem: 'mcp-server-memory',
  think: 'mcp-server-sequential-thinking',
};

const kInfo = {name: 'sdks', version: '1.0.0'};
const kOptions = {capabilities: {sampling: {}, elicitation: {form: {}, url: {}}, roots: {}}};
const kSampled = {role: 'assistant', model: 'm-1', content: {type: 'text', text: 'said ☃'}};
const kElicited = {action: 'accept', content: {name: 'Zoë', check: true, integer: 7}};
const kRoots = {roots: [{uri: 'file:///a', name: 'first'}]};

// A client with what it is asked; `callTool` takes the two generations' options alike.
const kClients = {
  'SDK 1': (asked) => {
    const client = new Client1(kInfo, kOptions);
    const answer = (schema, result) => client.setRequestHandler(schema, (request) => {
      asked.push(request);
      return result;
    });
    answer(CreateMessageRequestSchema, kSampled);
    answer(ElicitRequestSchema, kElicited);
    answer(ListRootsRequestSchema, kRoots);
    return Object.assign(client, {
      call: (name, args, options) => client.callTool({name, arguments: args}, undefined, options),
      stdio: (parameters) => new Stdio1(parameters),
      http: (url) => new Http1(url),
    });
  },
  'SDK 2': (asked) => secondGeneration(asked, {}),
  // This one asks for the stateless era first.
  'SDK 2 of both eras': (asked) => secondGeneration(asked, {versionNegotiation: {mode: 'auto'}}),
};
function secondGeneration(asked, more) {
  const client = new Client2(kInfo, {...kOptions, ...more});
  const answer = (method, result) => client.setRequestHandler(method, ({method, params}) => {
    asked.push({method, params});
    return result;
  });
  answer('sampling/createMessage', kSampled);
  answer('elicitation/create', kElicited);
  answer('roots/list', kRoots);
  return Object.assign(client, {
    call: (name, args, options) => client.callTool({name, arguments: args}, options),
    stdio: (parameters) => new Stdio2(parameters),
    http: (url) => new Http2(url),
  });
}

async function connected(t, make, transport) {
  const asked = [];
  const client = make(asked);
  t.after(() => client.close());
  await client.connect(transport(client));
  return Object.assign(client, {asked});
}
const overStdio = (w, command, args, env = {}) => (client) =>
    client.stdio({command, args, cwd: w.work, env: w.env(env), stderr: 'ignore'});
const at = (url) => (client) => client.http(new URL(url));

// What a client is told in the course of a session with one server, by what it did. Names begin with
// `prefix` there and with nothing in what is returned.
async function story(server, client, prefix) {
  const told = {};
  // What only one era has is no difference of the gateway's.
  const common = ({resultType, ttlMs, cacheScope, ...rest}) => rest;
  const put = async (what, promise) => {
    const outcome = await promise.catch(({code, message}) => ({code, message}));
    told[what] = Array.isArray(outcome) ? outcome : common(outcome);
  };
  const bare = (items) => items.filter(({name}) => name.startsWith(prefix))
                              .map((item) => ({...item, name: item.name.slice(prefix.length)}));
  const tools = async () => {
    for (let names = [];; await sleep(50)) {
      names = bare((await client.listTools()).tools);
      // Some of its tools appear when it has seen what the client can do.
      if (server !== 'demo' || names.some(({name}) => name === 'trigger-sampling-request')) return names;
    }
  };
  await put('tools', tools());
  const call = (name, args = {}, options = {}) =>
      put(`${name} ${JSON.stringify(args)}`, client.call(prefix + name, args, options));

  const resources = (scheme) => client.listResources().then(
      ({resources}) => resources.filter(({uri}) => uri.startsWith(`${scheme}://`)));
  const read = (uri) => put(`read ${uri}`, client.readResource({uri}));
  if (server === 'mem') {
    await call('create_entities', {
      entities: [{name: 'Zoë', entityType: 'person', observations: ['likes ☃', 'is 1.0e3 years old']}],
    });
    await call('create_relations', {relations: [{from: 'Zoë', to: 'Zoë', relationType: 'knows'}]});
    await call('add_observations', {observations: [{entityName: 'nobody', contents: ['x']}]});
    await call('search_nodes', {query: 'snow'});
    await call('read_graph');
    await put('resources', resources('memory'));
    await read('memory://knowledge-graph');
    return told;
  }
  if (server === 'think') {
    const thought = {thought: 'hm', thoughtNumber: 1, totalThoughts: 2, nextThoughtNeeded: true};
    await call('sequentialthinking', thought);
    await call('sequentialthinking', {...thought, thoughtNumber: 2, nextThoughtNeeded: false});
    await call('sequentialthinking', {thought: 7});
    return told;
  }
  await call('echo', {message: 'ünïcode \u0000 \u2028 "\\'});
  await call('get-sum', {a: 0.1, b: 0.2});
  await call('get-sum', {a: 'not a number'});
  await call('get-tiny-image');
  await call('get-structured-content', {location: 'Chicago'});
  await call('get-annotated-message', {messageType: 'error', includeImage: true});
  await call('get-resource-links', {count: 3});
  await call('no-such-tool');
  await call('trigger-sampling-request', {prompt: 'hello', maxTokens: 7});
  await call('trigger-elicitation-request');
  await call('get-roots-list');
  const steps = [];
  await call(
      'trigger-long-running-operation', {duration: 0.4, steps: 4},
      {onprogress: ({progress, total}) => steps.push([progress, total])});
  // The SDKs may have the last one behind the answer, with and without a gateway.
  told.steps = steps.slice(0, 3);

  await put('prompts', client.listPrompts().then(({prompts}) => bare(prompts)));
  const prompt = (name, args) =>
      put(`prompt ${name} ${JSON.stringify(args)}`, client.getPrompt({name: prefix + name, arguments: args}));
  await prompt('simple-prompt', {});
  await prompt('args-prompt', {city: 'Zürich', state: 'ZH'});
  await prompt('args-prompt', {});
  await prompt('no-such-prompt', {});
  await put('resources', resources('demo'));
  await put('templates', client.listResourceTemplates());
  await read('demo://resource/static/document/features.md');
  await read('demo://resource/dynamic/text/x');
  await put('completion', client.complete({
    ref: {type: 'ref/prompt', name: `${prefix}completable-prompt`},
    argument: {name: 'name', value: ''},
    context: {arguments: {department: 'Sales'}},
  }));
  await put('level', client.setLoggingLevel('error'));
  await put('ping', client.ping());

  // A person is told who asks.
  const asked = client.asked.map(({method, params = {}}) => {
    const {_meta, message, ...rest} = params;
    if (message !== undefined && prefix !== '') assert.ok(message.startsWith('[demo] '), message);
    return {method, ...rest, ...(message ? {message: message.replace('[demo] ', '')} : {})};
  });
  // The server asks for roots when it likes to.
  told.asked = asked.filter(({method}) => method !== 'roots/list');
  assert.equal(told.asked.length, 2);
  return told;
}

const kServerInfo = 'io.modelcontextprotocol/serverInfo';
const kGone = ['level', 'ping'];  // requests that the stateless era does not have
const byName = (value) => Array.isArray(value) ? value.map(byName) : value !== Object(value) ? value :
    Object.fromEntries(Object.keys(value).sort().map((key) => [key, byName(value[key])]));

// What a client of the stateless era is told, as one of the other would have been: each answer names
// the gateway, and the SDK knows by itself what is gone.
function asSession(told) {
  for (const [what, outcome] of Object.entries(told)) {
    if (kGone.includes(what)) {
      assert.equal(outcome.code, 'METHOD_NOT_SUPPORTED_BY_PROTOCOL_VERSION');
      told[what] = {};
    } else if (outcome._meta !== undefined) {
      const {[kServerInfo]: {name}, ...rest} = outcome._meta;
      assert.equal(name, 'mcplexer');
      delete outcome._meta;
      if (Object.keys(rest).length > 0) outcome._meta = rest;
    }
  }
  return told;
}

// JSON, since the order of members is part of what is compared; in the stateless era the SDK gives
// them an order of its own, and takes out what tools say of tasks.
function same(through, direct, stateless = false) {
  if (stateless) {
    through = byName(asSession(through));
    direct = byName({...direct, tools: direct.tools.map(({execution, ...tool}) => tool)});
  }
  assert.deepEqual(Object.keys(through), Object.keys(direct));
  for (const what of Object.keys(direct)) {
    assert.equal(JSON.stringify(through[what]), JSON.stringify(direct[what]), what);
  }
}

for (const [name, make] of Object.entries(kClients)) {
  describe(name, () => {
    const servers = Object.keys(kCommands);
    const stateless = name === 'SDK 2 of both eras';
    const directly = async (t, w, server) => {
      const env = {MEMORY_FILE_PATH: join(w.root, 'direct.jsonl')};
      const client = await connected(t, make, overStdio(w, kCommands[server], [], env));
      return story(server, client, '');
    };

    test('over stdio', async (t) => {
      const w = world(t, policy('@JOURNAL@'));
      const gateway = await connected(t, make, overStdio(w, mcplexer, w.runArgs));
      assert.equal(gateway.getNegotiatedProtocolVersion?.() === '2026-07-28', stateless);
      for (const server of servers) {
        same(await story(server, gateway, `${server}__`), await directly(t, w, server), stateless);
      }
    });

    test('over HTTP', async (t) => {
      const w = world(t, policy('@JOURNAL@'));
      const {port} = await overHttp(t, w);
      const gateway = await connected(t, make, at(`http://127.0.0.1:${port}/w/open/mcp`));
      for (const server of servers) {
        same(await story(server, gateway, `${server}__`), await directly(t, w, server), stateless);
      }
    });
  });
}

test('what a server says by itself reaches a client over HTTP', async (t) => {
  const fixture = join(repository, 'tests/conformance/fixture/server.mjs');
  const w = world(t, `
    server demo { command = ["mcp-server-everything"] }
    server fixture { command = ["${node}", "${fixture}"] }
    workspace open { root = "~/w"  default = allow  http = true }`);
  const {port} = await overHttp(t, w);
  const heard = [];
  const make = (asked) => {
    const client = kClients['SDK 1'](asked);
    client.fallbackNotificationHandler = async ({method, params}) => heard.push({method, params});
    return client;
  };
  const client = await connected(t, make, at(`http://127.0.0.1:${port}/w/open/mcp`));
  const said = (method, what = () => true) => eventually(
      method, () => heard.some((one) => one.method === `notifications/${method}` && what(one.params)));
  await client.listTools();
  const uri = 'demo://resource/dynamic/text/1';
  await client.setLoggingLevel('debug');
  await client.subscribeResource({uri});
  await said('message', ({logger}) => /^demo(\/|$)/.test(logger));
  await client.call('demo__toggle-subscriber-updates', {});
  await said('resources/updated', (params) => params.uri === uri);
  await client.listTools();
  heard.length = 0;
  await client.call('fixture__test_trigger_tool_change', {});
  await said('tools/list_changed');
});

test('mcp-remote, by which a client of stdio uses the gateway over HTTP', async (t) => {
  const w = world(t, policy('@JOURNAL@'));
  const {port} = await overHttp(t, w);
  const direct = await freePort();
  await everything(t, direct);
  const remote = (url) => connected(
      t, kClients['SDK 1'], overStdio(w, 'mcp-remote', [url, '--transport', 'http-only']));
  const gateway = await remote(`http://127.0.0.1:${port}/w/open/mcp`);
  same(
      await story('demo', gateway, 'demo__'),
      await story('demo', await remote(`http://127.0.0.1:${direct}/mcp`), ''));
});

// One run of the inspector: its exit code and what it prints.
function inspect(w, target, args) {
  const child = spawn(
      inspector, ['--cli', ...target, '--method', ...args],
      {cwd: w.work, env: w.env({MCPLEXER_LOG: 'error'})});
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk) => (stdout += chunk));
  child.stderr.on('data', (chunk) => (stderr += chunk));
  return new Promise((done) => child.on('close', (status) => done({status, stdout, stderr})));
}

test('the command line of the inspector shows what it shows directly', async (t) => {
  const w = world(t, `
    server demo { command = ["mcp-server-everything"]  namespace = "" }
    workspace open { root = "~/w"  default = allow  http = true }`);
  const {port} = await overHttp(t, w);
  for (const args of [
    ['tools/list'],
    ['tools/call', '--tool-name', 'get-structured-content', '--tool-arg', 'location=Chicago'],
    ['tools/call', '--tool-name', 'no-such-tool'],
    ['prompts/get', '--prompt-name', 'args-prompt', '--prompt-args', 'city=X'],
    ['resources/read', '--uri', 'demo://resource/static/document/features.md'],
  ]) {
    const [direct, ...through] = await Promise.all([
      inspect(w, ['mcp-server-everything'], args),
      inspect(w, [mcplexer, ...w.runArgs], args),
      inspect(w, [`http://127.0.0.1:${port}/w/open/mcp`, '--transport', 'http'], args),
    ]);
    for (const one of through) {
      assert.equal(one.stdout, direct.stdout, `${args.join(' ')}: ${one.stderr}`);
      assert.equal(one.status, direct.status, one.stderr);
    }
    if (!args.includes('no-such-tool')) assert.equal(direct.status, 0, direct.stderr);
  }
});

test('with the empty namespace each answer is the line that the server has written', async (t) => {
  const w = world(t, `
    server demo { command = ["mcp-server-everything"]  namespace = "" }
    workspace open { root = "~/w"  default = allow }`);
  const gateway = await w.raw().open();
  const server = await new RawClient(t, 'mcp-server-everything', [], w.work, w.env()).open();
  // Others may stand between: the server announces changes of its tools.
  const answered = async (client, text) => {
    client.send(text);
    for (;;) {
      const line = await client.next();
      if (JSON.parse(line).id !== undefined) return line;
    }
  };
  const ask = (method, params, id) => `{"jsonrpc":"2.0","id":${id},"method":"${method}","params":${params}}`;
  for (const text of [
    call(0, 'echo', '{"message":"\\u00fc ☃ \\"x\\""}'),
    call('"a b"', 'get-sum', '{"a":1e2,"b":0.25}'),
    call(2, 'get-tiny-image'),
    call(3, 'get-structured-content', '{"location":"New York"}'),
    call(4, 'get-resource-links', '{"count":2}'),
    call(5, 'get-sum', '{"a":"x"}'),
    call(6, 'no-such-tool'),
    ask('prompts/get', '{"name":"args-prompt","arguments":{"city":"X"}}', 7),
    ask('resources/read', '{"uri":"demo://resource/static/document/features.md"}', 8),
    ask('completion/complete', '{"ref":{"type":"ref/prompt","name":"completable-prompt"},"argument":{"name":"department","value":"S"}}', 9),
  ]) {
    assert.equal(await answered(gateway, text), await answered(server, text));
  }
});
