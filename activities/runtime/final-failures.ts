import type { FailureType } from '../../workflows/domain/failure-types.ts';
import { failureTypes } from '../../workflows/domain/failure-types.ts';

/** Failures that no repetition can mend. */
export const finalFailures: ReadonlySet<FailureType> = new Set([
  failureTypes.invalidRequest,
  failureTypes.credentialsRejected,
  failureTypes.contentRejected,
  failureTypes.budgetExceeded,
  failureTypes.artifactMissing,
  failureTypes.paidAndLost,
  failureTypes.planFailed,
  failureTypes.needsReconcile,
]);
