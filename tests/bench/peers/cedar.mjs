// SPDX-License-Identifier: Apache-2.0
// A policy and its calls in Cedar: a rule is a policy.
//
//   allow, deny            permit, forbid. A forbid wins, and what nothing permits is denied
//   an exact tool name     the action
//   a glob of names        like, on context.tool
//   the workspace          resource in Workspace::"..": a directory is an entity in all of its own
//   in "src/**"            like, on context.directory, which ends in a slash
//   for NAME               principal == User::"..", or in Group::".."
//   when                   the comparison, behind has: a missing argument is no error
//
// Timed is statefulIsAuthorized, whose policies were parsed before: the fastest that the package
// has. A decision there looks at each policy of its set, and copies the set first. So two ways are
// measured: one set of all rules, and one a workspace with its rules and those of the workspaces
// around it, of which the caller picks the right one; these need no resource.

import cedar from '@cedar-policy/cedar-wasm/nodejs';

import {workspacesOf} from './policy.mjs';

export const version = cedar.getCedarVersion();

// Of `like`, only * means the same in both languages.
function like(attribute, pattern) {
  if (!/^[\w*/.-]*$/.test(pattern)) throw new Error(`not a pattern of both languages: ${pattern}`);
  return `${attribute} like "${pattern}"`;
}

function comparison({argument, operator, literal, negated}) {
  const attribute = `context.arg.${argument}`;
  const value = JSON.stringify(literal);
  const truth = operator === 'in' ? `${value}.contains(${attribute})` :
      operator === 'like'         ? like(attribute, literal) :
                                    `${attribute} ${operator} ${value}`;
  return `(context.arg has ${argument} && ${negated ? `!(${truth})` : truth})`;
}

function policyText(rule, workspace, groups, withWorkspace) {
  const isGlob = rule.tools.includes('*');
  const principal = rule.who === undefined ? 'principal' :
      groups.has(rule.who)                 ? `principal == User::"${rule.who}"` :
                                             `principal in Group::"${rule.who}"`;
  const action = isGlob ? 'action' : `action == Action::"${rule.tools}"`;
  const resource = withWorkspace ? `resource in Workspace::"${workspace.name}"` : 'resource';
  const conditions = [];
  if (isGlob) conditions.push(like('context.tool', rule.tools));
  if (rule.directory !== undefined) {
    conditions.push(like('context.directory', `${workspace.root}/${rule.directory}/*`));
  }
  if (rule.condition) {
    const {connective, comparisons} = rule.condition;
    conditions.push(`(${comparisons.map(comparison).join(connective === 'or' ? ' || ' : ' && ')})`);
  }
  const when = conditions.length === 0 ? '' : ` when { ${conditions.join(' && ')} }`;
  const effect = rule.effect === 'deny' ? 'forbid' : 'permit';
  return `${effect}(${principal}, ${action}, ${resource})${when};`;
}

function preparse(id, policies) {
  const answer = cedar.preparsePolicySet(id, {staticPolicies: policies.join('\n')});
  if (answer.type !== 'success') throw new Error(JSON.stringify(answer.errors.slice(0, 3)));
  return id;
}

const uid = (type, id) => ({type, id});

// Whether a request is allowed. An error in a policy would be a policy left out: none is expected.
export function decide(request) {
  const answer = cedar.statefulIsAuthorized(request);
  if (answer.type !== 'success' || answer.response.diagnostics.errors.length > 0) {
    throw new Error(JSON.stringify(answer));
  }
  return answer.response.decision === 'allow';
}

// Cedar finds the mistake in this request once it has copied the set, and ends there.
export function copyOnly(request) {
  const answer = cedar.statefulIsAuthorized({...request, principal: uid('not a type', 'x')});
  if (answer.type === 'success') throw new Error('a request with a mistake is answered');
}

// The calls' requests in three ways: of all rules, of their workspace's, and of a single rule that
// permits all, which shows what a call costs without its decision.
export function prepare(name, {groups, workspaces}, calls) {
  const all = preparse(name, workspaces.flatMap(
      (w) => w.rules.map((rule) => policyText(rule, w, groups, true))));
  const single = preparse(`${name}/single`, ['permit(principal, action, resource);']);
  for (const home of workspaces) {
    preparse(`${name}/${home.name}`, workspacesOf(workspaces, home.root).flatMap(
        (w) => w.rules.map((rule) => policyText(rule, w, groups, false))));
  }
  const requests = {all: [], workspace: [], single: []};
  for (const call of calls) {
    const around = workspacesOf(workspaces, call.dir);
    const directory = uid('Directory', call.dir);
    const principal = uid('User', call.principal);
    const request = {
      principal,
      action: uid('Action', call.name),
      resource: directory,
      context: {tool: call.name, directory: `${call.dir}/`, arg: call.arguments},
    };
    const caller = {
      uid: principal,
      attrs: {},
      parents: (groups.get(call.principal) ?? []).map((group) => uid('Group', group)),
    };
    const place = {
      uid: directory,
      attrs: {},
      parents: around.map((workspace) => uid('Workspace', workspace.name)),
    };
    requests.all.push({...request, preparsedPolicySetId: all, entities: [caller, place]});
    requests.workspace.push(
        {...request, preparsedPolicySetId: `${name}/${around[0].name}`, entities: [caller]});
    requests.single.push({...request, preparsedPolicySetId: single, entities: [caller]});
  }
  return requests;
}
