// SPDX-License-Identifier: Apache-2.0
// What the suite takes for the client under test: the SDK's own client, or the gateway with that
// client in front of it. The suite appends the address of the server that it plays, and says by the
// environment which scenario and revision it is.
// usage: client.mjs direct URL
//        client.mjs gateway [NAMESPACE] URL

import {mcplexer, world} from '../integration/harness.mjs';
import * as sdk from '../integration/sdk.mjs';
import {proxy} from './shim.mjs';

const [mode, ...rest] = process.argv.slice(2);
const address = rest.pop();
const [namespace = ''] = rest;
const scenario = process.env.MCP_CONFORMANCE_SCENARIO;
const stateless = process.env.MCP_CONFORMANCE_PROTOCOL_VERSION >= '2026';
const context = JSON.parse(process.env.MCP_CONFORMANCE_CONTEXT ?? '{}');

const endings = [];
const t = {after: (ending) => endings.push(ending)};

// What these servers would say of themselves.
const kSilent =
    ['http-standard-headers', 'http-custom-headers', 'http-invalid-tool-headers', 'sep-2322-client-request-state'];
const discovered = {
  resultType: 'complete',
  supportedVersions: ['2026-07-28'],
  capabilities: {tools: {}, resources: {}, prompts: {}},
  ttlMs: 0,
  cacheScope: 'private',
  _meta: {'io.modelcontextprotocol/serverInfo': {name: 'suite', version: '1.0.0'}},
};

const kInfo = {name: 'conformance-driver', version: '1.0.0'};
const kAccepted = () => ({action: 'accept', content: {}});

function makeClient() {
  if (stateless) {
    const client = new sdk.Client2(kInfo, {
      capabilities: {elicitation: {}, sampling: {}, roots: {listChanged: true}},
      versionNegotiation: {mode: 'auto'},
    });
    client.setRequestHandler('elicitation/create', () => ({action: 'accept', content: {confirmed: true}}));
    return client;
  }
  const client = new sdk.Client(kInfo, {capabilities: {elicitation: {form: {applyDefaults: true}}}});
  client.setRequestHandler(sdk.ElicitRequestSchema, kAccepted);
  return client;
}

async function makeTransport() {
  const url = kSilent.includes(scenario) ? await proxy(t, address, {discovered}) : address;
  const Http = stateless ? sdk.StreamableHTTPClientTransport2 : sdk.StreamableHTTPClientTransport;
  if (mode === 'direct') return new Http(new URL(url));
  const w = world(t, `
    server suite { url = "${url}"  namespace = "${namespace}" }
    workspace open { root = "~/w"  default = allow }`);
  const Stdio = stateless ? sdk.StdioClientTransport2 : sdk.StdioClientTransport;
  return new Stdio({command: mcplexer, args: w.runArgs, cwd: w.work, env: w.env(), stderr: 'inherit'});
}

const client = makeClient();
const call = (tool, args) => client.callTool({name: tool.name, arguments: args});
const named = (tools, name) => tools.find((tool) => tool.name.endsWith(name));

// What to do when the tools have been listed; by default the first one is called.
const kStories = {
  'json-schema-2020-12-preservation': (tools) => call(
      named(tools, 'json_schema_echo'), {schema: named(tools, 'json_schema_2020_12_tool').inputSchema}),
  'json-schema-ref-no-deref': () => {},
  'request-metadata': () => {},
  'http-standard-headers': async ([tool]) => {
    await call(tool, {});
    const {resources: [{uri}]} = await client.listResources();
    await client.readResource({uri});
    const {prompts: [{name}]} = await client.listPrompts();
    await client.getPrompt({name, arguments: {}});
  },
  'http-custom-headers': async (tools) => {
    for (const {name, arguments: args} of context.toolCalls) await call(named(tools, name), args);
  },
  // Those that are left; a server may refuse what it should not have been asked.
  'http-invalid-tool-headers': async (tools) => {
    for (const tool of tools) await call(tool, {region: 'us-west1'}).catch(() => {});
  },
  'sep-2322-client-request-state': async (tools) => {
    for (const name of ['echo_state', 'no_state', 'unrelated', 'no_result_type']) {
      await call(named(tools, `test_mrtr_${name}`), {}).catch(() => {});
    }
  },
};
const kFirst = ([tool]) => tool && call(tool, {a: 2, b: 3});

try {
  await client.connect(await makeTransport());
  const {tools} = await client.listTools();
  await (kStories[scenario] ?? kFirst)(tools);
} finally {
  await client.close();
  for (const ending of endings) ending();
}
