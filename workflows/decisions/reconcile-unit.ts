import { ActivityFailure, ApplicationFailure, isCancellation, TimeoutFailure } from '@temporalio/workflow';

import { isReconcileRequest } from '../guards.ts';
import type { Reconciled, ReconcileRequest } from '../messages.ts';
import { quote, refused } from '../unit-failure.ts';
import { BoughtUnit } from '../units/bought-unit.ts';
import type { Video } from '../video.ts';
import { failedUnits, isInDoubt, isLost } from './retry-units.ts';

/** @throws ApplicationFailure InvalidRequest when not exactly one open unit matches */
export function validateReconcile(video: Video, request: ReconcileRequest | undefined): void {
  if (!isReconcileRequest(request ?? {}))
    throw refused(
      `The request is ${quote(request)}: one object with beat, unit, and adopt, resubmit or goWithout.`,
    );
  const { adopt, resubmit = false, goWithout = false } = request ?? {};
  if ([adopt !== undefined, resubmit, goWithout].filter(Boolean).length !== 1) {
    throw refused(
      'Say one of three: which prediction to adopt, that it is to be submitted again, or to go without it.',
    );
  }
  if (adopt !== undefined && !/^[\w.-]{1,128}$/.test(adopt)) {
    throw refused(`adopt is ${JSON.stringify(adopt)}: the id of a prediction, as the host shows it.`);
  }
  if (video.isEnding) throw refused('The video is ending and orders nothing more.');
  const { name, place } = findOpen(video, request ?? {});
  if (goWithout && place.medium !== 'score')
    throw refused(`A video goes without its score at most, and this is ${name}.`);
}

/** Writes the decision into the ledger, then lets the unit run again. */
export async function reconcileUnit(video: Video, request: ReconcileRequest): Promise<Reconciled> {
  const unit = findOpen(video, request);
  const { name, place } = unit;
  const { adopt, goWithout = false } = request;
  if (goWithout) {
    unit.skip();
    video.reopenings += 1;
    return { unit: name };
  }
  try {
    await video.activities.reconcilePurchase(
      {
        videoId: video.id,
        unit: place,
        decision: adopt === undefined ? { kind: 'resubmit' } : { kind: 'adopt', predictionId: adopt },
      },
      { summary: `reconcile ${name}` },
    );
  } catch (error) {
    throw toRefusal(error);
  }
  // Another decision may have arrived first.
  if (!unit.failure) return { unit: name };
  const isParked = video.status === 'parked';
  unit.reopen({ isFound: adopt !== undefined });
  video.reopenings += 1;
  if (!isParked) unit.resume();
  return { unit: name };
}

function findOpen(video: Video, request: ReconcileRequest): BoughtUnit {
  const open = boughtInDoubt(video, request);
  const [first] = open;
  if (first && open.length === 1) return first;
  const names = boughtInDoubt(video, { ...request, beat: undefined, unit: undefined }).map(
    ({ name }) => name,
  );
  if (names.length === 0) throw refused('No unit needs to be reconciled.');
  throw refused(`Name one unit; those that need to be reconciled are ${names.join(', ')}.`);
}

function boughtInDoubt(video: Video, request: ReconcileRequest): BoughtUnit[] {
  return failedUnits(video, request).filter(
    (unit): unit is BoughtUnit => unit instanceof BoughtUnit && (isInDoubt(unit) || alsoOpen(unit, request)),
  );
}

/** A file that was believed lost can be found, and a video can go without a score whose file does not arrive. */
function alsoOpen(unit: BoughtUnit, { adopt, goWithout = false }: ReconcileRequest): boolean {
  return (adopt !== undefined && isLost(unit)) || (goWithout && unit.isAtStake);
}

/** Turns a failed decision into a refusal for the caller; the video waits as before. */
function toRefusal(error: unknown): unknown {
  if (isCancellation(error) || !(error instanceof ActivityFailure)) return error;
  if (error.cause instanceof TimeoutFailure)
    return refused('No worker wrote the decision down in time; it may stand. Look again.');
  const reason = error.cause instanceof ApplicationFailure ? error.cause.message : error.message;
  return refused(reason);
}
