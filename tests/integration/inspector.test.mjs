// SPDX-License-Identifier: Apache-2.0
// The MCP inspector's command line as the client, two servers of the protocol's authors behind the
// gateway: what a person sees who tries a policy by hand.

import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import {existsSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, test} from 'node:test';

import {inspector, mcplexer, world} from './harness.mjs';

const kPolicy = `
server files { command = ["mcp-server-filesystem", "."] }
server demo  { command = ["mcp-server-everything"] }
workspace w {
  root    = "~/w"
  default = deny
  allow files__{read_text_file,write_file,list_directory}  as some
  deny  files__write_file when not (arg.path under "notes")
        because "only notes are written"  as notes_only
  deny  files__list_directory  as never
  allow demo__{echo,get-sum}  as harmless
}
`;

function inspect(w, ...args) {
  const done = spawnSync(inspector, ['--cli', mcplexer, ...w.runArgs, ...args], {
    cwd: w.work,
    env: w.env({MCPLEXER_LOG: 'warn'}),
    encoding: 'utf8',
    timeout: 120_000,
  });
  let result = null;
  try {
    result = JSON.parse(done.stdout);
  } catch {
    // Not every failure prints JSON; the tests look at stderr then.
  }
  return {...done, result};
}

describe('mcp-inspector --cli', () => {
  test('lists the tools of both servers that some call could be allowed', (t) => {
    const w = world(t, kPolicy);
    const {result, status, stderr} = inspect(w, '--method', 'tools/list');
    assert.equal(status, 0, stderr);
    assert.deepEqual(
        result.tools.map((tool) => tool.name).sort(),
        ['demo__echo', 'demo__get-sum', 'files__read_text_file', 'files__write_file']);
  });

  test('calls a tool of each server', (t) => {
    const w = world(t, kPolicy);
    writeFileSync(join(w.work, 'a.txt'), 'hello from a file');
    const sum = inspect(
        w, '--method', 'tools/call', '--tool-name', 'demo__get-sum', '--tool-arg', 'a=19', 'b=23');
    assert.equal(sum.status, 0, sum.stderr);
    assert.match(sum.result.content[0].text, /\b42\b/);
    const file = inspect(
        w, '--method', 'tools/call', '--tool-name', 'files__read_text_file', '--tool-arg',
        'path=a.txt');
    assert.equal(file.status, 0, file.stderr);
    assert.equal(file.result.content[0].text, 'hello from a file');
    assert.deepEqual(
        w.audit().map(({status, intent}) => [intent.name, status, intent.client.name]), [
          ['demo__get-sum', 'ok', 'inspector-cli'], ['files__read_text_file', 'ok', 'inspector-cli']
        ]);
  });

  test('shows a denied call as an error of the tool, with rule, place and reason', (t) => {
    const w = world(t, kPolicy);
    const {result, stdout, stderr} = inspect(
        w, '--method', 'tools/call', '--tool-name', 'files__write_file', '--tool-arg', 'path=x.txt',
        'content=no');
    assert.equal(result?.isError, true, stdout + stderr);
    const said = result.content[0].text;
    for (const part of ['w.notes_only', 'policy.plex:8', 'only notes are written']) {
      assert.ok(said.includes(part), `${part} is not in: ${said}`);
    }
    assert.equal(existsSync(join(w.work, 'x.txt')), false);
    assert.deepEqual(
        w.audit().map(({status, intent}) => [intent.decision, intent.rule, status]),
        [['deny', 'w.notes_only', 'denied']]);
  });
});
