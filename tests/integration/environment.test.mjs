// SPDX-License-Identifier: Apache-2.0
// What a server's process sees of the gateway's environment, and where a secret must not turn up.
// The secrets' values are canaries: strings that occur nowhere else, looked for in every file and
// every byte of output that a session leaves behind.

import assert from 'node:assert/strict';
import {chmodSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, test} from 'node:test';

import {filesBelow, text, world} from './harness.mjs';

const kFromEnv = 'canary-env-5f1c9a7be2';
const kFromFile = 'canary-file-8d03b1f64c';
const kPolicy = `
secret one = env("IT_SECRET")
secret two = file("~/two.secret")
scope s { type = env  set ONE = secret(one)  set TWO = "user:\${secret(two)}@host" }
scope t { type = env  set TWO = secret(two) }
server demo { command = ["mcp-server-everything"]  env = { PLAIN: "plain" } }
server none { command = ["mcp-server-everything"] }
server bad  { command = ["mcp-server-everything", "no-such-transport"] }
workspace w {
  root    = "~/w"
  default = deny
  allow demo__{get-env,echo}  using s  as with
  allow none__get-env  as without
  allow bad__x  using t  as bad
  deny  demo__echo when arg.message like "deny*"  because "asked to"  as no
}
`;
const kAllowlist = ['PATH', 'HOME', 'USER', 'LOGNAME', 'SHELL', 'LANG', 'LC_ALL', 'TMPDIR', 'TERM'];

describe('the environment of a server', () => {
  test('is the allowlist and what the policy grants', async (t) => {
    const w = world(t, kPolicy);
    writeFileSync(join(w.home, 'two.secret'), kFromFile, {mode: 0o600});
    const client = await w.client({
      IT_SECRET: kFromEnv,
      IT_OTHER: 'canary-other',
      AWS_SECRET_ACCESS_KEY: 'canary-aws',
      LD_PRELOAD: '',
      NODE_OPTIONS: '',
      LANG: 'C.UTF-8',
      USER: 'tester',
    });
    const seen = async (name) => JSON.parse(text(await client.callTool({name, arguments: {}})));
    const granted = await seen('demo__get-env');
    assert.equal(granted.ONE, kFromEnv);
    assert.equal(granted.TWO, `user:${kFromFile}@host`);
    assert.equal(granted.PLAIN, 'plain');
    assert.equal(granted.HOME, w.home);
    assert.equal(granted.LANG, 'C.UTF-8');
    const allowed = new Set([...kAllowlist, 'ONE', 'TWO', 'PLAIN']);
    assert.deepEqual(Object.keys(granted).filter((name) => !allowed.has(name)), []);

    const bare = await seen('none__get-env');
    assert.deepEqual(Object.keys(bare).filter((name) => !kAllowlist.includes(name)), []);
  });

  test('leaks no secret into log, stderr, errors or plan', async (t) => {
    const w = world(t, kPolicy);
    writeFileSync(join(w.home, 'two.secret'), kFromFile, {mode: 0o600});
    const client = await w.client({IT_SECRET: kFromEnv, MCPLEXER_LOG: 'trace'});
    const ask = (name, args) => client.callTool({name, arguments: args}).catch(String);
    await ask('demo__get-env', {});
    // The agent learns a secret from the server and hands it on, plainly and in disguise.
    const base64 = Buffer.from(`x:${kFromEnv}`).toString('base64');
    await ask(
        'demo__echo', {message: `the token is ${kFromEnv}, ${base64}`, [kFromFile]: [kFromFile]});
    await ask('demo__echo', {message: `deny ${kFromFile}`});
    await ask(`demo__${kFromEnv}`, {a: 1});
    await ask('demo__echo', {message: {wrong: kFromEnv}});
    // This server ends at once: the error is the gateway's own.
    const gone = await ask('bad__x', {a: 1});
    assert.match(gone, /bad/);
    await client.close();
    assert.equal(w.audit().length, 6);

    const places =
        Object.fromEntries(filesBelow(w.state).map((file) => [file, readFileSync(file)]));
    places.plan = readFileSync(w.plan);
    places.error = Buffer.from(gone);
    places.stderr = Buffer.from(w.stderr);
    places.tail = Buffer.from(JSON.stringify(w.audit()));
    assert.ok(
        w.stderr.includes('Unknown transport'),
        'the servers\' stderr is part of what was searched');
    assert.ok(places.tail.includes('[masked]'), 'the canaries came by the log');
    // Base64 of what follows "x:" at its alignment, less the ends that depend on the neighbours.
    for (const canary of [kFromEnv, kFromFile, base64.slice(4, -4)]) {
      for (const [place, bytes] of Object.entries(places)) {
        assert.ok(!bytes.includes(canary), `${canary} is in ${place}`);
      }
    }
  });

  test(
      'a secret that cannot be had fails the call with its name, and no server is started',
      async (t) => {
        const w = world(t, kPolicy);
        const client = await w.client();
        await assert.rejects(
            client.callTool({name: 'demo__echo', arguments: {message: 'x'}}), /`?one`?|IT_SECRET/);
        writeFileSync(join(w.home, 'two.secret'), kFromFile);
        // What others may write, they may replace.
        chmodSync(join(w.home, 'two.secret'), 0o622);
        await assert.rejects(
            client.callTool({name: 'bad__x', arguments: {}}),
            (error) => /two/.test(error.message) && !error.message.includes(kFromFile));
        assert.ok(!/started as process/.test(w.stderr), w.stderr);
      });
});
