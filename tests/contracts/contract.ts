import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { packageRoot } from '../../workers/setup/package-root.ts';

/** The part of JSON Schema that the contracts use and the comparison understands. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  /** What published files of version 3.0 say for a type of `null`. */
  readonly nullable?: boolean;
  readonly enum?: readonly unknown[];
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: boolean | Schema;
  readonly items?: Schema;
}

/** One call that we make: what we send, and what we read of the answer. Everything else in the answer is ignored. */
export interface ContractCall {
  readonly method: string;
  /** Below the base address, with the host's own names of its parts in braces. */
  readonly path: string;
  readonly headers?: Schema;
  readonly query?: Schema;
  /** Of a JSON body. Absent: no body is sent, or a form. */
  readonly body?: Schema;
  /** Of a form's fields. */
  readonly form?: Schema;
  /** By status. */
  readonly answers: Readonly<Record<string, Schema>>;
}

/** What we agreed on with a host, in our words. */
export interface Contract {
  readonly source: string;
  /** What we count on beyond what the host promises, `METHOD path status field`, and why. */
  readonly assumptions: Readonly<Record<string, string>>;
  /** Of every call. */
  readonly headers: Schema;
  readonly schemas: Readonly<Record<string, Schema>>;
  readonly calls: readonly ContractCall[];
}

/** Reads the contract with a host, `tests/contracts/<host>.json`. */
export async function readContract(host: string): Promise<Contract> {
  const path = join(packageRoot(), 'tests', 'contracts', `${host}.json`);
  return JSON.parse(await readFile(path, 'utf8')) as Contract;
}
