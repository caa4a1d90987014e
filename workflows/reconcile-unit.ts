import { ActivityFailure, ApplicationFailure, isCancellation, TimeoutFailure } from '@temporalio/workflow';

import { resumeUnit } from './buying/buy-unit.ts';
import type { BoughtPhase } from './domain/unit.ts';
import { failureTypes } from './domain/failure-types.ts';
import type { Reconciled, ReconcileRequest } from './messages.ts';
import type { OpenVideo } from './open-video.ts';
import type { FailedUnit } from './parking.ts';
import { refused } from './parking.ts';

/** @throws ApplicationFailure InvalidRequest when not exactly one open unit matches */
export function validateReconcile(video: OpenVideo, request: ReconcileRequest | undefined): void {
  const { adopt, resubmit = false } = request ?? {};
  if ((adopt === undefined) === !resubmit) {
    throw refused('Say either which prediction to adopt, or that it is to be submitted again.');
  }
  if (adopt !== undefined && !/^[\w.-]{1,128}$/.test(adopt)) {
    throw refused(`adopt is ${JSON.stringify(adopt)}: the id of a prediction, as the host shows it.`);
  }
  findOpen(video, request ?? {});
}

/** Writes the decision into the ledger, then lets the unit run again. */
export async function reconcileUnit(video: OpenVideo, request: ReconcileRequest): Promise<Reconciled> {
  const open = findOpen(video, request);
  const { name, beat = 0, chunk = 0 } = open.unit;
  const phase = open.phase as BoughtPhase;
  const { adopt } = request;
  try {
    await video.activities.call(
      'reconcilePurchase',
      {
        videoId: video.board.videoId,
        unit: { phase, beat, chunk },
        decision: adopt === undefined ? { kind: 'resubmit' } : { kind: 'adopt', predictionId: adopt },
      },
      { summary: `reconcile ${name}` },
    );
  } catch (error) {
    throw toRefusal(error);
  }
  // Somebody else may have decided meanwhile.
  if (video.board.unit(phase, name).status !== 'failed') return { unit: name };
  const isParked = video.board.status === 'parked';
  video.parking.reopen(open);
  if (!isParked && video.run) resumeUnit(video.run, name);
  return { unit: name };
}

function findOpen({ parking }: OpenVideo, request: ReconcileRequest): FailedUnit {
  const open = parking
    .failed(request)
    .filter(({ unit }) => unit.failure?.type === failureTypes.needsReconcile);
  const [first] = open;
  if (first && open.length === 1) return first;
  const names = parking
    .failed({})
    .filter(({ unit }) => unit.failure?.type === failureTypes.needsReconcile)
    .map(({ unit }) => unit.name);
  if (names.length === 0) throw refused('No unit needs to be reconciled.');
  throw refused(`Name one unit; those that need to be reconciled are ${names.join(', ')}.`);
}

/** Whoever decided reads what was wrong with it, and the video waits as before. */
function toRefusal(error: unknown): unknown {
  if (isCancellation(error) || !(error instanceof ActivityFailure)) return error;
  if (error.cause instanceof TimeoutFailure)
    return refused('No worker wrote the decision down in time; it may stand. Look again.');
  const reason = error.cause instanceof ApplicationFailure ? error.cause.message : error.message;
  return refused(reason);
}
