// SPDX-License-Identifier: Apache-2.0
// A proxy over HTTP in front of a server of which the suite expects something else than it is.
//
// The suite calls tools and prompts by fixed names; behind a gateway with a namespace they have
// others. So a prefix is put in front of the names of requests and taken from those of lists. And of
// the servers that the suite plays some do not say which era they are of, since its own clients are
// told; that is said for them. All else passes as it is, the headers that only the peer may judge
// included.

import {once} from 'node:events';
import {createServer, request as httpRequest} from 'node:http';

const kNamed = ['tools/call', 'prompts/get'];
const kPerHop = ['connection', 'content-length', 'host', 'keep-alive', 'origin', 'transfer-encoding'];

function longer(message, prefix) {
  const {method, params} = message;
  if (kNamed.includes(method) && typeof params?.name === 'string') params.name = prefix + params.name;
  if (params?.ref?.type === 'ref/prompt') params.ref.name = prefix + params.ref.name;
  return message;
}

function shorter(text, prefix) {
  let message;
  try {
    message = JSON.parse(text);
  } catch {
    return text;
  }
  const lists = [message.result?.tools, message.result?.prompts].filter(Array.isArray);
  if (lists.length === 0) return text;
  for (const item of lists.flat()) {
    if (item.name.startsWith(prefix)) item.name = item.name.slice(prefix.length);
  }
  return JSON.stringify(message);
}

// The lines of an answer as they come: those of events one by one, JSON as a whole.
async function pass(answer, response, prefix) {
  const events = /event-stream/.test(answer.headers['content-type']);
  const change = (line) => line.startsWith('data: ') ? `data: ${shorter(line.slice(6), prefix)}` : line;
  let rest = '';
  answer.setEncoding('utf8');
  for await (const chunk of answer) {
    rest += chunk;
    if (!events) continue;
    const lines = rest.split('\n');
    rest = lines.pop();
    if (lines.length > 0) response.write(lines.map(change).join('\n') + '\n');
  }
  response.end(events ? change(rest) : shorter(rest, prefix));
}

async function forward(incoming, response, target, own, {prefix, discovered}) {
  const chunks = [];
  for await (const chunk of incoming) chunks.push(chunk);
  let body = Buffer.concat(chunks).toString('utf8');
  if (body !== '') {
    const message = longer(JSON.parse(body), prefix);
    if (discovered !== undefined && message.method === 'server/discover') {
      response.writeHead(200, {'Content-Type': 'application/json'});
      return response.end(JSON.stringify({jsonrpc: '2.0', id: message.id, result: discovered}));
    }
    body = JSON.stringify(message);
  }
  const headers = Object.fromEntries(
      Object.entries(incoming.headers).filter(([name]) => !kPerHop.includes(name)));
  if (kNamed.includes(headers['mcp-method']) && headers['mcp-name'] !== undefined) {
    headers['mcp-name'] = prefix + headers['mcp-name'].trim();
  }
  // Our own address becomes the gateway's; any other stays, since that is what is tested.
  const translated = (value) => value?.replace(own, target.host);
  const {host, origin} = incoming.headers;
  headers.host = translated(host);
  if (origin !== undefined) headers.origin = translated(origin);
  if (body !== '') headers['content-length'] = Buffer.byteLength(body);
  const outgoing = httpRequest(
      {host: target.hostname, port: target.port, path: target.pathname, method: incoming.method, headers});
  response.on('close', () => outgoing.destroy());
  outgoing.end(body);
  const [answer] = await once(outgoing, 'response');
  const kept = Object.entries(answer.headers).filter(([name]) => !kPerHop.includes(name));
  response.writeHead(answer.statusCode, Object.fromEntries(kept));
  response.flushHeaders();
  await pass(answer, response, prefix);
}

// The address of a proxy in front of `url`, until `t` ends. `discovered` is the result of
// server/discover, where the server has none.
export async function proxy(t, url, {prefix = '', discovered} = {}) {
  const target = new URL(url);
  const server = createServer((incoming, response) => {
    const own = `127.0.0.1:${server.address().port}`;
    forward(incoming, response, target, own, {prefix, discovered}).catch(() => response.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${server.address().port}${target.pathname}`;
}

// The address under which the gateway at `url` looks as if it had no namespace `ns`.
export const shim = (t, url, ns) => proxy(t, url, {prefix: `${ns}__`});
