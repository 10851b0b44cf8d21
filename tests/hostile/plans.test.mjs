// SPDX-License-Identifier: Apache-2.0
// Damaged plans. The verifier's own tests flip every bit in one process; here the programs are
// asked, each of which has to refuse with exit code 2 and a reason before it has done or printed
// anything. Truncations and flips go round the three programs, a sample of them unless
// MCPLEXER_HOSTILE_ALL=1.

import assert from 'node:assert/strict';
import {createHash} from 'node:crypto';
import {existsSync, mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {after, before, describe, test} from 'node:test';

import {compiler, everything, gateway, random, run, temporary} from './run.mjs';

const kPolicy = `
server e { command = ["x"] }
workspace w {
  root = "/w"
  allow e__{get,list}_*  when arg.path under "/w" or arg.n < 10  as some
  deny  e__list_x*  because "no"  as no
}
`;
const kCall = '{"dir":"/w","name":"e__get_a","arguments":{"n":1}}\n';

let directory;
let plan;
let signed;
let signer;
const cleanup = [];
before(() => {
  directory = temporary({after: (then) => cleanup.push(then)});
  writeFileSync(join(directory, 'p.plex'), kPolicy);
  run(compiler, ['compile', 'p.plex', '-o', 'good.plan'], {cwd: directory, expect: [0]});
  plan = readFileSync(join(directory, 'good.plan'));
  signer = run(compiler, ['keygen', 'key'], {cwd: directory, expect: [0]}).stdout.trim();
  run(compiler, ['compile', 'p.plex', '-o', 'signed.plan', '--sign', 'key'],
      {cwd: directory, expect: [0]});
  signed = readFileSync(join(directory, 'signed.plan'));
  mkdirSync(join(directory, 'w'));
});
after(() => cleanup.forEach((then) => then()));

const kPrograms = [
  ['dump', compiler, ['dump', 'bad.plan'], ''],
  ['decide', gateway, ['decide', 'bad.plan'], kCall],
  [
    'run', gateway, ['run', 'bad.plan', '--dir', '.', '--state', 'state'],
    '{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"t","version":"1"}}}\n'
  ],
  ['explain', compiler, ['explain', 'bad.plan', '--dir', '/w', '--call', 'e__get_a'], ''],
];

function refused(bytes, label, programs = kPrograms) {
  writeFileSync(join(directory, 'bad.plan'), bytes);
  for (const [name, program, args, input] of programs) {
    const done =
        run(program, args, {cwd: directory, input, expect: [2], label: `${name}: ${label}`});
    assert.equal(done.stdout, '', `${name} said something about a bad plan: ${label}`);
    assert.ok(done.stderr.trim().split('\n').length <= 2, done.stderr);
  }
}

describe('a plan', () => {
  test('is accepted when it is whole', () => {
    writeFileSync(join(directory, 'bad.plan'), plan);
    run(compiler, ['dump', 'bad.plan'], {cwd: directory, expect: [0]});
    const {stdout} =
        run(gateway, ['decide', 'bad.plan'], {cwd: directory, input: kCall, expect: [0]});
    assert.equal(JSON.parse(stdout).decision, 'allow');
  });

  test('is refused when it is nothing of the kind', () => {
    for (const [label, bytes] of [
             ['empty', Buffer.alloc(0)],
             ['zeros', Buffer.alloc(plan.length)],
             ['a policy', Buffer.from(kPolicy)],
             ['an ELF file', readFileSync(gateway).subarray(0, 100_000)],
             ['twice itself', Buffer.concat([plan, plan])],
             ['one byte more', Buffer.concat([plan, Buffer.alloc(1)])],
             [
               'a header of 0xff',
               Buffer.concat([plan.subarray(0, 8), Buffer.alloc(56, 0xff), plan.subarray(64)])
             ],
    ]) {
      // What does not even look like a plan is a source to explain.
      const programs = ['empty', 'zeros', 'a policy', 'an ELF file'].includes(label) ?
          kPrograms.slice(0, 3) :
          kPrograms;
      refused(bytes, label, programs);
    }
    assert.equal(existsSync(join(directory, 'state')), false, 'nothing was opened for a bad plan');
  });

  test('is refused when it is not there, or is a directory', () => {
    for (const path of ['none.plan', '.']) {
      for (const [name, program, args, input] of kPrograms.slice(0, 3)) {
        const replaced = args.map((one) => (one === 'bad.plan' ? path : one));
        const done =
            run(program, replaced, {cwd: directory, input, expect: [2], label: `${name} ${path}`});
        assert.equal(done.stdout, '');
      }
    }
  });

  test('is refused at any shorter length', () => {
    for (let length = 0, i = 0; length < plan.length; ++length) {
      const chosen = length < 80 || length % 16 === 0 || plan.length - length < 40;
      if (everything || chosen)
        refused(plan.subarray(0, length), `${length} bytes`, [kPrograms[i++ % 3]]);
    }
  });

  test('is refused with any bit flipped', () => {
    const {below} = random(7);
    for (let at = 0, i = 0; at < plan.length; at += everything ? 1 : at < 64 ? 2 : 1 + below(24)) {
      const bytes = Buffer.from(plan);
      bytes[at] ^= 1 << below(8);
      refused(bytes, `bit flipped at ${at}`, [kPrograms[i++ % 3]]);
    }
  });
});

describe('a plan that has to be signed', () => {
  const trusting = () => kPrograms.slice(0, 3).map(
      ([name, program, args, input]) => [name, program, [...args, '--trust', signer], input]);

  test('is accepted when it is whole', () => {
    writeFileSync(join(directory, 'bad.plan'), signed);
    const [, [, program, args, input]] = trusting();
    const {stdout} = run(program, args, {cwd: directory, input, expect: [0]});
    assert.equal(JSON.parse(stdout).decision, 'allow');
  });

  test('is refused with any byte changed, its digest put right or not', () => {
    const {below} = random(11);
    const last = signed.length - 1;
    for (let at = 0, i = 0; at <= last; at += everything ? 1 : at < 256 ? 3 : 1 + below(32)) {
      const bytes = Buffer.from(signed);
      bytes[at] ^= 1 << below(8);
      refused(bytes, `bit flipped at ${at}`, [trusting()[i++ % 3]]);
      if (at >= 32 && at < 64) continue;
      const digest = createHash('sha256');
      for (const part of [[0, 32], [64, 128], [256]]) digest.update(bytes.subarray(...part));
      digest.digest().copy(bytes, 32);
      refused(bytes, `bit flipped at ${at}, sealed`, [trusting()[i++ % 3]]);
    }
  });

  test('is refused when nobody signed it', () => {
    refused(plan, 'not signed', trusting());
  });
});

describe('lines for decide', () => {
  test('that are nothing give an error each, and never an allow', () => {
    const lines = [
      '',
      '{',
      '[]',
      '42',
      'null',
      '{}',
      '{"dir":"/w"}',
      '{"name":"e__get_a"}',
      '{"dir":"w","name":"e__get_a","arguments":{"n":1}}',
      '{"dir":"/w","name":7}',
      '{"dir":"/w","name":"e__get_a","kind":"root"}',
      '{"dir":"/w","name":"e__get_a","dir":"/w","arguments":{"n":1}}',
      '{"dir":"/w","name":"e__get_a","principal":"nobody","arguments":{"n":1}}',
      '{"dir":"/w","name":"e__get_a","arguments":{"n":1},"x":1}',
      '{"dir":"/w/../etc","name":"e__get_a","arguments":{"n":1}}',
      '{"dir":"/w\\u0000/x","name":"e__get_a","arguments":{"n":1}}',
      '['.repeat(100_000),
      '{"dir":"/w","name":"e__get_a","arguments":' +
          '['.repeat(100_000),
      '"' +
          'x'.repeat(5_000_000) + '"',
      '\ud800',
    ];
    const {stdout, stderr} =
        run(gateway, ['decide', 'good.plan'],
            {cwd: directory, input: lines.join('\n') + '\n', expect: [2], quiet: true});
    const answers = stdout.trim().split('\n').map((line) => JSON.parse(line));
    answers.forEach(
        (answer) => assert.notEqual(answer.decision, 'allow', JSON.stringify(answer) + stderr));
    assert.ok(answers.filter(({error}) => error).length >= 12, stdout);
  });

  test('whose arguments are broken or two-faced are not allowed', () => {
    const call = (args) => `{"dir":"/w","name":"e__get_a","arguments":${args}}`;
    const broken = [
      '{"n":1,"n":2}', '{"n":1,"x":{"y":1,"y":2}}', '{"n":"1"}', '{}', '[]', 'null', '"n"',
      '{"n":1e999999}', '{"n":10}', '{"path":""}', '{"path":"/w\\u0000"}', '{"path":"../../.."}',
      '{"path":"~/w"}', '{"path":["/w"]}', '{"N":1}', '{"n":null}'
    ];
    const {stdout} = run(
        gateway, ['decide', 'good.plan'],
        {cwd: directory, input: broken.map(call).join('\n') + '\n', expect: [0, 2], quiet: true});
    const answers = stdout.trim().split('\n').map((line) => JSON.parse(line));
    assert.equal(answers.length, broken.length);
    answers.forEach(
        (answer, i) =>
            assert.notEqual(answer.decision, 'allow', `${broken[i]} -> ${JSON.stringify(answer)}`));
  });
});
