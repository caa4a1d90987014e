import { NamespaceNotFoundError } from '@temporalio/common';

import { BeatreelError } from '../errors/beatreel-error.ts';
import { InvalidSettings } from '../errors/invalid-settings.ts';
import { RequestFailed } from '../errors/request-failed.ts';
import { ServerBusy } from '../errors/server-busy.ts';
import { ServerUnreachable } from '../errors/server-unreachable.ts';
import { grpcCodes } from './grpc-codes.ts';
import { grpcCodeOf, grpcDetailsOf, isTooLarge } from './read-grpc-error.ts';

/** One call to Temporal, as its failure message names it. */
export interface TemporalAttempt {
  /** First half of a sentence that ends in "failed", e.g. `Starting my-video`. */
  readonly doing: string;
  readonly at: { readonly address: string; readonly namespace: string };
}

/** The client's error for an error of a call to Temporal; an error from no server stays unchanged. */
export function toClientError(attempt: TemporalAttempt, error: unknown): unknown {
  if (error instanceof BeatreelError) return error;
  if (error instanceof NamespaceNotFoundError) return noNamespace(attempt, error);
  if (isTooLarge(error)) return refused(attempt, error);
  switch (grpcCodeOf(error)) {
    case undefined:
      return error;
    case grpcCodes.unavailable:
    case grpcCodes.cancelled:
    case grpcCodes.deadlineExceeded:
      return toUnreachable(attempt, error);
    case grpcCodes.resourceExhausted:
      return throttled(attempt, error);
    // The first is a server that fails over; the others are gRPC's codes for a gateway's answer that is not gRPC.
    case grpcCodes.aborted:
    case grpcCodes.internal:
    case grpcCodes.unknown:
    case grpcCodes.dataLoss:
      return troubled(attempt, error);
    case grpcCodes.unauthenticated:
    case grpcCodes.permissionDenied:
      return wrongCredentials(attempt, error);
    default:
      return refused(attempt, error);
  }
}

/** The error for a server that does not answer, for any reason: no listener, no TLS, no route. */
export function toUnreachable(
  { doing, at: { address, namespace } }: TemporalAttempt,
  cause: unknown,
): ServerUnreachable {
  return new ServerUnreachable(
    'Temporal',
    `${doing} failed: Temporal does not answer at ${address} (namespace ${namespace}). ` +
      'Start it (npm run dev), or set TEMPORAL_ADDRESS to host:port of yours.',
    { cause },
  );
}

function throttled({ doing, at: { address, namespace } }: TemporalAttempt, cause: unknown): ServerBusy {
  return new ServerBusy(
    `${doing} failed: Temporal at ${address} throttles namespace ${namespace} ("${grpcDetailsOf(cause)}"). ` +
      'Wait a minute and try again. If it lasts, raise the limit of the namespace: frontend.namespaceRPS in the ' +
      'dynamic configuration of your own server, the actions a second in Temporal Cloud.',
    { cause },
  );
}

function troubled({ doing, at: { address } }: TemporalAttempt, cause: unknown): ServerBusy {
  return new ServerBusy(
    `${doing} failed: Temporal at ${address}, or a gateway before it, is in trouble ("${grpcDetailsOf(cause)}"). ` +
      'Try again in a minute. If it lasts, look at the logs of the server and of the gateway.',
    { cause },
  );
}

function noNamespace({ doing, at: { address, namespace } }: TemporalAttempt, cause: Error): InvalidSettings {
  return new InvalidSettings(
    `${doing} failed: Temporal at ${address} has no namespace ${JSON.stringify(namespace)}. Set TEMPORAL_NAMESPACE.`,
    { cause },
  );
}

function wrongCredentials(
  { doing, at: { address, namespace } }: TemporalAttempt,
  cause: unknown,
): InvalidSettings {
  return new InvalidSettings(
    `${doing} failed: Temporal at ${address} refused the credentials for namespace ${namespace}. ` +
      'Set TEMPORAL_API_KEY, or TEMPORAL_TLS_CLIENT_CERT_PATH and TEMPORAL_TLS_CLIENT_KEY_PATH.',
    { cause },
  );
}

function refused({ doing, at: { address } }: TemporalAttempt, cause: unknown): RequestFailed {
  return new RequestFailed(`${doing} failed: Temporal at ${address} answered "${grpcDetailsOf(cause)}".`, {
    cause,
  });
}
