// SPDX-License-Identifier: Apache-2.0
// A gateway that goes on under another plan: what is open ends as it was decided, what did not change
// is not disturbed, who has to know is told, and a plan that is none changes nothing. And how it is
// found and spoken to while it runs.

import {Client as Client2, StreamableHTTPClientTransport as Http2} from '@modelcontextprotocol/client';
import {ToolListChangedNotificationSchema} from '@modelcontextprotocol/sdk/types.js';
import Ajv2020 from 'ajv/dist/2020.js';
import assert from 'node:assert/strict';
import {spawn, spawnSync} from 'node:child_process';
import * as fs from 'node:fs';
import {connect as dial} from 'node:net';
import {join} from 'node:path';
import {describe, test} from 'node:test';

import {alive, call, childrenOf, echoServer, eventually, filesBelow, mcplexer, mcplexerc, node, overHttp, repository, text, world} from './harness.mjs';

const isStatus = new Ajv2020({allErrors: true, allowUnionTypes: true}).compile(
    JSON.parse(fs.readFileSync(join(repository, 'schemas/status.schema.json'), 'utf8')));
const server = (name, ...more) =>
    `server ${name} { command = ["${node}", "${echoServer}", "@JOURNAL@"] ${more.join(' ')} }`;
const policy = (rules, servers = server('e')) => `
  ${servers}
  workspace w { root = "~/w"  default = deny ${rules} }`;
const kEchoOnly = policy('allow e__echo as one');

// The events of the log, in order.
function events(w) {
  const found = [];
  for (const file of filesBelow(join(w.state, 'audit')).filter((name) => name.endsWith('.log'))) {
    const bytes = fs.readFileSync(file, 'latin1');
    for (const [line] of bytes.matchAll(/\{"type":"event"[^\n]*?"detail":"[^"]*"\}/g)) {
      found.push(JSON.parse(line));
    }
  }
  return found;
}
const digestOf = (w) => w.status()[0].plan;

// How often the client was told that its list of tools has changed.
function countChanges(client) {
  client.changes = 0;
  client.setNotificationHandler(ToolListChangedNotificationSchema, () => void ++client.changes);
}
const names = async (client) => (await client.listTools()).tools.map(({name}) => name);

describe('a new plan', () => {
  test('changes what a client may do, and the client is told', async (t) => {
    const w = world(t, kEchoOnly);
    const client = await w.client({}, {}, countChanges);
    assert.deepEqual(await names(client), ['e__echo']);
    const [server] = childrenOf(client.pid);
    const before = digestOf(w);

    w.compile(policy('allow e__echo, e__later as two'));
    const done = w.command('reload');
    assert.equal(done.status, 0, done.stderr);
    const after = digestOf(w);
    assert.notEqual(after, before);
    assert.equal(done.stdout, `gateway ${client.pid}: plan ${after}, in place of ${before}\n`);
    await eventually('the client was told', () => client.changes === 1);
    assert.ok(isStatus(w.status()[0]), JSON.stringify(isStatus.errors));
    assert.deepEqual(await names(client), ['e__echo', 'e__later']);
    assert.equal(text(await client.callTool({name: 'e__later', arguments: {ms: 1}})), 'after 1');
    // It is defined as it was, so it is the one it was.
    assert.deepEqual(childrenOf(client.pid), [server]);

    w.compile(policy('allow e__later as three'));
    assert.equal(w.command('reload').status, 0);
    await eventually('the client was told', () => client.changes === 2);
    const denied = await client.callTool({name: 'e__echo', arguments: {}});
    assert.equal(denied.isError, true);
    assert.deepEqual(await names(client), ['e__later']);
    assert.deepEqual(childrenOf(client.pid), [server]);
    assert.deepEqual(
        w.audit().map(({intent, status}) => [intent.name, intent.rule, status]),
        [['e__later', 'w.two', 'ok'], ['e__echo', null, 'denied']]);
    assert.equal(new Set(w.audit().map(({intent}) => intent.plan)).size, 2);

    const told = events(w);
    assert.deepEqual(
        told.map(({event}) => event), ['plan_loaded', 'plan_reloaded', 'plan_reloaded']);
    assert.equal(told[1].detail, `${after}, not signed, in place of ${before}`);
  });

  test('that shows a client nothing else is not announced', async (t) => {
    const w = world(t, kEchoOnly);
    const client = await w.client({}, {}, countChanges);
    assert.deepEqual(await names(client), ['e__echo']);
    w.compile(policy('allow e__echo as renamed  deny e__hang as never'));
    assert.equal(w.command('reload').status, 0);
    w.compile(policy('allow e__echo, e__later as more'));
    assert.equal(w.command('reload').status, 0);
    await eventually('the client was told', () => client.changes > 0);
    assert.equal(client.changes, 1);
  });

  test('leaves open calls to the server that has them, and ends it then', async (t) => {
    const w = world(t, policy('allow e__* as all', server('e', 'env = { A: "1" }')));
    const gateway = await w.raw().open();
    await gateway.ask(call(1, 'e__echo', '{"n":1}'));
    const [before] = childrenOf(gateway.pid);
    gateway.send(call(2, 'e__later', '{"ms":3000}'));
    await eventually('the call', () => w.received().some((line) => line.includes('"later"')));

    // Under the new plan the call would be denied, and its server is another one.
    w.compile(policy('allow e__echo as other', server('e', 'env = { A: "2" }')));
    assert.equal(w.command('reload').status, 0);
    assert.equal(text(JSON.parse(await gateway.ask(call(3, 'e__echo', '{"n":2}'))).result), '{"n":2}');
    assert.equal(childrenOf(gateway.pid).length, 2);
    assert.ok(alive(before));
    const [client] = w.status()[0].clients;
    assert.deepEqual(client.servers.map(({server, state, open}) => [server, state, open]), [
      ['e', 'ready', 0],
      ['e', 'leaving', 1],
    ]);
    assert.equal(client.servers[1].pid, before);

    assert.equal(text(JSON.parse(await gateway.next()).result), 'after 3000');
    await eventually('the old server is gone', () => !alive(before));
    assert.equal(childrenOf(gateway.pid).length, 1);
    assert.deepEqual(
        w.audit().map(({intent, status}) => [intent.name, intent.rule, status]).sort(),
        [['e__echo', 'w.all', 'ok'], ['e__echo', 'w.other', 'ok'], ['e__later', 'w.all', 'ok']]);
  });

  test('ends servers that the client cannot reach any more', async (t) => {
    const w = world(t, policy('allow e__echo, f__echo as both', server('e') + server('f')));
    const client = await w.client();
    await client.callTool({name: 'e__echo', arguments: {}});
    await client.callTool({name: 'f__echo', arguments: {}});
    assert.equal(childrenOf(client.pid).length, 2);
    w.compile(policy('allow f__echo as one', server('e') + server('f')));
    assert.equal(w.command('reload').status, 0);
    await eventually('one is gone', () => childrenOf(client.pid).length === 1);
    assert.equal(text(await client.callTool({name: 'f__echo', arguments: {a: 1}})), '{"a":1}');
    assert.equal((await client.callTool({name: 'e__echo', arguments: {}})).isError, true);
  });

  test('comes with SIGHUP as well, before and after the client has introduced itself', async (t) => {
    const w = world(t, kEchoOnly);
    const gateway = w.raw();
    await eventually('the gateway', () => w.command('status').status === 0);
    const loaded = () => events(w).filter(({event}) => event === 'plan_reloaded').length;
    w.compile(policy('allow e__later as early'));
    gateway.child.kill('SIGHUP');
    await eventually('the first', () => loaded() === 1);
    await gateway.open();
    const listed = JSON.parse(await gateway.ask('{"jsonrpc":"2.0","id":1,"method":"tools/list"}'));
    assert.deepEqual(listed.result.tools.map(({name}) => name), ['e__later']);
    w.compile(kEchoOnly);
    gateway.child.kill('SIGHUP');
    assert.match(await gateway.next(), /"notifications\/tools\/list_changed"/);
    assert.equal(loaded(), 2);
    assert.equal(text(JSON.parse(await gateway.ask(call(2, 'e__echo'))).result), '{}');
  });

  test('answers a list that was asked for under the old one', async (t) => {
    // The first server never says what it has; the new plan does without it.
    const silent = 'server s { command = ["sleep", "1000"] }';
    const w = world(t, policy('allow s__*, e__echo as both', server('e') + silent));
    const gateway = await w.raw().open();
    gateway.send('{"jsonrpc":"2.0","id":1,"method":"tools/list"}');
    await eventually('both run', () => childrenOf(gateway.pid).length === 2);
    w.compile(policy('allow e__echo, e__later as some', server('e')));
    assert.equal(w.command('reload').status, 0);
    const began = Date.now();
    const listed = JSON.parse(await gateway.next());
    assert.deepEqual(listed.result.tools.map(({name}) => name), ['e__echo', 'e__later']);
    assert.ok(Date.now() - began < 8000, 'it was not the patience of lists that ended it');
  });
});

describe('a plan that cannot be used', () => {
  test('is refused with the reason, and nothing changes', async (t) => {
    const w = world(t, kEchoOnly);
    const client = await w.client({}, {}, countChanges);
    await names(client);
    const before = digestOf(w);
    const good = fs.readFileSync(w.plan);
    const broken = Buffer.from(good);
    broken[broken.length - 1] ^= 1;
    fs.writeFileSync(w.plan, broken);
    const done = w.command('reload');
    assert.equal(done.status, 1);
    assert.equal(done.stdout, '');
    assert.match(
        done.stderr,
        new RegExp(`^mcplexer: gateway ${client.pid} keeps plan ${before}: plan: .*digest.*\n$`));
    await eventually('it is in the log', () => w.stderr.includes(`plan ${before} stays: plan: `));
    const [status] = w.status();
    assert.equal(status.plan, before);
    assert.match(status.refused.error, /digest/);
    assert.ok(isStatus(status), JSON.stringify(isStatus.errors));
    assert.equal(events(w).at(-1).event, 'plan_refused');
    assert.equal(text(await client.callTool({name: 'e__echo', arguments: {}})), '{}');

    fs.rmSync(w.plan);
    assert.match(w.command('reload').stderr, /No such file/);
    fs.writeFileSync(w.plan, good);
    const again = w.command('reload');
    assert.equal(again.status, 0);
    assert.equal(again.stdout, `gateway ${client.pid}: plan ${before}, as before\n`);
    assert.equal(w.status()[0].refused, null);
    assert.equal(client.changes, 0);
  });

  test('be it for want of a principal or of a signature', async (t) => {
    const w = world(t, 'principal ada { uid = 1 }' + policy('allow e__echo for ada as one'));
    const key = join(w.root, 'signer.key');
    const made = spawnSync(mcplexerc, ['keygen', key], {encoding: 'utf8', env: w.env()});
    assert.equal(made.status, 0, made.stderr);
    const compile = (source, ...more) => {
      fs.writeFileSync(join(w.root, 'policy.plex'), source.replaceAll('@JOURNAL@', w.journal));
      const done = spawnSync(
          mcplexerc, ['compile', 'policy.plex', '-o', w.plan, ...more],
          {cwd: w.root, encoding: 'utf8', env: w.env()});
      assert.equal(done.status, 0, done.stderr);
    };
    const ada = 'principal ada { uid = 1 }' + policy('allow e__echo for ada as one');
    const signing = ['--sign', key];
    compile(ada, ...signing);
    w.runArgs.push('--as', 'ada', '--trust', made.stdout.trim());
    const client = await w.client();
    assert.deepEqual(await names(client), ['e__echo']);
    compile(ada);
    assert.match(w.command('reload').stderr, /not signed/);
    compile(kEchoOnly, ...signing);
    assert.match(w.command('reload').stderr, /no principal `ada`/);
    assert.deepEqual(await names(client), ['e__echo']);
    compile(ada + '\n// as before', ...signing);
    assert.equal(w.command('reload').status, 0);
  });
});

describe('gateways on one state directory', () => {
  test('are all told of, and reloaded, each with its own plan', async (t) => {
    const w = world(t, kEchoOnly);
    assert.deepEqual(
        [w.command('status').status, w.command('reload').status, w.command('stop').status],
        [2, 2, 2]);
    assert.match(w.command('status').stderr, /no gateway runs on/);
    const one = await w.raw().open();
    const other = join(w.root, 'other.plan');
    w.compile(policy('allow e__later as one'), other);
    w.runArgs[1] = other;
    const two = await w.raw().open();
    await two.ask(call(1, 'e__later', '{"ms":1}'));

    const status = w.status();
    for (const each of status) assert.ok(isStatus(each), JSON.stringify(isStatus.errors));
    assert.deepEqual(status.map(({pid}) => pid), [one.pid, two.pid]);
    assert.deepEqual(status.map(({path}) => path), [w.plan, other]);
    assert.deepEqual(status[0].clients[0].servers, []);
    const [client] = status[1].clients;
    assert.deepEqual(
        [client.name, client.version, client.via, client.principal, client.directory, client.calls],
        ['raw', '1', 'stdio', null, w.work, 0]);
    assert.deepEqual(client.servers, [{
                       server: 'e',
                       scope: null,
                       state: 'ready',
                       pid: childrenOf(two.pid)[0],
                       open: 0,
                       restarts: 0,
                       error: null,
                     }]);
    const shown = w.command('status');
    assert.match(shown.stdout, new RegExp(`gateway ${two.pid}, version .*
  plan ${status[1].plan.slice(0, 12)} \\(${other}\\), not signed, since .*
  client raw 1 \\(stdio\\) in ${w.work}, anonymous, 0 calls open
    e: ready, process \\d+, 0 requests open, 0 restarts
`));

    const all = w.command('reload');
    assert.equal(all.status, 0);
    assert.equal(all.stdout.split('\n').length, 3);
    const many = w.command('reload', w.plan);
    assert.equal(many.status, 2);
    assert.match(many.stderr, /2 gateways run .* --gateway/);
    assert.equal(w.command('reload', w.plan, '--gateway', String(two.pid)).status, 0);
    assert.deepEqual(w.status().map(({path}) => path), [w.plan, w.plan]);

    assert.equal(w.command('stop').status, 2);
    const stopped = w.command('stop', '--gateway', status[1].gateway);
    assert.equal(stopped.stdout, `gateway ${two.pid} has ended\n`);
    assert.equal(stopped.status, 0);
    assert.equal(await two.exited, 0);
    assert.deepEqual(w.status().map(({pid}) => pid), [one.pid]);

    one.child.kill('SIGKILL');
    await one.exited;
    assert.equal(fs.readdirSync(join(w.state, 'gateways')).length, 1);
    assert.equal(w.command('status').status, 2);
    assert.equal(fs.readdirSync(join(w.state, 'gateways')).length, 0);
  });

  test('keep their sockets to themselves, however long the path', async (t) => {
    const w = world(t, kEchoOnly);
    w.state = join(w.root, 'd'.repeat(200));
    w.runArgs = ['run', w.plan, '--state', w.state];
    const gateway = await w.raw().open();
    const directory = join(w.state, 'gateways');
    assert.equal(fs.statSync(directory).mode & 0o777, 0o700);
    const [name] = fs.readdirSync(directory);
    assert.equal(fs.statSync(join(directory, name)).mode & 0o777, 0o600);
    assert.deepEqual(w.status().map(({pid}) => pid), [gateway.pid]);

    // What nobody says, says nothing: rubbish gets an error, a long line and a silent one the door.
    const ask = (bytes) => new Promise((done) => {
      const link = join(w.root, 'g');
      if (!fs.existsSync(link)) fs.symlinkSync(directory, link);
      const socket = dial(join(link, name), () => socket.write(bytes));
      let answer = '';
      socket.on('data', (chunk) => (answer += chunk));
      socket.on('close', () => done(answer));
      socket.on('error', () => {});
    });
    assert.equal(await ask('rubbish\n'), '{"error":"no command"}\n');
    assert.equal(await ask('{"command":"rm -rf"}\n'), '{"error":"unknown command"}\n');
    assert.equal(await ask('x'.repeat(100_000)), '');
    assert.deepEqual(w.status().map(({pid}) => pid), [gateway.pid]);

    // In a directory that others may look into there is no socket.
    fs.chmodSync(directory, 0o755);
    assert.match(w.command('status').stderr, /0700/);
    const next = await w.raw().open();
    await eventually('the warning', () => next.stderr.includes('does not see this gateway'));
    assert.equal(fs.readdirSync(directory).length, 1);
  });
});

test('clients on a socket and over HTTP keep their sessions, where there is a place for them', async (t) => {
  const rules = (http) => `${server('e')}
    workspace w { root = "~/w"  default = deny  allow e__echo as one }
    workspace a { root = "~/a"  http = true  default = deny  allow e__echo as a }
    workspace b { root = "~/b"  http = ${http}  default = deny  allow e__echo as b }`;
  const w = world(t, rules(true));
  for (const each of ['a', 'b']) fs.mkdirSync(join(w.home, each));
  const socket = join(w.root, 'run/gateway.sock');
  const child = spawn(mcplexer, [...w.runArgs, '--socket', socket, '--http', '127.0.0.1:0'], {
    cwd: '/',
    env: w.env(),
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let log = '';
  child.stderr.on('data', (chunk) => (log += chunk));
  const exited = new Promise((done) => child.on('exit', done));
  t.after(async () => {
    child.kill('SIGKILL');
    await exited;
  });
  const port = await eventually('the port', () => log.match(/over HTTP on port (\d+)/)?.[1]);

  const post = (workspace, session, body) => fetch(`http://127.0.0.1:${port}/w/${workspace}/mcp`, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/json',
      'Accept': 'application/json, text/event-stream',
      ...(session ? {'Mcp-Session-Id': session} : {}),
    },
    body: JSON.stringify({jsonrpc: '2.0', ...body}),
  });
  const begin = async (workspace) => {
    const answer = await post(workspace, null, {
      id: 0,
      method: 'initialize',
      params: {protocolVersion: '2025-11-25', capabilities: {}, clientInfo: {name: workspace, version: '1'}},
    });
    await answer.text();
    return answer.headers.get('mcp-session-id');
  };
  const echo = (workspace, session) =>
      post(workspace, session, {id: 1, method: 'tools/call', params: {name: 'e__echo', arguments: {}}});
  const sessions = {a: await begin('a'), b: await begin('b')};
  for (const each of ['a', 'b']) assert.equal((await echo(each, sessions[each])).status, 200);
  const clients = () => w.status()[0].clients;
  assert.deepEqual(clients().map(({via, name}) => [via, name]), [['http', 'a'], ['http', 'b']]);
  // A session's id is what a client proves itself by.
  assert.ok(!JSON.stringify(w.status()).includes(sessions.a));

  w.compile(rules(false));
  assert.equal(w.command('reload').status, 0);
  assert.equal((await echo('a', sessions.a)).status, 200);
  assert.equal((await echo('b', sessions.b)).status, 404);
  await eventually('the other session has ended', () => clients().length === 1);
  assert.equal(await new Promise((done) => dial(socket, () => done('open')).on('error', done)), 'open');
  const done = w.command('stop');
  assert.equal(done.status, 0, done.stderr);
  await exited;
});

test('clients of the stateless era go on under another plan, where there is a place for them', async (t) => {
  const rules = (names, more = '', http = true) => `${server('e')} ${more}
    workspace w { root = "~/w"  http = ${http}  default = deny  allow ${names} as some }`;
  const w = world(t, rules('e__echo'));
  const {port, pid} = await overHttp(t, w);
  const client = new Client2({name: 'modern', version: '2'}, {versionNegotiation: {mode: 'auto'}});
  t.after(() => client.close());
  const changes = [];
  client.setNotificationHandler('notifications/tools/list_changed', () => void changes.push(1));
  await client.connect(new Http2(new URL(`http://127.0.0.1:${port}/w/w/mcp`)));
  assert.equal(client.getNegotiatedProtocolVersion(), '2026-07-28');
  await client.listen({toolsListChanged: true});
  assert.deepEqual(await names(client), ['e__echo']);
  const servers = childrenOf(pid);
  assert.equal(servers.length, 1);
  const open = client.callTool({name: 'e__echo', arguments: {n: 1}});
  assert.equal(text(await open), '{"n":1}');

  // Others stand before them in the tables now.
  w.compile(rules('e__later', `${server('a')}
    workspace b { root = "~/w/b"  http = true  default = deny  allow a__* as others }`));
  assert.equal(w.command('reload').status, 0);
  await eventually('the client was told', () => changes.length === 1);
  assert.deepEqual(await names(client), ['e__later']);
  assert.equal(text(await client.callTool({name: 'e__later', arguments: {ms: 1}})), 'after 1');
  assert.equal((await client.callTool({name: 'e__echo', arguments: {}})).isError, true);
  assert.deepEqual(childrenOf(pid), servers);
  const [status] = w.status();
  assert.ok(isStatus(status), JSON.stringify(isStatus.errors));
  assert.deepEqual(
      status.clients.map(({via, name, servers}) => [via, name, servers.map(({state}) => state)]),
      [['http', 'modern', ['ready']]]);

  w.compile(rules('e__later', '', false));
  assert.equal(w.command('reload').status, 0);
  await assert.rejects(client.callTool({name: 'e__later', arguments: {ms: 1}}));
  await eventually('its servers have ended', () => childrenOf(pid).length === 0);
});
