// SPDX-License-Identifier: Apache-2.0
// Nothing malformed ever means "everything". A pattern, path, list of principals or condition that
// is empty, null, unbalanced or of a wrong type, in either surface, is an error; no plan comes of
// it, and what is asked about the source is never answered with allow.

import assert from 'node:assert/strict';
import {existsSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, test} from 'node:test';

import {check, compiler, run, temporary} from './run.mjs';

function refused(directory, file, source, label) {
  writeFileSync(join(directory, file), source);
  const {stderr} = check(directory, [file], {label});
  assert.match(stderr, new RegExp(`^${file}:\\d+:\\d+: error\\[[ES]\\d{4}\\]: .+`, 'm'), label);
  run(compiler, ['compile', file, '-o', 'out.plan'], {cwd: directory, expect: [1], label});
  assert.equal(existsSync(join(directory, 'out.plan')), false, label);
  for (const name of ['e__get_x', 'e__', 'e__*']) {
    const explained =
        run(compiler,
            ['explain', file, '--dir', '/w', '--call', name, '--format', 'json', '--exit-code'],
            {cwd: directory, expect: [1], label});
    assert.doesNotMatch(explained.stdout, /allow/, label);
  }
}

function decision(directory, file, dir, args = '{}') {
  const asked =
      ['explain', file, '--dir', dir, '--call', 'e__get_x', '--args', args, '--format', 'json'];
  return JSON.parse(run(compiler, asked, {cwd: directory, expect: [0]}).stdout).decision;
}

const kHead = 'server e { command = ["x"] }\nprincipal p { uid = 1 }\n';
const plex = (rule, more = '') => `${kHead}${more}\nworkspace w { root = "/w"  ${rule} }\n`;

describe('.plex', () => {
  const rules = {
    patterns: [
      '',
      '""',
      '[]',
      '[""]',
      ',',
      'e__a,',
      ', e__a',
      'e__[',
      'e__[]',
      'e__[!]',
      'e__[z-a]',
      'e__[a',
      'e__{a',
      'e__{a,',
      'e__a}',
      '"e__\\\\"',
      're""',
      're"("',
      're"*"',
      're"e__(?<n>a)\\\\1"',
      're"e__[a"',
      're"e__a{2,1}"',
      '@',
      '@nope',
      '@empty',
      '{}',
      '"e__\\u0000"',
      `e__${'a'.repeat(2000)}`
    ],
    excepts: ['except', 'except ""', 'except []', 'except @nope', 'except e__[', 'except re"("'],
    paths: [
      'in', 'in "/"', 'in "/w"', 'in "./a"', 'in "a/"', 'in "a//b"', 'in "a/../b"', 'in ".."',
      'in []', 'in "["', 'in "{a"'
    ],
    principals: ['for', 'for ""', 'for nobody', 'for p,', 'for []', 'for @p'],
    conditions: [
      'when', 'when ()', 'when ""', 'when true or', 'when arg', 'when arg.', 'when not',
      'when arg.x ==', 'when arg.x in', 'when arg.x matches "("', 'when arg.x matches re"("',
      'when arg.x like "["', 'when arg.x under ""', 'require', 'require ()', 'require arg.x[*] == 1'
    ],
    routes: ['using', 'using nobody', 'via', 'via nobody', 'via ""'],
  };
  const full = {patterns: (text) => `allow ${text}`};
  for (const [kind, texts] of Object.entries(rules)) {
    test(`malformed ${kind}`, (t) => {
      const directory = temporary(t);
      for (const one of texts) {
        const rule = (full[kind] ?? ((text) => `allow e__* ${text}`))(one);
        const sets = one === '@empty' ? 'tools empty = [ ]' : '';
        refused(directory, 'a.plex', plex(rule, sets), rule);
      }
    });
  }

  test('the empty path is the root alone', (t) => {
    const directory = temporary(t);
    writeFileSync(join(directory, 'a.plex'), plex('allow e__* in ""'));
    check(directory, ['a.plex'], {expect: [0]});
    assert.equal(decision(directory, 'a.plex', '/w'), 'allow');
    for (const dir of ['/w/a', '/', '/wa'])
      assert.equal(decision(directory, 'a.plex', dir), 'deny');
  });
});

describe('YAML', () => {
  const yaml = (rule, more = '') =>
      'downstream_servers:\n  - {id: e, command: x}\nprincipals:\n  - {name: p, uid: 1}\n' +
      `workspaces:\n  - {id: w, root_path: /w}\n${
          more}route_rules:\n  - workspace_id: w\n    policy: allow\n${rule}\n`;
  const wrong = [
    '',   'null',   '~', '""',   '\'\'',   '[]', '[""]', '[null]',  '[~]',       '[[]]', '[[e__a]]',
    '{}', '{a: b}', '7', 'true', '[true]', '*',  '*a',   '&a e__a', '!!str e__a'
  ];
  // A word without quotes is a text: where any text will do, so will these.
  const kTexts = ['7', 'true', '[true]'];
  const fields = {
    tool_match: [
      ...wrong, '"e__["', '"e__{a"', '"e__[z-a]"', '"e__\\\\"', '\'re"("\'', '\'re""\'', '"re"',
      '"@"', '"@nope"', '"@empty"', '["e__a", ""]', '["e__a", null]', '"e__\\0"'
    ],
    path_glob: [
      ...wrong.filter((one) => !kTexts.includes(one)), '"/"', '"/w"', '"./a"', '"a//b"', '"a/../b"',
      '"["', '"{a"'
    ],
    principals: [...wrong, 'nobody', '[p, nobody]'],
    except: [...wrong, '"e__["', '"@nope"'],
    when: [
      '', 'null', '~', '""', '[]', '{}', '7', 'true', '"()"', '"arg"', '"arg.x =="',
      '"arg.x == 1 or"', '\'arg.x matches re"("\''
    ],
    require: ['', 'null', '~', '""', '[]', '{}', '7', 'true', '"()"', '"arg.x["'],
    allowed_orgs: ['', 'null', '~', '""', '[]', '[""]', '[null]', '{}'],
    allowed_repos: ['', 'null', '~', '""', '[]', '[""]', '[null]', '{}', '["/"]', '["a/b/c"]'],
    downstream_server_id: ['', 'null', '~', '""', '[]', 'nobody'],
    auth_scope_id: ['""', '[]', 'nobody'],
    kind: ['', 'null', '""', '[]', 'everything'],
    policy: ['', 'null', '""', '[]', 'yes', 'ALLOW', '[allow]'],
    requires_approval: ['', 'null', '""', '[]', '"false"', 'no', '0'],
  };
  for (const [field, values] of Object.entries(fields)) {
    test(`malformed ${field}`, (t) => {
      const directory = temporary(t);
      for (const value of values) {
        const rest = field === 'tool_match' ? '' : '    tool_match: "e__*"\n';
        let source = yaml(
            `${rest}    ${field}: ${value}`,
            value === '"@empty"' ? 'tools:\n  - {name: empty, tool_match: []}\n' : '');
        if (field === 'policy') source = source.replace('    policy: allow\n', '');
        refused(directory, 'a.yaml', source, `${field}: ${value}`);
      }
    });
  }

  test('numbers and truth values are the texts that they look like', (t) => {
    const directory = temporary(t);
    const rest = '    tool_match: "e__*"\n';
    for (const word of ['7', 'true']) {
      writeFileSync(join(directory, 'a.yaml'), yaml(`${rest}    path_glob: ${word}`));
      assert.deepEqual(
          ['/w', '/w/x', `/w/${word}`].map((dir) => decision(directory, 'a.yaml', dir)),
          ['deny', 'deny', 'allow']);
      writeFileSync(join(directory, 'a.yaml'), yaml(`${rest}    allowed_orgs: ${word}`));
      assert.deepEqual(
          ['{}', `{"owner":${word}}`, '{"owner":"x"}', `{"owner":"${word}"}`].map(
              (args) => decision(directory, 'a.yaml', '/w', args)),
          ['deny', 'deny', 'deny', 'allow']);
    }
  });

  test('a rule without patterns, without a workspace, without an effect', (t) => {
    const directory = temporary(t);
    const whole = yaml('    tool_match: "e__*"');
    writeFileSync(join(directory, 'a.yaml'), whole);
    check(directory, ['a.yaml'], {expect: [0]});
    for (const line of ['    tool_match: "e__*"\n', '    policy: allow\n'])
      refused(directory, 'a.yaml', whole.replace(line, ''), `no ${line}`);
    refused(directory, 'a.yaml', whole.replace('workspace_id: w\n    ', ''), 'no workspace');
    for (const value of ['', 'null', '""', 'Allow', 'yes', '[]']) {
      refused(
          directory, 'a.yaml',
          whole.replace('root_path: /w', `root_path: /w, default_policy: ${value}`),
          `default_policy: ${value}`);
    }
  });
});
