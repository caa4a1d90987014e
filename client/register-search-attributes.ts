import type { ConnectionLike } from '@temporalio/client';

import { searchAttributes } from '../workflows/messages.ts';
import { grpcCodes } from './connection/grpc-codes.ts';
import { grpcCodeOf } from './connection/read-grpc-error.ts';

/** The search attributes of a namespace, as registered or missing. */
export interface SearchAttributeReport {
  /** Registered now. */
  readonly added: readonly string[];
  /** Still not registered, because the connection lacks the right. Undefined when it lacks even the right to look. */
  readonly missing: readonly string[] | undefined;
}

/** Numbers of `temporal.api.enums.v1.IndexedValueType`. Source: Temporal's API, release 1.62, read 2026-11-22. */
const indexedValueTypes: Readonly<Record<string, number>> = { KEYWORD: 2, INT: 3, DOUBLE: 4 };

/** The answers of servers that reserve this for their operators, such as Temporal Cloud. */
const refusals: ReadonlySet<number | undefined> = new Set([
  grpcCodes.permissionDenied,
  grpcCodes.unauthenticated,
  grpcCodes.unimplemented,
]);

/**
 * Registers the search attributes for listing videos, if the connection has the right. Safe to run again, also by many
 * at once.
 *
 * @throws ServiceError of gRPC when the server does not answer
 */
export async function ensureSearchAttributes(
  connection: Pick<ConnectionLike, 'operatorService'>,
  namespace: string,
): Promise<SearchAttributeReport> {
  const missing = await listMissing(connection, namespace);
  if (missing === undefined) return { added: [], missing };
  if (missing.length === 0) return { added: [], missing: [] };
  try {
    await connection.operatorService.addSearchAttributes({
      namespace,
      searchAttributes: Object.fromEntries(
        missing.map(({ name, type }) => [name, indexedValueTypes[type] ?? 0]),
      ),
    });
  } catch (error) {
    if (isRefusal(error)) return { added: [], missing: missing.map(({ name }) => name) };
    if (grpcCodeOf(error) !== grpcCodes.alreadyExists) throw error;
    // Somebody else is registering them right now.
    return { added: [], missing: [] };
  }
  return { added: missing.map(({ name }) => name), missing: [] };
}

/** The names of unregistered search attributes; undefined when the connection may not look. */
export async function findMissingAttributes(
  connection: Pick<ConnectionLike, 'operatorService'>,
  namespace: string,
): Promise<readonly string[] | undefined> {
  return (await listMissing(connection, namespace))?.map(({ name }) => name);
}

async function listMissing({ operatorService }: Pick<ConnectionLike, 'operatorService'>, namespace: string) {
  try {
    const { customAttributes } = await operatorService.listSearchAttributes({ namespace });
    return Object.values(searchAttributes).filter(({ name }) => !(name in customAttributes));
  } catch (error) {
    if (isRefusal(error)) return undefined;
    throw error;
  }
}

function isRefusal(error: unknown): boolean {
  return refusals.has(grpcCodeOf(error));
}
