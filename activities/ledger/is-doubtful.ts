import type { PredictionStatus } from '../providers/model-host.ts';

/**
 * A success without a file: removed, or not there yet at the server of the host that answered. Believed when it repeats.
 */
export function isDoubtful(status: PredictionStatus): status is PredictionStatus & { state: 'succeeded' } {
  return status.state === 'succeeded' && (status.dataRemoved || status.outputUrls.length === 0);
}
