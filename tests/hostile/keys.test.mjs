// SPDX-License-Identifier: Apache-2.0
// Files that are given as keys and are none. Whatever is in them, they sign nothing and make nobody
// trusted, and no byte of them is printed: they may be somebody's secret.

import assert from 'node:assert/strict';
import {existsSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {after, before, describe, test} from 'node:test';

import {compiler, gateway, random, run, temporary} from './run.mjs';

const kPolicy = 'server e { command = ["x"] }\nworkspace w {\n  root = "/w"\n  allow e__get\n}\n';
const kCanary = 'c4nArY7Q';

let directory;
let pair;
const cleanup = [];
before(() => {
  directory = temporary({after: (then) => cleanup.push(then)});
  writeFileSync(join(directory, 'p.plex'), kPolicy);
  const {stdout} = run(compiler, ['keygen', 'key'], {cwd: directory, expect: [0]});
  pair = {public: stdout.trim(), secret: readFileSync(join(directory, 'key'), 'utf8')};
  run(compiler, ['compile', 'p.plex', '-o', 'good.plan', '--sign', 'key'],
      {cwd: directory, expect: [0]});
});
after(() => cleanup.forEach((then) => then()));

function refused(content, label) {
  writeFileSync(join(directory, 'bad'), content, {mode: 0o600});
  for (const [program, args] of [
           [compiler, ['compile', 'p.plex', '-o', 'bad.plan', '--sign', 'bad']],
           [compiler, ['keygen', '--public', 'bad']],
           [gateway, ['decide', 'good.plan', '--trust', 'bad']],
  ]) {
    const done = run(program, args, {cwd: directory, expect: [2], label: `${args[0]}: ${label}`});
    assert.equal(done.stdout, '');
    assert.ok(!done.stderr.includes(kCanary), done.stderr);
  }
  assert.equal(existsSync(join(directory, 'bad.plan')), false);
}

describe('a file that is no key', () => {
  test('is refused by all that take keys', () => {
    const {below} = random(3);
    const noise = (size) => Buffer.from(Array.from({length: size}, () => below(256)));
    const secret = 'mcplexer-ed25519-secret:';
    for (const [label, content] of [
             ['empty', ''],
             ['a NUL', '\0'],
             ['line breaks', '\n\r\n'.repeat(500)],
             ['a secret of another kind', `${kCanary}\n`],
             ['a key of another program', `ssh-ed25519 ${kCanary} me@here\n`],
             ['a PEM key', `-----BEGIN PRIVATE KEY-----\n${kCanary}\n-----END PRIVATE KEY-----\n`],
             ['the first word', secret],
             ['two words', `${secret}0123456789abcdef`],
             ['no key behind its id', `${secret}0123456789abcdef:`],
             ['colons', secret + ':'.repeat(3000)],
             ['a long id', `${secret}${kCanary.repeat(400)}:AAAA`],
             ['a long key', `${secret}0123456789abcdef:${kCanary.repeat(400)}`],
             ['a key with a NUL', `${secret}0123456789abcdef:${kCanary}\0${'A'.repeat(34)}=`],
             ['a key of zeros', `${secret}0123456789abcdef:${'A'.repeat(43)}=`],
             ['another word', `mcplexer-rsa-secret:0123456789abcdef:${'A'.repeat(43)}=`],
             ['UTF-16', Buffer.from(pair.secret, 'utf16le')],
             ['a byte order mark', '\ufeff' + pair.secret.trimEnd().split('\n').at(-1)],
             ['a megabyte', kCanary.repeat(1 << 17)],
             ['noise', noise(200)],
             ['more noise', noise(4000)],
    ]) {
      refused(content, label);
    }
  });

  test('is refused when it was a key before a character was lost', () => {
    const line = pair.secret.trimEnd().split('\n').at(-1);
    for (let at = 0; at < line.length; at += 7) {
      refused(line.slice(0, at) + line.slice(at + 1), `without character ${at}`);
    }
  });
});
