import { isGrpcServiceError } from '@temporalio/client';

import { grpcCodes } from './grpc-codes.ts';

/** The gRPC status of an error or of its cause; undefined for an error from no server. */
export function grpcCodeOf(error: unknown): number | undefined {
  if (isGrpcServiceError(error)) return error.code;
  return error instanceof Error && error.cause !== undefined ? grpcCodeOf(error.cause) : undefined;
}

/** Whether a call's time limit ended it; a server that notices first answers CANCELLED. */
export function isOutOfTime(error: unknown): boolean {
  const code = grpcCodeOf(error);
  return code === grpcCodes.deadlineExceeded || code === grpcCodes.cancelled;
}

/** Whether a message exceeded a limit of gRPC: the same code as for throttling, but waiting does not help. */
export function isTooLarge(error: unknown): boolean {
  return grpcCodeOf(error) === grpcCodes.resourceExhausted && /larger than max/i.test(grpcDetailsOf(error));
}

/** The server's own words, without gRPC's wrapping. */
export function grpcDetailsOf(error: unknown): string {
  if (isGrpcServiceError(error)) return error.details;
  if (error instanceof Error && error.cause !== undefined) return grpcDetailsOf(error.cause);
  return error instanceof Error ? error.message : String(error);
}
