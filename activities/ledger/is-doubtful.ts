import type { PredictionStatus } from '../providers/model-host.ts';

/**
 * Whether a success has no file: it was removed, or the host's server that answered lags. Believed when it repeats.
 */
export function isDoubtful(status: PredictionStatus): status is PredictionStatus & { state: 'succeeded' } {
  return status.state === 'succeeded' && (status.dataRemoved || status.outputUrls.length === 0);
}
