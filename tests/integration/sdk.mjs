// SPDX-License-Identifier: Apache-2.0
// The SDK's client for programs of other folders, which do not see the packages of this one.

export {Client} from '@modelcontextprotocol/sdk/client/index.js';
export {StdioClientTransport} from '@modelcontextprotocol/sdk/client/stdio.js';
export {StreamableHTTPClientTransport} from '@modelcontextprotocol/sdk/client/streamableHttp.js';
export {ElicitRequestSchema} from '@modelcontextprotocol/sdk/types.js';

// The second generation.
export {Client as Client2, StreamableHTTPClientTransport as StreamableHTTPClientTransport2} from '@modelcontextprotocol/client';
export {StdioClientTransport as StdioClientTransport2} from '@modelcontextprotocol/client/stdio';
