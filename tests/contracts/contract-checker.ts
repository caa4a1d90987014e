import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';

import type { RawRequest } from '../providers/support/start-raw-host.ts';
import type { Contract, ContractCall, Schema } from './contract.ts';

/** Checks that calls keep to a contract. */
export interface ContractChecker {
  /** @returns every breach of the contract by a request; empty when it keeps to it */
  checkRequest(request: RawRequest): string[];
  /** @param status of the answer to that request */
  checkAnswer(request: Pick<RawRequest, 'method' | 'path'>, status: number, body: unknown): string[];
  /** `METHOD path` of every call that was checked. */
  readonly seen: ReadonlySet<string>;
}

/** @param basePath the prefix of the contract's paths at the host, e.g. `/v1` */
export function createContractChecker(contract: Contract, basePath: string): ContractChecker {
  const ajv = new Ajv2020({ allErrors: true, allowUnionTypes: true, strictRequired: false });
  ajv.addSchema({ $id: 'contract', schemas: contract.schemas }, 'contract');
  ajv.addVocabulary(['schemas']);
  const compiled = new Map<Schema, ValidateFunction>();
  const seen = new Set<string>();
  const check = (what: string, schema: Schema, value: unknown): string[] => {
    let validate = compiled.get(schema);
    if (!validate) compiled.set(schema, (validate = ajv.compile(withContract(schema))));
    if (validate(value)) return [];
    return (validate.errors ?? []).map(({ instancePath, message }) => `${what}${instancePath} ${message}`);
  };
  const find = ({ method, path }: Pick<RawRequest, 'method' | 'path'>) =>
    contract.calls.find(
      (call) => call.method === method && toPattern(basePath, call).test(path.split('?')[0] ?? ''),
    );
  return {
    seen,
    checkRequest: (request) => {
      const call = find(request);
      if (!call) return [`${request.method} ${request.path} is no call of the contract`];
      seen.add(`${call.method} ${call.path}`);
      const query = Object.fromEntries(new URL(request.path, 'http://host').searchParams);
      return [
        ...check('headers', contract.headers, request.headers),
        ...check('headers', call.headers ?? {}, request.headers),
        ...check('query', call.query ?? noFields, query),
        ...checkBody(call, request, check),
      ];
    },
    checkAnswer: (request, status, body) => {
      const schema = find(request)?.answers[String(status)];
      return schema ? check('answer', schema, body) : [`answer ${status} is none of the contract`];
    },
  };
}

const noFields: Schema & { readonly additionalProperties: false } = {
  type: 'object',
  additionalProperties: false,
};

function checkBody(
  { body, form }: ContractCall,
  request: RawRequest,
  check: (what: string, schema: Schema, value: unknown) => string[],
): string[] {
  if (body) return check('body', body, JSON.parse(request.body.toString()));
  if (form) return check('form', form, readForm(request));
  return request.body.byteLength === 0 ? [] : ['body a call without a body has one'];
}

/** Reads the names of the fields, which is all that the contract covers. */
function readForm({ body }: RawRequest): Readonly<Record<string, string>> {
  const names = body.toString('latin1').matchAll(/content-disposition: form-data; name="([^"]*)"/gi);
  return Object.fromEntries([...names].map(([, name = '']) => [name, '']));
}

/** Turns a path into a pattern; each part in braces matches one segment. */
function toPattern(basePath: string, { path }: ContractCall): RegExp {
  const escaped = `${basePath}${path}`.replace(/[.*+?^$()|[\]\\]/g, '\\$&');
  return new RegExp(`^${escaped.replace(/\{\w+\}/g, '[^/]+')}$`);
}

/** Rewrites references within the file, so that ajv resolves them. */
function withContract(schema: Schema): object {
  const text = JSON.stringify(schema).replaceAll('"#/schemas/', '"contract#/schemas/');
  return JSON.parse(text) as object;
}
