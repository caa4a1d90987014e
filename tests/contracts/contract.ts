import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { packageRoot } from '../../workers/setup/package-root.ts';

/** The part of JSON Schema that the contracts use and the comparison understands. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  /** The flag for `null` in published files of version 3.0. */
  readonly nullable?: boolean;
  readonly enum?: readonly unknown[];
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: boolean | Schema;
  readonly items?: Schema;
}

/** One call that we make: the fields we send, and those we read of the answer. Other fields are ignored. */
export interface ContractCall {
  readonly method: string;
  /** Below the base address, with the host's own names of its parts in braces. */
  readonly path: string;
  readonly headers?: Schema;
  readonly query?: Schema;
  /** Schema of a JSON body. Absent: a form or no body. */
  readonly body?: Schema;
  /** Schema of a form's fields. */
  readonly form?: Schema;
  /** Schemas of the answers, by status. */
  readonly answers: Readonly<Record<string, Schema>>;
}

/** Our contract with a host. */
export interface Contract {
  readonly source: string;
  /** Reasons for assumptions beyond the host's promises, by `METHOD path status field`. */
  readonly assumptions: Readonly<Record<string, string>>;
  /** Schema of the headers of every call. */
  readonly headers: Schema;
  readonly schemas: Readonly<Record<string, Schema>>;
  readonly calls: readonly ContractCall[];
}

/** Reads the contract with a host, `tests/contracts/<host>.json`. */
export async function readContract(host: string): Promise<Contract> {
  const path = join(packageRoot(), 'tests', 'contracts', `${host}.json`);
  return JSON.parse(await readFile(path, 'utf8')) as Contract;
}
