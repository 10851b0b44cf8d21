// SPDX-License-Identifier: Apache-2.0
// Policy sources that are broken in every way that came to mind: what is said, the exit code, the
// time.

import assert from 'node:assert/strict';
import {chmodSync, mkdirSync, symlinkSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, test} from 'node:test';

import {check, compiler, random, run, temporary} from './run.mjs';

const kMiB = 1 << 20;
const kLimit = 16 * kMiB;

// One file, one run of check; `said` must be on stderr, at `file:line` when it begins so.
function broken(title, file, content, said, options = {}) {
  test(title, (t) => {
    const directory = temporary(t);
    writeFileSync(join(directory, file), typeof content === 'function' ? content() : content);
    const {stderr, stdout} = check(directory, [file], options);
    assert.match(stderr, said);
    assert.match(stdout, /^1 file, \d+ rules?, \d+ errors?, \d+ warnings?$/m);
    const out = run(
        compiler, ['compile', file, '-o', 'out.plan'], {cwd: directory, expect: [1], ...options});
    assert.equal(out.stdout, '');
    run(compiler, ['dump', 'out.plan'], {cwd: directory, expect: [2]});
  });
}

const kServer = 'server e { command = ["x"] }\n';
const inWorkspace = (rule) => `${kServer}workspace w { root = "/w"  ${rule} }\n`;
const yaml = (more) =>
    `downstream_servers: [{id: e, command: x}]\nworkspaces: [{id: w, root_path: /w}]\n${more}`;

describe('.plex', () => {
  broken('bad syntax', 'a.plex', 'workspace {', /^a\.plex:1:\d+: error\[E01\d\d\]/m);
  broken('text after the end', 'a.plex', `${kServer}}`, /^a\.plex:2:1: error\[E0101\]/m);
  broken(
      'a string without end', 'a.plex', 'server e { command = ["x] }',
      /^a\.plex:1:\d+: error\[E01/m);
  broken('a comment without end', 'a.plex', `${kServer}/* and so on`, /^a\.plex:2:1: error\[E01/m);
  broken(
      'an unknown scope', 'a.plex', inWorkspace('allow e__a using nobody'),
      /^a\.plex:2:\d+: error\[E02\d\d\].*nobody/m);
  broken(
      'an unknown set', 'a.plex', inWorkspace('allow @nobody'),
      /^a\.plex:2:\d+: error\[E02\d\d\].*nobody/m);
  broken(
      'an import of nothing', 'a.plex', 'import "none.plex"',
      /^a\.plex:1:\d+: error\[E02\d\d\].*none\.plex/m);
  broken('an import of itself', 'a.plex', 'import "a.plex"', /^a\.plex:1:\d+: error/m);
  broken(
      'a template that uses itself', 'a.plex', `${inWorkspace('use t()')}template t() { use t() }`,
      /error\[E/);
  broken(
      '100,000 brackets', 'a.plex',
      'allow ' +
          '['.repeat(100_000),
      /error\[E01\d\d\]/);
  broken(
      '100,000 parentheses', 'a.plex',
      inWorkspace(
          'allow e__a when ' +
          '('.repeat(100_000)),
      /error\[E0105\].*200/);
  broken(
      '100,000 times not', 'a.plex',
      inWorkspace(
          'allow e__a when ' +
          'not '.repeat(100_000) + 'has arg.x'),
      /error\[E0105\].*200/);
  broken('100,000 braces', 'a.plex', 'workspace w {'.repeat(100_000), /error\[E01/);
  broken(
      '100,000 alternatives within each other', 'a.plex',
      inWorkspace(`allow "e__${'{a,'.repeat(300)}"`), /error\[E/);
  broken('a NUL byte', 'a.plex', 'server \0', /^a\.plex:1:8: error\[E0106\]/m);
  broken(
      'invalid UTF-8', 'a.plex', Buffer.from('server "\xff\xfe"', 'latin1'),
      /^a\.plex:1:9: error\[E0106\]/m);
  broken('UTF-16', 'a.plex', Buffer.from('\ufeffserver e {}', 'utf16le'), /error\[E0106\]/);
  broken(
      'text that turns its direction', 'a.plex', '// \u202e gnihton\nserver e { command = ["x"] }',
      /^a\.plex:1:\d+: error/m);
  broken(
      'escape sequences', 'a.plex', 'server \x1b]0;owned\x07\x1b[31m {}', /^a\.plex:1:\d+: error/m);
  broken(
      'one byte above the limit', 'a.plex', () => Buffer.alloc(kLimit + 1, 'a'),
      /error\[E0105\].*16777216/);
});

describe('YAML', () => {
  broken('bad syntax', 'a.yaml', 'workspaces: [', /^a\.yaml:\d+:\d+: error\[E01/m);
  broken('an unknown key', 'a.yaml', yaml('colour: blue'), /^a\.yaml:3:1: error.*colour/m);
  broken(
      'an unknown name', 'a.yaml',
      yaml('route_rules: [{workspace_id: nobody, policy: allow, tool_match: "e__a"}]'),
      /^a\.yaml:3:\d+: error\[E02\d\d\].*nobody/m);
  broken('a wrong type', 'a.yaml', yaml('route_rules: 7'), /^a\.yaml:3:14: error/m);
  broken('a key given twice', 'a.yaml', yaml('tools: []\ntools: []'), /^a\.yaml:4:1: error/m);
  broken(
      'a key given twice, written otherwise', 'a.yaml', yaml('tools: []\n"t\\x6fols": []'),
      /^a\.yaml:4:1: error/m);
  broken(
      'an alias bomb', 'a.yaml',
      'a: &a [x,x,x,x,x,x,x,x,x]\n' +
          [...'bcdefghijk']
              .map(
                  (c, i) => `${c}: &${c} [${
                      Array(9)
                          .fill(
                              '*' +
                              'abcdefghij'[i])
                          .join()}]\n`)
              .join(''),
      /^a\.yaml:1:\d+: error/m);
  broken('an anchor that holds itself', 'a.yaml', 'workspaces: &a [*a]', /error/);
  broken(
      'a merge key', 'a.yaml', yaml('tools: [{<<: {name: x}, tool_match: [e__a]}]'),
      /^a\.yaml:3:\d+: error/m);
  broken(
      'a tag', 'a.yaml', yaml('tools: !!python/object/apply:os.system ["true"]'),
      /^a\.yaml:3:\d+: error/m);
  broken('a second document', 'a.yaml', yaml('---\nworkspaces: []'), /^a\.yaml:[34]:\d+: error/m);
  broken(
      '100,000 brackets', 'a.yaml',
      'workspaces: ' +
          '['.repeat(100_000),
      /^a\.yaml:1:\d+: error/m);
  broken(
      '100,000 pairs of brackets', 'a.yaml',
      'workspaces: ' +
          '['.repeat(100_000) + ']'.repeat(100_000),
      /error\[E0105\].*200/);
  broken(
      '100,000 braces', 'a.yaml',
      'workspaces: ' +
          '{a: '.repeat(100_000),
      /error\[E0105\]/);
  broken('100,000 dashes', 'a.yaml', '- '.repeat(100_000), /error/);
  broken(
      '3,000 indents', 'a.yaml',
      Array.from({length: 3000}, (_, i) => ' '.repeat(i) + 'a:').join('\n'), /error/);
  broken('a NUL byte', 'a.yaml', 'workspaces: \0', /^a\.yaml:1:13: error\[E0106\]/m);
  broken(
      'a NUL by escape', 'a.yaml', 'workspaces: [{id: "a\\0", root_path: /w}]',
      /^a\.yaml:1:\d+: error\[E0106\]/m);
  broken(
      'invalid UTF-8', 'a.yaml', Buffer.from('a: \xc3\x28', 'latin1'),
      /^a\.yaml:1:4: error\[E0106\]/m);
  broken(
      'one byte above the limit', 'a.yaml', () => Buffer.alloc(kLimit + 1, '#'),
      /error\[E0105\].*16777216/);
});

describe('files', () => {
  test('a file that is not there, a directory without a policy', (t) => {
    const directory = temporary(t);
    mkdirSync(join(directory, 'empty'));
    assert.match(check(directory, ['none.plex'], {expect: [2]}).stderr, /none\.plex.*No such file/);
    assert.match(check(directory, ['empty'], {expect: [2]}).stderr, /no policy file/);
    assert.match(check(directory, [], {expect: [2]}).stderr, /no policy file/);
    // What can be read is, and what cannot decides the exit code.
    writeFileSync(join(directory, 'a.plex'), 'workspace {');
    assert.match(check(directory, ['none.plex', 'a.plex'], {expect: [2]}).stderr, /none\.plex/);
  });

  test(
      'a file that may not be read', {skip: process.getuid() === 0 && 'root may read everything'},
      (t) => {
        const directory = temporary(t);
        writeFileSync(join(directory, 'a.plex'), kServer);
        chmodSync(join(directory, 'a.plex'), 0);
        assert.match(
            check(directory, ['a.plex'], {expect: [2]}).stderr, /a\.plex.*Permission denied/);
      });

  test('loops of links, links to nowhere, devices', (t) => {
    const directory = temporary(t);
    mkdirSync(join(directory, 'sub'));
    symlinkSync('..', join(directory, 'sub/up'));
    symlinkSync('me.plex', join(directory, 'me.plex'));
    writeFileSync(join(directory, 'sub/a.plex'), kServer);
    assert.match(check(directory, ['sub'], {expect: [0]}).stdout, /^1 file,/m);
    assert.match(check(directory, ['me.plex'], {expect: [2]}).stderr, /me\.plex/);
    symlinkSync('/nowhere', join(directory, 'nowhere.plex'));
    assert.match(check(directory, ['nowhere.plex'], {expect: [2]}).stderr, /nowhere\.plex/);
    for (const device of ['/dev/null', '/dev/zero', '/proc/self/mem'])
      check(directory, [device], {expect: [1, 2]});
    mkdirSync(join(directory, 'd.plex'));
    check(directory, ['d.plex'], {expect: [2]});
  });

  test('an empty file is a policy that allows nothing', (t) => {
    const directory = temporary(t);
    for (const name of ['a.plex', 'a.yaml']) {
      writeFileSync(join(directory, name), '');
      check(directory, [name], {expect: [0, 1, 2]});
      const {stdout} =
          run(compiler, ['explain', name, '--dir', '/w', '--call', 'e__a'], {cwd: directory});
      assert.doesNotMatch(stdout, /^allow/m);
    }
  });
});

describe('garbage', () => {
  const kWords = [
    'workspace', 'w',    'allow', 'deny',   '{',  '}',       '(',     ')',  '[',   ']',
    '"x"',       '"',    'e__*',  ',',      '=',  'because', 're"a"', '@s', '123', '5m',
    '//',        '/*',   '*/',    'server', '${', 'when',    'arg.x', '==', 'not', 'in',
    '~',         'test', 'use',   '- ',     ': ', '&a',      '*a',    '|',  '"\\', '#'
  ];
  const words = (seed, count, vocabulary = kWords) => {
    const {of, below} = random(seed);
    return Array.from({length: count}, () => of(vocabulary) + (below(7) ? ' ' : '\n')).join('');
  };

  test('50 files of 10,000 random lines', (t) => {
    const directory = temporary(t);
    for (let seed = 1; seed <= 50; ++seed) {
      const {below} = random(seed);
      // Lines of words, of printable characters, or of any bytes.
      const lines = Array.from(
          {length: 10_000},
          (_, i) =>
              [() => words(seed * 10_000 + i, 5).replaceAll('\n', ' '),
               () => String.fromCharCode(...Array.from({length: 20}, () => 32 + below(95))),
               () => String.fromCharCode(...Array.from({length: 20}, () => 1 + below(255))),
      ][seed % 3]());
      const file = `g${seed}.${seed % 2 ? 'plex' : 'yaml'}`;
      writeFileSync(join(directory, file), Buffer.from(lines.join('\n'), 'latin1'));
      check(directory, [file], {label: `seed ${seed}`});
    }
  });

  const kNoComments =
      kWords.filter((word) => !['/*', '//', '"', '"\\', '${', '#', '*/'].includes(word));
  for (const [title, file, content] of [
           ['words', 'a.plex', () => words(1, 5_000_000, kNoComments).slice(0, kLimit - 1)],
           ['words', 'a.yaml', () => words(2, 5_000_000, kNoComments).slice(0, kLimit - 1)],
           ['one keyword', 'a.plex', () => 'allow '.repeat(kLimit / 6)],
           ['closing braces', 'a.plex', () => '}'.repeat(kLimit - 1)],
           [
             'an opened string', 'a.plex',
             () => 'server "' +
                 'x'.repeat(kLimit - 100)
           ],
           ['one key again and again', 'a.yaml', () => 'tools: x\n'.repeat(kLimit / 9)],
  ]) {
    test(`just below 16 MiB: ${title}, ${file}`, (t) => {
      const directory = temporary(t);
      writeFileSync(join(directory, file), content());
      check(directory, [file], {patience: 10});
    });
  }
});
