import { type Reconciled, type ReconcileRequest, reconcileUnitUpdate } from '../../workflows/messages.ts';
import type { TemporalNamespace } from '../connection/temporal-namespace.ts';
import { NotAccepted } from '../errors/not-accepted.ts';
import { updateVideo } from './update-video.ts';

/** @throws NotAccepted with the words of the workflow or the host; VideoNotFound; NoWorkerAnswers */
export async function reconcileUnit(
  temporal: TemporalNamespace,
  videoId: string,
  request: ReconcileRequest,
): Promise<Reconciled> {
  return updateVideo(temporal, videoId, {
    update: reconcileUnitUpdate,
    request,
    rule: 'nothing is left to reconcile',
    doing: `Reconciling a unit of ${videoId}`,
    toRefusal: (reason, options) => new NotAccepted(videoId, `the decision. ${reason}`, options),
  });
}
