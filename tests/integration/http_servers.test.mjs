// SPDX-License-Identifier: Apache-2.0
// Servers over Streamable HTTP behind the gateway, a real client in front of it: the reference
// server, killed, stopped and started again, and one of our own that shows what it was sent.

import assert from 'node:assert/strict';
import {createServer} from 'node:http';
import {test} from 'node:test';

import {call, eventually, everything, freePort, sleep, text, world} from './harness.mjs';

const policy = (port, more = '') => `
  server demo { url = "http://127.0.0.1:${port}/mcp" ${more} }
  server local { command = ["mcp-server-everything"] }
  workspace w { root = "~/w"  default = deny  allow demo__*, local__*  as all }`;

const echo = (client, message) => client.callTool({name: 'demo__echo', arguments: {message}});

test('a server over HTTP is used like one over stdio', async (t) => {
  const port = await freePort();
  await everything(t, port);
  const w = world(t, policy(port));
  const client = await w.client();
  const {tools} = await client.listTools();
  const of = (prefix) => tools.filter(({name}) => name.startsWith(prefix))
                             .map((tool) => ({...tool, name: tool.name.slice(prefix.length)}));
  assert.ok(of('demo__').length > 5);
  assert.deepEqual(of('demo__'), of('local__'));
  assert.match(text(await echo(client, 'over HTTP')), /over HTTP/);

  const many = await Promise.all(
      Array.from({length: 40}, (_, n) => echo(client, `message ${n}.`).then(text)));
  many.forEach((answer, n) => assert.ok(answer.includes(`message ${n}.`)));
  await client.close();
  assert.ok(w.audit().every(({status}) => status === 'ok'));
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
  await sleep(200);
  await first.kill();
  await assert.rejects(
      open, ({code, message}) => code === -32000 && /server `demo` connection/.test(message));
  await assert.rejects(
      echo(client, 'nobody there'),
      ({code, message}) => code === -32000 && /cannot be reached: Connection refused/.test(message));

  // The new process knows nothing of the session. At most the call that finds that out fails.
  await everything(t, port);
  let failed = 0;
  const answer = await echo(client, 'b').catch((error) => {
    ++failed;
    assert.match(error.message, /server `demo` lost the session/);
    return echo(client, 'b');
  });
  assert.match(text(answer), /b/);
  await client.close();
  const calls = w.audit().map(({intent, status}) => [intent.tool, status]);
  assert.deepEqual(calls.slice(0, 2), [
    ['echo', 'ok'], ['trigger-long-running-operation', 'interrupted'],
  ]);
  assert.equal(calls.length, 4 + failed);
});

test('a server that stops answering costs its calls their time, and no more', async (t) => {
  const port = await freePort();
  const server = await everything(t, port);
  const w = world(t, policy(port, 'call_timeout = 1s'));
  const client = await w.client();
  await echo(client, 'a');
  process.kill(server.pid, 'SIGSTOP');
  await assert.rejects(echo(client, 'b'), ({code}) => code === -32001);
  const local = await client.callTool({name: 'local__echo', arguments: {message: 'c'}});
  assert.match(text(local), /c/);
  process.kill(server.pid, 'SIGCONT');
  assert.match(text(await echo(client, 'd')), /d/);
});

test('a scope becomes headers, which nobody else sees', async (t) => {
  const seen = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => (body += chunk));
    request.on('end', () => {
      seen.push(request.headers);
      const message = body === '' ? {} : JSON.parse(body);
      if (request.method !== 'POST') return response.writeHead(405).end();
      if (message.id === undefined) return response.writeHead(202).end();
      const answer = (result) => {
        response.writeHead(200, {'Content-Type': 'application/json'})
            .end(JSON.stringify({jsonrpc: '2.0', id: message.id, result}, null, 2));
      };
      if (message.method === 'initialize') {
        return answer({protocolVersion: '2025-03-26', capabilities: {tools: {}}});
      }
      const {name} = message.params;
      if (name === 'whoami') {
        return answer({content: [{type: 'text', text: request.headers['x-team'] ?? 'nobody'}]});
      }
      response.writeHead(403).end(`no: ${request.headers.authorization}`);
    });
  });
  server.listen(0, '127.0.0.1');
  await new Promise((done) => server.once('listening', done));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  const w = world(t, `
    secret key = env("KEY")
    scope dev {
      type = header
      set Authorization = "Bearer \${secret(key)}"
      set X-Team = "blue"
    }
    server web { url = "http://127.0.0.1:${server.address().port}/" }
    workspace w { root = "~/w"  allow web__whoami, web__fail using dev }`);
  const client = await w.client({KEY: 'hunter2-hunter2'});
  const ask = (name) => client.callTool({name, arguments: {}});
  assert.equal(text(await ask('web__whoami')), 'blue');
  await assert.rejects(ask('web__fail'), (error) => {
    assert.match(error.message, /answered HTTP 403/);
    assert.doesNotMatch(error.message, /hunter2/);
    return true;
  });
  await client.close();
  assert.ok(seen.every(({authorization}) => authorization === 'Bearer hunter2-hunter2'));
  // The first question is which era the server is of, and `initialize` names none.
  assert.deepEqual(seen.slice(0, 2).map((headers) => headers['mcp-protocol-version']),
                   ['2026-07-28', undefined]);
  assert.ok(seen.slice(2).every((headers) => headers['mcp-protocol-version'] === '2025-03-26'));
  assert.doesNotMatch(w.stderr, /hunter2/);
  assert.doesNotMatch(JSON.stringify(w.audit()), /hunter2/);
});

test('headers that belong to the protocol are not a scope\'s to set', async (t) => {
  const w = world(t, `
    secret key = env("KEY")
    scope dev { type = header  set Mcp-Session-Id = "\${secret(key)}" }
    server web { url = "http://127.0.0.1:1/" }
    workspace w { root = "~/w"  allow web__x using dev }`);
  const client = await w.client({KEY: 'hunter2-hunter2'});
  await assert.rejects(client.callTool({name: 'web__x', arguments: {}}), (error) => {
    assert.match(error.message, /header `Mcp-Session-Id` belongs to the protocol/);
    assert.doesNotMatch(error.message, /hunter2/);
    return true;
  });
});
