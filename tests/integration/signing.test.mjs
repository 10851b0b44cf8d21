// SPDX-License-Identifier: Apache-2.0
// Signed plans from the making of the keys to a client's calls, and all that is refused on the way.
// Signatures are checked, and made, by Node.js as well, which knows nothing of ours but
// docs/plan-format.md and docs/signing.md.

import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import * as crypto from 'node:crypto';
import {chmodSync, existsSync, mkdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync} from 'node:fs';
import {basename, join} from 'node:path';
import {describe, test} from 'node:test';

import {echoServer, filesBelow, mcplexer, mcplexerc, node, text, world} from './harness.mjs';

const kPolicy = `
server e { command = ["${node}", "${echoServer}", "@JOURNAL@"] }
workspace w { root = "~/w"  default = deny  allow e__echo  as all }
`;
const kCall = '{"dir":"/w","name":"e__echo"}\n';
const kHello =
    '{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25",' +
    '"capabilities":{},"clientInfo":{"name":"t","version":"1"}}}\n';
const kPublicLine = /^mcplexer-ed25519-public:[0-9a-f]{16}:[A-Za-z0-9+/]{43}=\n$/;

// Bytes of the header, as docs/plan-format.md has them.
const kSigned = [0, 128];
const kSigner = [128, 160];
const kSignature = [160, 224];

// A world with a pair of keys in a.key and a.pub, and signed.plan signed by it.
function signedWorld(t) {
  const w = world(t, kPolicy);
  const start = (program, args, input = '') =>
      spawnSync(program, args, {cwd: w.root, input, encoding: 'utf8', env: w.env()});
  w.compiler = (...args) => start(mcplexerc, args);
  w.withInput = (input, ...args) => start(mcplexerc, args, input);
  w.gateway = (input, ...args) => start(mcplexer, args, input);
  w.path = (name) => join(w.root, name);
  w.keygen = (name) => {
    const made = w.compiler('keygen', `${name}.key`);
    assert.equal(made.status, 0, made.stderr);
    assert.equal(made.stderr, '');
    writeFileSync(w.path(`${name}.pub`), made.stdout, {mode: 0o644});
    return made.stdout.trim();
  };
  w.sign = (key, plan, ...more) =>
      w.compiler('compile', 'policy.plex', '-o', plan, '--sign', key, ...more);
  w.a = w.keygen('a');
  const done = w.sign('a.key', 'signed.plan');
  assert.equal(done.status, 0, done.stderr);
  w.bytes = (name = 'signed.plan') => readFileSync(w.path(name));
  w.write = (name, bytes) => writeFileSync(w.path(name), bytes);
  // Each command that loads a plan refuses it with `message` and does nothing else.
  w.refused = (plan, trust, message) => {
    for (const [program, args, input] of [
             [mcplexer, ['run', plan, '--dir', '.', '--state', 'new'], kHello],
             [mcplexer, ['decide', plan], kCall],
             [mcplexerc, ['dump', plan], ''],
    ]) {
      const done = start(program, [...args, ...trust], input);
      const label = `${basename(program)} ${args[0]} ${plan} ${trust.join(' ')}: ${done.stderr}`;
      assert.equal(done.status, 2, label);
      assert.equal(done.stdout, '', label);
      assert.match(done.stderr, message, label);
      assert.equal(done.stderr.trim().split('\n').length, 1, label);
    }
    assert.equal(existsSync(w.path('new')), false, 'nothing is opened for a plan that is refused');
  };
  w.accepted = (plan, ...trust) => {
    const decided = w.gateway(kCall, 'decide', plan, ...trust);
    assert.equal(decided.status, 0, decided.stderr);
    assert.equal(JSON.parse(decided.stdout).reason, 'no_workspace');
    const dumped = w.compiler('dump', plan, '--format', 'json', ...trust);
    assert.equal(dumped.status, 0, dumped.stderr);
    return JSON.parse(dumped.stdout);
  };
  return w;
}

const idOf = (line) => line.split(':')[1];
const keyOf = (line) => Buffer.from(line.trim().split(':')[2], 'base64');
const part = (bytes, [begin, end]) => bytes.subarray(begin, end);
const nodeKey = (raw) => crypto.createPublicKey(
    {key: {kty: 'OKP', crv: 'Ed25519', x: raw.toString('base64url')}, format: 'jwk'});

// The digest over bytes [0,32), [64,128) and [256,end) put right.
function reseal(bytes) {
  const digest = crypto.createHash('sha256');
  for (const [begin, end] of [[0, 32], [64, 128], [256, bytes.length]]) {
    digest.update(bytes.subarray(begin, end));
  }
  digest.digest().copy(bytes, 32);
  return bytes;
}

describe('keygen', () => {
  test('writes a secret key for its owner and prints the public one', (t) => {
    const w = signedWorld(t);
    const made = w.compiler('keygen', 'new.key');
    assert.equal(made.status, 0, made.stderr);
    assert.match(made.stdout, kPublicLine);
    assert.equal(statSync(w.path('new.key')).mode & 0o7777, 0o600);
    const lines = readFileSync(w.path('new.key'), 'utf8').trimEnd().split('\n');
    const secret = lines.filter((line) => !line.startsWith('#'));
    assert.equal(secret.length, 1);
    const [word, id, base64] = secret[0].split(':');
    assert.equal(word, 'mcplexer-ed25519-secret');
    assert.equal(id, idOf(made.stdout));
    assert.equal(
        id, crypto.createHash('sha256').update(keyOf(made.stdout)).digest('hex').slice(0, 16));
    // PKCS #8 around the seed, for Node.js to say which public key belongs to it.
    const seed = Buffer.from(base64, 'base64');
    assert.equal(seed.length, 32);
    const der = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), seed]);
    const jwk =
        crypto.createPublicKey({key: der, format: 'der', type: 'pkcs8'}).export({format: 'jwk'});
    assert.deepEqual(Buffer.from(jwk.x, 'base64url'), keyOf(made.stdout));
    assert.ok(!(made.stdout + made.stderr).includes(base64));
    const again = w.compiler('keygen', '--public', 'new.key');
    assert.deepEqual([again.status, again.stdout], [0, made.stdout]);
  });

  test('overwrites nothing', (t) => {
    const w = signedWorld(t);
    const before = w.bytes('a.key');
    const done = w.compiler('keygen', 'a.key');
    assert.equal(done.status, 2);
    assert.equal(done.stdout, '');
    assert.match(done.stderr, /cannot write `a\.key`: .*never overwritten/);
    assert.deepEqual(w.bytes('a.key'), before);
    symlinkSync('elsewhere', w.path('link'));
    assert.equal(w.compiler('keygen', 'link').status, 2);
    assert.equal(existsSync(w.path('elsewhere')), false);
    assert.match(w.compiler('keygen', '-').stderr, /not to standard output/);
    assert.equal(existsSync(w.path('-')), false);
  });

  test('shows the public key of no other file', (t) => {
    const w = signedWorld(t);
    chmodSync(w.path('a.pub'), 0o600);
    for (const [name, message] of [
             ['none', /No such file/], ['policy.plex', /may be read by others/],
             ['.', /regular file/], ['a.pub', /a public key, where a secret one is needed/]]) {
      const done = w.compiler('keygen', '--public', name);
      assert.deepEqual([done.status, done.stdout], [2, ''], name);
      assert.match(done.stderr, message);
    }
  });
});

describe('compile --sign', () => {
  test('changes the signature and nothing else, and the same key gives the same bytes', (t) => {
    const w = signedWorld(t);
    const plain = readFileSync(w.plan);
    const signed = w.bytes();
    assert.equal(w.sign('a.key', 'again.plan').status, 0);
    assert.deepEqual(w.bytes('again.plan'), signed);
    assert.deepEqual(part(signed, kSigner), keyOf(w.a));
    const cleared = Buffer.from(signed);
    cleared.fill(0, kSigner[0], kSignature[1]);
    assert.deepEqual(cleared, plain);
    const [before, after] = [w.accepted(w.plan), w.accepted('signed.plan')];
    assert.equal(before.signer, null);
    assert.equal(after.signer, idOf(w.a));
    assert.deepEqual({...after, signer: null}, before);
  });

  test('gives a signature that others can check with what the pages say', (t) => {
    const w = signedWorld(t);
    const signed = w.bytes();
    const holds = () =>
        crypto.verify(null, part(signed, kSigned), nodeKey(keyOf(w.a)), part(signed, kSignature));
    assert.equal(holds(), true);
    signed[40] ^= 1;
    assert.equal(holds(), false);
  });

  test('says who signed', (t) => {
    const w = signedWorld(t);
    const signed = w.sign('a.key', 'x.plan', '--stats');
    assert.match(signed.stdout, new RegExp(`^signed by +${idOf(w.a)}$`, 'm'));
    const plain = w.compiler('compile', 'policy.plex', '-o', 'x.plan', '--stats');
    assert.match(plain.stdout, /^signed by +nobody$/m);
    assert.match(
        w.compiler('dump', 'signed.plan').stdout, new RegExp(`^signer: ${idOf(w.a)}$`, 'm'));
  });

  test('takes the key from standard input', (t) => {
    const w = signedWorld(t);
    const done = w.withInput(
        w.bytes('a.key').toString(), 'compile', 'policy.plex', '-o', '-', '--sign', '-');
    assert.equal(done.status, 0, done.stderr);
    assert.equal(
        w.withInput(
             w.bytes('a.key').toString(), 'compile', 'policy.plex', '-o', 'in.plan', '--sign', '-')
            .status,
        0);
    assert.deepEqual(w.bytes('in.plan'), w.bytes());
    const none = w.withInput('', 'compile', 'policy.plex', '-o', 'none.plan', '--sign', '-');
    assert.equal(none.status, 2);
    assert.match(none.stderr, /standard input holds no key/);
    assert.equal(existsSync(w.path('none.plan')), false);
  });

  test('refuses what is no secret key of its owner, and writes no plan', (t) => {
    const w = signedWorld(t);
    const good = w.bytes('a.key').toString();
    const secret = good.trimEnd().split('\n').at(-1);
    const base64 = secret.split(':')[2];
    const cases = [
      [good, 0o640, /may be read by others than its owner \(chmod go=\)/],
      [good, 0o604, /may be read by others/],
      [good, 0o622, /may be written by others/],
      [w.a, 0o600, /holds a public key, where a secret one is needed/],
      ['', 0o600, /holds no key/],
      ['-----BEGIN OPENSSH PRIVATE KEY-----\n', 0o600, /holds no key: does not begin with/],
      [good + secret, 0o600, /more than one line/],
      [secret.slice(0, -8), 0o600, /a key of 36 characters instead of 44/],
      [secret.slice(0, -44), 0o600, /a key of 0 characters instead of 44/],
      [secret + 'AAAA', 0o600, /a key of 48 characters instead of 44/],
      [secret.replace(base64, '*'.repeat(44)), 0o600, /not 32 bytes in base64/],
      [secret.replace(/:[0-9a-f]{16}:/, ':0123456789abcdef:'), 0o600, /id is that of another/],
      [Buffer.alloc(5000), 0o600, /larger than 4096 bytes/],
    ];
    writeFileSync(w.path('out.plan'), 'older');
    for (const [content, mode, message] of cases) {
      rmSync(w.path('bad.key'), {force: true});
      writeFileSync(w.path('bad.key'), content);
      chmodSync(w.path('bad.key'), mode);
      const done = w.sign('bad.key', 'out.plan');
      assert.equal(done.status, 2, done.stderr);
      assert.match(done.stderr, message);
      assert.match(done.stderr, /^mcplexerc: key file `bad\.key` /);
      assert.ok(!done.stderr.includes(base64.slice(0, 8)), done.stderr);
      assert.equal(w.bytes('out.plan').toString(), 'older');
    }
    for (const [name, message] of [
             ['none.key', /No such file/], ['.', /regular file/], ['', /``/]]) {
      const done = w.sign(name, 'out.plan');
      assert.equal(done.status, 2, done.stderr);
      assert.match(done.stderr, message);
    }
    // A key in an argument has been seen by everybody; at least no message repeats it.
    const argued = w.sign(secret, 'out.plan');
    assert.equal(argued.status, 2);
    assert.match(argued.stderr, /never given as an argument/);
    assert.ok(!argued.stderr.includes(base64.slice(0, 8)));
    assert.equal(w.bytes('out.plan').toString(), 'older');
  });
});

describe('run --trust', () => {
  for (const [label, trust] of [
           ['a key', (w) => w.a], ['a file', (w) => w.path('a.pub')],
           ['a file of several', (w) => w.path('all.pub')]]) {
    test(`serves a client under a plan that is signed by ${label}`, async (t) => {
      const w = signedWorld(t);
      const b = w.keygen('b');
      writeFileSync(
          w.path('all.pub'), `# who may sign\n\n${b} since 2026\n${w.a}  # retired soon\n`,
          {mode: 0o644});
      w.runArgs = ['run', w.path('signed.plan'), '--state', w.state, '--trust', trust(w)];
      const client = await w.client();
      const answer = await client.callTool({name: 'e__echo', arguments: {n: 1}});
      assert.equal(text(answer), '{"n":1}');
      await client.close();
      assert.match(w.stderr, new RegExp(`signed by key ${idOf(w.a)}`));
      const [call] = w.audit();
      assert.equal(call.status, 'ok');
      const log = filesBelow(w.state).filter((file) => file.endsWith('.log'));
      const events =
          log.flatMap((file) => readFileSync(file, 'latin1').match(/\{"type":"event".*?\}/g));
      assert.equal(events.length, 1);
      const event = JSON.parse(events[0]);
      assert.equal(event.event, 'plan_loaded');
      assert.equal(event.detail, `${call.intent.plan}, signed by key ${idOf(w.a)}`);
    });
  }

  test('refuses, as every command that loads a plan does, what no trusted key has signed', (t) => {
    const w = signedWorld(t);
    const b = w.keygen('b');
    w.accepted('signed.plan', '--trust', w.a);
    w.refused(w.plan, ['--trust', w.a], /plan: not signed/);
    w.refused('signed.plan', ['--trust', b], new RegExp(`key ${idOf(w.a)}, which is not trusted`));
    // Somebody else's name under our signature, and ours under theirs.
    const bytes = w.bytes();
    keyOf(b).copy(bytes, kSigner[0]);
    w.write('x.plan', bytes);
    w.refused('x.plan', ['--trust', b], new RegExp(`does not verify: .* signed by key ${idOf(b)}`));
    assert.equal(w.sign('b.key', 'x.plan').status, 0);
    const theirs = w.bytes('x.plan');
    keyOf(w.a).copy(theirs, kSigner[0]);
    w.write('x.plan', theirs);
    w.refused('x.plan', ['--trust', w.a], /signature does not verify/);
  });

  test('refuses what was changed, cut or made for another version', (t) => {
    const w = signedWorld(t);
    const trust = ['--trust', w.a];
    const changed = (change, seal = (bytes) => bytes) => {
      const bytes = w.bytes();
      const result = change(bytes) ?? bytes;
      w.write('x.plan', seal(result));
    };
    changed((bytes) => void (bytes[bytes.length - 1] ^= 1));
    w.refused('x.plan', trust, /content does not match its digest/);
    changed((bytes) => void (bytes[64] ^= 1), reseal);
    w.refused('x.plan', trust, /signature does not verify/);
    changed((bytes) => bytes.subarray(0, bytes.length - 1));
    w.refused('x.plan', trust, /truncated or extended/);
    changed((bytes) => bytes.subarray(0, 200));
    w.refused('x.plan', trust, /shorter than a header/);
    changed((bytes) => Buffer.concat([bytes, Buffer.alloc(64)]));
    w.refused('x.plan', trust, /truncated or extended/);
    changed((bytes) => void bytes.writeUInt16LE(3, 8), reseal);
    w.refused('x.plan', trust, /format 3\.0, this program reads 2\.x/);
    changed((bytes) => void bytes.fill(0, ...kSigner));
    w.refused('x.plan', trust, /signature does not verify/);
    changed((bytes) => void bytes.fill(0, ...kSignature));
    w.refused('x.plan', trust, /signature does not verify/);
    changed((bytes) => void bytes.fill(0, kSigner[0], kSignature[1]));
    w.refused('x.plan', trust, /plan: not signed/);
  });

  // A signer's own plan that breaks a rule of the format: a signature is no proof of soundness.
  test('refuses a broken plan even when a trusted key has signed it', (t) => {
    const w = signedWorld(t);
    const {publicKey, privateKey} = crypto.generateKeyPairSync('ed25519');
    const raw = Buffer.from(publicKey.export({format: 'jwk'}).x, 'base64url');
    const id = crypto.createHash('sha256').update(raw).digest('hex').slice(0, 16);
    const trust = ['--trust', `mcplexer-ed25519-public:${id}:${raw.toString('base64')}`];
    const signed = (bytes) => {
      raw.copy(bytes, kSigner[0]);
      reseal(bytes);
      crypto.sign(null, part(bytes, kSigned), privateKey).copy(bytes, kSignature[0]);
      w.write('x.plan', bytes);
    };
    signed(readFileSync(w.plan));
    assert.equal(w.accepted('x.plan', ...trust).signer, id);
    // default_principal of Meta, which is section 3 of the table behind the header.
    const bytes = readFileSync(w.plan);
    const meta = Number(bytes.readBigUInt64LE(256 + 2 * 24 + 8));
    bytes.writeUInt32LE(99, meta + 8);
    signed(bytes);
    w.refused('x.plan', trust, /plan: the anonymous principal is not the first/);
  });

  // S + L is the same scalar as S; L is the group's order.
  test('refuses a second form of a good signature', (t) => {
    const w = signedWorld(t);
    const bytes = w.bytes();
    const little = (buffer) => BigInt('0x' + Buffer.from(buffer).reverse().toString('hex'));
    const s =
        little(part(bytes, [192, 224])) + 2n ** 252n + 27742317777372353535851937790883648493n;
    Buffer.from(s.toString(16).padStart(64, '0'), 'hex').reverse().copy(bytes, 192);
    w.write('x.plan', bytes);
    for (const trust of [[], ['--trust', w.a]]) {
      w.refused('x.plan', trust, /signature does not verify/);
    }
  });

  test('not given, takes unsigned plans and checks signatures that are there', (t) => {
    const w = signedWorld(t);
    w.accepted(w.plan);
    w.accepted('signed.plan');
    const bytes = w.bytes();
    bytes[kSignature[0]] ^= 1;
    w.write('x.plan', bytes);
    w.refused('x.plan', [], /signature does not verify/);
  });

  test('given several times, takes a plan of either key, so keys can be changed', (t) => {
    const w = signedWorld(t);
    const b = w.keygen('b');
    assert.equal(w.sign('b.key', 'b.plan').status, 0);
    const both = ['--trust', w.path('a.pub'), '--trust', b];
    assert.equal(w.accepted('signed.plan', ...both).signer, idOf(w.a));
    assert.equal(w.accepted('b.plan', ...both).signer, idOf(b));
    w.accepted('b.plan', '--trust', b);
    w.refused('signed.plan', ['--trust', b], /not trusted/);
  });

  test('needs public keys: what is none, or no file of them, trusts nobody', (t) => {
    const w = signedWorld(t);
    const secret = w.bytes('a.key').toString().trimEnd().split('\n').at(-1);
    w.write('empty', '');
    w.write('comments', '# mcplexer-ed25519-public\n\n');
    w.write('mixed', `${w.a}\nssh-ed25519 AAAA\n`);
    w.write('large', `${w.a}\n`.repeat(1000));
    w.write('writable', w.a);
    chmodSync(w.path('writable'), 0o664);
    mkdirSync(w.path('folder'));
    for (const [value, message] of [
             ['', /--trust is empty/],
             ['{}', /No such file|names no key/],
             ['[]', /No such file|names no key/],
             ['none.pub', /--trust `none\.pub` cannot be opened: No such file/],
             ['folder', /is not a regular file/],
             ['empty', /--trust `empty` holds no key/],
             ['comments', /holds no key/],
             ['mixed', /--trust `mixed`:2: no key: does not begin with/],
             ['large', /larger than 65536 bytes/],
             ['writable', /may be written by others than its owner/],
             ['a.key', /--trust `a\.key`:3: a secret key, where a public one is needed/],
             [w.a.slice(0, -4), /--trust: a key of 40 characters instead of 44/],
             [w.a.replace(idOf(w.a), '0123456789abcdef'), /its id is that of another one/],
             [
               'mcplexer-ed25519-public:66687aadf862bd77:' + Buffer.alloc(32).toString('base64'),
               /no public key of Ed25519/
             ],
             [secret, /--trust takes a public key, and this is a secret one/],
    ]) {
      for (const plan of [w.plan, 'signed.plan']) w.refused(plan, ['--trust', value], message);
    }
    // A good key beside it makes it no better.
    w.refused('signed.plan', ['--trust', w.a, '--trust', 'empty'], /holds no key/);
    const said = w.gateway(kCall, 'decide', 'signed.plan', '--trust', secret).stderr +
        w.gateway(kCall, 'decide', 'signed.plan', '--trust', 'a.key').stderr;
    assert.ok(!said.includes(secret.split(':')[2].slice(0, 8)), said);
  });
});
