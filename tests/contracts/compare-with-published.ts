import type { Contract, ContractCall, Schema } from './contract.ts';
import { compareAnswer, compareSent, type Finding } from './compare-schemas.ts';
import type { PublishedOperation, PublishedFile } from './published-file.ts';
import { dereference } from './dereference.ts';

/** The result of comparing our contract with the host's published file. */
export interface Comparison {
  /** `METHOD path` of the calls found there. */
  readonly calls: readonly string[];
  /** Mismatches, one sentence each. */
  readonly differences: readonly string[];
  /** Assumptions of the contract beyond the host's promises. */
  readonly assumptions: readonly string[];
}

/**
 * Compares in the direction of the call: the host must take all that we send, and promise all that we read. Other
 * fields do not matter.
 */
export function compareWithPublished(contract: Contract, published: PublishedFile): Comparison {
  const calls: string[] = [];
  const findings: Finding[] = [];
  for (const call of contract.calls) {
    const name = `${call.method} ${call.path}`;
    const operation = published.paths[call.path]?.[call.method.toLowerCase()];
    if (!operation) {
      findings.push({ where: name, problem: 'is not published' });
      continue;
    }
    calls.push(name);
    findings.push(...compareCall({ contract, published, call, operation, name }));
  }
  const isAssumed = ({ where, isUnpromised }: Finding) =>
    isUnpromised === true && where in contract.assumptions;
  const assumed = new Set(findings.filter(isAssumed).map(({ where }) => where));
  const stale = Object.keys(contract.assumptions).filter((where) => !assumed.has(where));
  return {
    calls,
    differences: [
      ...findings.filter((finding) => !isAssumed(finding)).map(({ where, problem }) => `${where} ${problem}`),
      ...stale.map(
        (where) => `${where} is assumed, and promised by now, or no part of the contract any more`,
      ),
    ],
    assumptions: [...assumed].map((where) => `${where}: ${contract.assumptions[where] ?? ''}`),
  };
}

interface Pair {
  readonly contract: Contract;
  readonly published: PublishedFile;
  readonly call: ContractCall;
  readonly operation: PublishedOperation;
  readonly name: string;
}

function compareCall(pair: Pair): Finding[] {
  const { contract, published, call, operation, name } = pair;
  const ours = (schema: Schema) => dereference(schema, contract);
  const theirs = (schema: Schema) => dereference(schema, published);
  const content = operation.requestBody?.content ?? {};
  const sent: [Schema | undefined, string, string][] = [
    [call.body, 'application/json', 'body'],
    [call.form, 'multipart/form-data', 'form'],
  ];
  return [
    ...compareParameters(pair),
    ...sent.flatMap(([schema, type, what]) =>
      schema
        ? compareSent({ call: `${name} ${what}` }, ours(schema), theirs(content[type]?.schema ?? {}))
        : [],
    ),
    ...Object.entries(call.answers).flatMap(([status, schema]) => {
      const answer = operation.responses[status];
      if (!answer) return [{ where: `${name} ${status}`, problem: 'is no published answer' }];
      const documented = theirs(answer.content?.['application/json']?.schema ?? {});
      return compareAnswer({ call: `${name} ${status}` }, ours(schema), documented);
    }),
  ];
}

/** Headers of HTTP itself, which hosts do not publish. */
const plainHeaders: ReadonlySet<string> = new Set([
  'accept',
  'authorization',
  'content-type',
  'content-length',
]);

function compareParameters({ call, operation, published, name }: Pair): Finding[] {
  const known = (operation.parameters ?? []).map((parameter) => dereference(parameter, published));
  const isKnown = (place: string, field: string) =>
    known.some((parameter) => parameter.in === place && parameter.name?.toLowerCase() === field);
  const headers = Object.keys(call.headers?.properties ?? {}).filter((header) => !plainHeaders.has(header));
  const unknown = [
    ...headers.filter((header) => !isKnown('header', header)).map((header) => `header ${header}`),
    ...Object.keys(call.query?.properties ?? {})
      .filter((field) => !isKnown('query', field))
      .map((field) => `query ${field}`),
  ];
  return unknown.map((what) => ({ where: `${name} ${what}`, problem: 'is sent and not published' }));
}
