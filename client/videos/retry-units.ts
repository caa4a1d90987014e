import { type RetryAccepted, type RetryRequest, retryUnitsUpdate } from '../../workflows/messages.ts';
import type { TemporalNamespace } from '../connection/temporal-namespace.ts';
import { NotRetryable } from '../errors/not-retryable.ts';
import { rewordUnit } from './reword-unit.ts';
import { updateVideo } from './update-video.ts';

/**
 * Runs failed units of a parked video again: all of them, those of one beat, or one by name.
 *
 * @throws NotRetryable with the workflow's words; VideoNotFound; NoWorkerAnswers
 */
export async function retryUnits(
  temporal: TemporalNamespace,
  videoId: string,
  request: RetryRequest = {},
): Promise<RetryAccepted> {
  requireSound(videoId, request);
  const { prompt } = request;
  if (prompt !== undefined) return rewordUnit(temporal, videoId, { ...request, prompt });
  return updateVideo(temporal, videoId, {
    update: retryUnitsUpdate,
    request,
    rule: 'units are retried while it is parked',
    doing: `Retrying units of ${videoId}`,
    toRefusal: (reason, options) => new NotRetryable(videoId, reason, options),
  });
}

/** Refuses requests that no video could accept. */
function requireSound(videoId: string, { beat }: RetryRequest): void {
  if (beat === undefined || typeof beat === 'string' || (Number.isInteger(beat) && beat >= 1)) return;
  throw new NotRetryable(videoId, `beat is ${beat}: beats count from 1; or give an id, such as b3.`);
}
