import { connectTemporal } from '../../client/connection/connect-temporal.ts';
import { temporalCall } from '../../client/connection/temporal-call.ts';
import type { TemporalNamespace } from '../../client/connection/temporal-namespace.ts';
import { ensureSearchAttributes, findMissingAttributes } from '../../client/register-search-attributes.ts';
import { orchestratorQueue, searchAttributes } from '../../workflows/messages.ts';
import { type Check, checkInOrder } from './check.ts';

/** Temporal answers such questions in milliseconds. */
const timeoutMs = 10_000;

/**
 * Checks Temporal, the namespace and the search attributes.
 *
 * @param fix registers search attributes that are missing
 */
export async function checkTemporal(fix: boolean): Promise<Check[]> {
  let temporal: TemporalNamespace | undefined;
  const opened = () => {
    if (!temporal) throw new Error('Temporal is not connected.');
    return temporal;
  };
  try {
    return await checkInOrder([
      [
        'Temporal',
        async () => {
          temporal = await connectTemporal(undefined, orchestratorQueue);
          return temporal.address;
        },
      ],
      ['namespace', () => lookAtNamespace(opened())],
      ['search attributes', () => lookAtAttributes(opened(), fix)],
    ]);
  } finally {
    await temporal?.close();
  }
}

async function lookAtNamespace(temporal: TemporalNamespace): Promise<string> {
  const { connection, namespace } = temporal;
  await temporalCall({ doing: `Looking at namespace ${namespace}`, at: temporal }, () =>
    temporal.within(timeoutMs, () => connection.workflowService.describeNamespace({ namespace })),
  );
  return namespace;
}

async function lookAtAttributes(temporal: TemporalNamespace, fix: boolean): Promise<string> {
  const { connection, namespace } = temporal;
  const { added, missing } = await temporalCall({ doing: 'Looking at search attributes', at: temporal }, () =>
    temporal.within(timeoutMs, async () =>
      fix
        ? ensureSearchAttributes(connection, namespace)
        : { added: [], missing: await findMissingAttributes(connection, namespace) },
    ),
  );
  if (missing === undefined) return 'this connection may not look; videos that start will tell';
  if (missing.length === 0) {
    return added.length === 0 ? names().join(', ') : `registered now: ${added.join(', ')}`;
  }
  const how = fix
    ? 'this connection may not register them: let an operator run temporal operator search-attribute create'
    : 'beatreel doctor --fix registers them, as do workers and the first start';
  throw new Error(`The namespace ${namespace} lacks ${missing.join(', ')}; ${how}.`);
}

function names(): string[] {
  return Object.values(searchAttributes).map(({ name }) => name);
}
