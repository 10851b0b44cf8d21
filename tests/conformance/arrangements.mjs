// SPDX-License-Identifier: Apache-2.0
// Where the gateway stands between the suite and the fixture, and what is asserted of it.

import {spawn} from 'node:child_process';
import {dirname, join} from 'node:path';
import {fileURLToPath} from 'node:url';

import {eventually, overHttp, world} from '../integration/harness.mjs';
import {shim} from './shim.mjs';
import {node} from './suite.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const fixture = join(here, 'fixture/server.mjs');

// The revisions whose requirements hold through the gateway. Another one would be run against the
// fixture only.
export const kAsserted = ['2025-11-25', '2026-07-28'];
export const kSessionRevision = '2025-11-25';
export const kRevisions = [kSessionRevision, '2026-07-28'];

// Checks that pass directly and say nothing of a gateway, by scenario.
export const kExcused = {
  // The server breaks its stream off. The gateway takes it up again, so that its client has nothing to
  // take up.
  'server-sse-polling': ['server-sse-disconnect-resume'],
};

// Scenarios of what the gateway does not carry, see docs/mcp.md: tasks of the stateless era, and
// headers of tools' own parameters from clients.
export const kNotCarried = /^tasks-|^http-custom-header-server-validation$/;

// Scenarios that a server of the session era cannot have part in: its questions have no names of its
// own, and come one by one.
export const kOfOneEra =
    /^input-required-result-(basic-elicitation|ignore-extra-params|multiple-input-requests)$/;

// How the fixture is reached and what its names begin with. With a namespace, the suite stands behind
// a proxy that hides it.
export const kArrangements = [
  {name: 'stdio, no namespace', transport: 'stdio', namespace: ''},
  {name: 'HTTP, no namespace', transport: 'http', namespace: ''},
  {name: 'stdio, namespace', transport: 'stdio', namespace: 'ns'},
  {name: 'HTTP, namespace', transport: 'http', namespace: 'ns'},
];
// The same with a fixture that speaks no more than the session era, whatever the suite speaks.
export const kSessionArrangements = kArrangements.map(
    (one) => ({...one, name: `${one.name}, session era`, more: ['--session']}));

// The address of the fixture itself.
export async function directly(t, more = []) {
  const server = spawn(node, [fixture, '--http', ...more], {stdio: ['ignore', 'pipe', 'inherit']});
  const exited = new Promise((done) => server.on('exit', done));
  t.after(() => {
    server.kill('SIGKILL');
    return exited;
  });
  let said = '';
  server.stdout.on('data', (chunk) => (said += chunk));
  const [port] = await eventually('the port of the fixture', () => /^\d+\n/.exec(said));
  return `http://127.0.0.1:${port.trim()}/mcp`;
}

// The address at which the suite finds the fixture through the gateway.
export async function through(t, {transport, namespace, more = []}) {
  const command = [node, fixture, ...more];
  const where = transport === 'http' ? `url = "${await directly(t, more)}"` :
                                       `command = ${JSON.stringify(command)}`;
  const w = world(t, `
    server fixture { ${where}  namespace = "${namespace}" }
    workspace open {
      root = "~/w"  default = deny  http = true
      allow "${namespace === '' ? '' : `${namespace}__`}*"  as tools
      allow prompt "${namespace === '' ? '' : `${namespace}__`}*"  as prompts
      allow resource fixture: "test://**"  as resources
    }`);
  const {port} = await overHttp(t, w);
  const url = `http://127.0.0.1:${port}/w/open/mcp`;
  return namespace === '' ? url : shim(t, url, namespace);
}
