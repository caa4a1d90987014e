import { isGrpcServiceError } from '@temporalio/client';
import { NamespaceNotFoundError } from '@temporalio/common';

import { BeatreelError } from '../errors/beatreel-error.ts';
import { InvalidSettings } from '../errors/invalid-settings.ts';
import { RequestFailed } from '../errors/request-failed.ts';
import { ServerUnreachable } from '../errors/server-unreachable.ts';
import { grpcCodes } from './grpc-codes.ts';

/** One call to Temporal, for the sentence of its failure. */
export interface TemporalAttempt {
  /** Continues "… failed", e.g. `Starting my-video`. */
  readonly doing: string;
  readonly at: { readonly address: string; readonly namespace: string };
}

/**
 * Runs a call to Temporal and turns what it throws into an error of the client. Callers catch what means something
 * to them first; what comes from no server is thrown as it is.
 *
 * @throws ServerUnreachable, InvalidSettings, RequestFailed
 */
export async function temporalCall<T>(attempt: TemporalAttempt, call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    throw toClientError(attempt, error);
  }
}

/** The gRPC status of an error or of what it wraps; undefined when it comes from no server. */
export function grpcCodeOf(error: unknown): number | undefined {
  if (isGrpcServiceError(error)) return error.code;
  return error instanceof Error && error.cause !== undefined ? grpcCodeOf(error.cause) : undefined;
}

/** Whether the time limit of a call ended it; where the server noticed first, it answers CANCELLED. */
export function isOutOfTime(error: unknown): boolean {
  const code = grpcCodeOf(error);
  return code === grpcCodes.deadlineExceeded || code === grpcCodes.cancelled;
}

/** What the server said, without gRPC's wrapping. */
export function grpcDetailsOf(error: unknown): string {
  if (isGrpcServiceError(error)) return error.details;
  if (error instanceof Error && error.cause !== undefined) return grpcDetailsOf(error.cause);
  return error instanceof Error ? error.message : String(error);
}

/** The error for a server that does not answer, whatever lies behind it: no listener, no TLS, no route. */
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

function toClientError(attempt: TemporalAttempt, error: unknown): unknown {
  const {
    doing,
    at: { address, namespace },
  } = attempt;
  if (error instanceof BeatreelError) return error;
  if (error instanceof NamespaceNotFoundError) {
    return new InvalidSettings(
      `${doing} failed: Temporal at ${address} has no namespace ${JSON.stringify(namespace)}. Set TEMPORAL_NAMESPACE.`,
      { cause: error },
    );
  }
  switch (grpcCodeOf(error)) {
    case grpcCodes.unavailable:
    case grpcCodes.cancelled:
    case grpcCodes.deadlineExceeded:
      return toUnreachable(attempt, error);
    case grpcCodes.unauthenticated:
    case grpcCodes.permissionDenied:
      return new InvalidSettings(
        `${doing} failed: Temporal at ${address} refused the credentials for namespace ${namespace}. ` +
          'Set TEMPORAL_API_KEY, or TEMPORAL_TLS_CLIENT_CERT_PATH and TEMPORAL_TLS_CLIENT_KEY_PATH.',
        { cause: error },
      );
    case undefined:
      return error;
    default:
      return new RequestFailed(
        `${doing} failed: Temporal at ${address} answered "${grpcDetailsOf(error)}".`,
        {
          cause: error,
        },
      );
  }
}
