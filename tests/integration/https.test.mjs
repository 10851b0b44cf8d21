// SPDX-License-Identifier: Apache-2.0
// The gateway over HTTPS: a real client, curl, and those who speak something else.

import assert from 'node:assert/strict';
import {spawn, spawnSync} from 'node:child_process';
import * as fs from 'node:fs';
import {request as plainRequest} from 'node:http';
import {request as httpsRequest} from 'node:https';
import {join} from 'node:path';
import {test} from 'node:test';

import {echoServer, eventually, mcplexer, node, repository, world} from './harness.mjs';

const kPolicy = `
  server e { command = ["${node}", "${echoServer}", "@JOURNAL@"] }
  server demo { command = ["mcp-server-everything"] }
  workspace open { root = "~/w"  default = deny  http = true  allow e__echo, demo__* as all }`;

// A key and a certificate for this machine that only vouches for itself.
function identity(directory, name = 'server') {
  const made = spawnSync('openssl', [
    'req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes',
    '-keyout', `${name}.key`, '-out', `${name}.pem`, '-days', '1', '-subj', '/CN=localhost',
    '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1',
  ], {cwd: directory, encoding: 'utf8'});
  assert.equal(made.status, 0, made.stderr);
  return {certificate: join(directory, `${name}.pem`), key: join(directory, `${name}.key`)};
}

async function gateway(t) {
  const w = world(t, kPolicy);
  const {certificate, key} = identity(w.root);
  const child = spawn(
      mcplexer,
      [
        ...w.runArgs, '--http', '127.0.0.1:0', '--tls-certificate', certificate, '--tls-key', key,
      ],
      {cwd: '/', env: w.env(), stdio: ['ignore', 'ignore', 'pipe']});
  let stderr = '';
  child.stderr.on('data', (chunk) => (stderr += chunk));
  const exited = new Promise((done) => child.on('exit', done));
  t.after(async () => {
    child.kill('SIGKILL');
    await exited;
    assert.doesNotMatch(stderr, /AddressSanitizer|runtime error:|internal error/);
  });
  const [, port] = await eventually('the port', () => /over HTTPS on port (\d+)/.exec(stderr));
  return {
    w,
    certificate,
    port: Number(port),
    path: '/w/open/mcp',
    url: `https://localhost:${port}/w/open/mcp`,
  };
}

const kInitialize =
    '{"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-11-25",' +
    '"capabilities":{},"clientInfo":{"name":"raw","version":"1"}}}';

// One request; rejects when the connection fails.
function ask(g, {scheme = httpsRequest, headers = {}, body = kInitialize, ...more} = {}) {
  return new Promise((done, fail) => {
    const sent = scheme({
      host: '127.0.0.1',
      port: g.port,
      path: g.path,
      method: 'POST',
      ca: fs.readFileSync(g.certificate),
      headers: {
        'Content-Type': 'application/json',
        'Accept': 'application/json, text/event-stream',
        ...headers,
      },
      ...more,
    });
    sent.on('error', fail);
    sent.on('response', (response) => {
      const protocol = response.socket.getProtocol?.();
      let data = '';
      response.on('data', (chunk) => (data += chunk));
      response.on('error', fail);
      response.on('end', () => done({
        status: response.statusCode,
        headers: response.headers,
        data,
        protocol,
      }));
    });
    sent.end(body);
  });
}

// A program of its own: which authorities it trusts, Node.js reads at its start.
const kClient = `
  import {Client} from '@modelcontextprotocol/sdk/client/index.js';
  import {StreamableHTTPClientTransport} from '@modelcontextprotocol/sdk/client/streamableHttp.js';
  const client = new Client({name: 'https', version: '1'});
  const transport = new StreamableHTTPClientTransport(new URL(process.argv[1]));
  await client.connect(transport);
  const steps = [];
  const {tools} = await client.listTools();
  const echoed = await Promise.all(Array.from({length: 20}, async (_, n) =>
      (await client.callTool({name: 'e__echo', arguments: {n, big: 'x'.repeat(n * 10000)}}))
          .content[0].text.length));
  await client.callTool(
      {name: 'demo__trigger-long-running-operation', arguments: {duration: 1, steps: 4}}, undefined,
      {onprogress: ({progress}) => steps.push(progress)});
  await transport.terminateSession();
  await client.close();
  console.log(JSON.stringify({tools: tools.length, echoed, steps}));`;

function realClient(g, env) {
  return new Promise((done) => {
    const child = spawn(
        node, ['--input-type=module', '-e', kClient, g.url],
        {cwd: join(repository, 'tests/integration'), env: {PATH: process.env.PATH, ...env}});
    const said = {stdout: '', stderr: ''};
    child.stdout.on('data', (chunk) => (said.stdout += chunk));
    child.stderr.on('data', (chunk) => (said.stderr += chunk));
    child.on('exit', (status) => done({status, ...said}));
  });
}

test('a real client is served over HTTPS, if it trusts the certificate', async (t) => {
  const g = await gateway(t);
  const served = await realClient(g, {NODE_EXTRA_CA_CERTS: g.certificate});
  assert.equal(served.status, 0, served.stderr);
  const {tools, echoed, steps} = JSON.parse(served.stdout);
  assert.ok(tools > 5);
  assert.deepEqual(
      echoed,
      Array.from({length: 20}, (_, n) => JSON.stringify({n, big: 'x'.repeat(n * 10000)}).length));
  assert.deepEqual(steps.slice(0, 3), [1, 2, 3]);
  const refused = await realClient(g, {});
  assert.notEqual(refused.status, 0);
  assert.match(refused.stderr, /self-signed certificate|fetch failed/);
});

test('a stream of events ends as TLS wants it, so that nobody takes it for cut off', async (t) => {
  const g = await gateway(t);
  const begun = await ask(g);
  assert.equal(begun.status, 200);
  const session = `Mcp-Session-Id: ${begun.headers['mcp-session-id']}`;
  const call = JSON.stringify({
    jsonrpc: '2.0',
    id: 1,
    method: 'tools/call',
    params: {
      name: 'demo__trigger-long-running-operation',
      arguments: {duration: 1, steps: 2},
      _meta: {progressToken: 'p'},
    },
  });
  const curl = spawnSync(
      'curl',
      [
        '-sS', '--cacert', g.certificate, '-H', session, '-H', 'Content-Type: application/json',
        '-H', 'Accept: application/json, text/event-stream', '-d', call, g.url,
      ],
      {encoding: 'utf8', timeout: 60_000});
  assert.equal(curl.status, 0, curl.stderr);
  assert.match(curl.stdout, /notifications\/progress/);
  assert.match(curl.stdout, /^data: \{"result":.*"id":1\}$/m);
});

test('TLS 1.2 and 1.3 are spoken, and nothing else', async (t) => {
  const g = await gateway(t);
  for (const version of ['TLSv1.2', 'TLSv1.3']) {
    const answer = await ask(g, {minVersion: version, maxVersion: version});
    assert.deepEqual([answer.status, answer.protocol], [200, version]);
  }
  await assert.rejects(
      ask(g, {minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT:@SECLEVEL=0'}));
  await assert.rejects(ask(g, {scheme: plainRequest}));
  assert.equal((await ask(g)).status, 200, 'the others are served on');
});

test('pages of the same machine without TLS are another origin', async (t) => {
  const g = await gateway(t);
  const from = (scheme) => ask(g, {headers: {Origin: `${scheme}://localhost:${g.port}`}});
  assert.equal((await from('https')).status, 200);
  assert.equal((await from('http')).status, 403);
});

test('certificate and key are needed both, and the key is nobody else\'s to read', async (t) => {
  const w = world(t, kPolicy);
  const {certificate, key} = identity(w.root);
  const other = identity(w.root, 'other');
  const run = (...args) => {
    const done = spawnSync(
        mcplexer, [...w.runArgs, ...args], {cwd: w.work, env: w.env(), encoding: 'utf8', input: ''});
    assert.doesNotMatch(done.stderr, /PRIVATE KEY/);
    return [done.status, done.stderr];
  };
  const listening = ['--http', '127.0.0.1:0'];
  const refuses = ([status, stderr], why) => {
    assert.equal(status, 2, stderr);
    assert.match(stderr, why);
  };
  refuses(run(...listening, '--tls-certificate', certificate), /--tls-certificate requires --tls-key/);
  refuses(run(...listening, '--tls-key', key), /--tls-key requires --tls-certificate/);
  refuses(run('--tls-certificate', certificate, '--tls-key', key), /requires --http/);
  const both = (c, k) => run(...listening, '--tls-certificate', c, '--tls-key', k);
  refuses(both(certificate, join(w.root, 'none')), /none` cannot be opened/);
  refuses(both(w.plan, key), /policy.plan` holds no certificate/);
  refuses(both(certificate, other.key), /other.key` holds no private key .* fits the certificate/);
  fs.chmodSync(key, 0o644);
  refuses(both(certificate, key), /server.key` may be read by others than its owner/);
});
