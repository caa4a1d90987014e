import { CancellationScope } from '@temporalio/workflow';

import { cancelAfterSeconds } from '../domain/prediction.ts';
import type { Place } from '../domain/semaphore.ts';
import { holdPlace } from '../domain/semaphore.ts';
import { unitName } from '../domain/unit.ts';
import type { VideoRun } from '../video-run.ts';
import type { Purchase } from './purchase.ts';

/** Where no permit is needed there is none to keep. */
const noPermit: Place = { keepUntil: () => undefined };

/** Between the end that the host was told and the end of the permit: clocks, queues, an answer that is late. */
const graceSeconds = 5 * 60;

/**
 * Does the work of buying a unit while holding a permit of the host's account, where the operator limits that. After a
 * cancellation the permit is kept: it is given back when the clean-up has ended the prediction at the host.
 */
export async function withPermit<T>(
  run: VideoRun,
  purchase: Purchase,
  work: (permit: Place) => Promise<T>,
): Promise<T> {
  const { brief, permits, board } = run;
  const { queue: kind, phase } = purchase;
  if (kind === 'score' || brief.permits?.includes(kind) !== true) return work(noPermit);
  const name = unitName(purchase);
  const { host } = purchase.model;
  const permitId = `${brief.videoId}/${name}`;
  const expiresAfterSeconds = cancelAfterSeconds + graceSeconds;
  const giveBack = await permits.take({
    host,
    request: { permitId, videoId: brief.videoId, kind, tenant: brief.tenant, expiresAfterSeconds },
    isUnanswered: () => board.unit(phase, name).status === 'submitting',
  });
  return holdPlace(work, () => {
    if (!CancellationScope.current().consideredCancelled) giveBack();
  });
}
