import type { Info } from '@temporalio/activity';
import { type StoreRequest, createStoreArtifact } from '../../../activities/store-artifact.ts';
import type { SubmitRequest } from '../../../activities/submit-prediction.ts';
import type { FailureType } from '../../../domain/failure-types.ts';
import { until } from '../../support/until.ts';
import { buy } from './purchases.ts';
import { failureOf, startActivity } from './run-activity.ts';
import type { ActivityBench } from './start-activity-bench.ts';

/** Fetches the file of a purchase as the bench's worker does. */
export function store({ worker }: ActivityBench, request: StoreRequest, info: Partial<Info> = {}) {
  return startActivity(createStoreArtifact({ ...worker, transfers: worker.outputTransfers }), request, info);
}

/** Retries the fetch as the worker would, until it fails with this type. */
export function storeUntil(bench: ActivityBench, request: StoreRequest, type: FailureType) {
  return until(
    async () => {
      const failure = await failureOf(store(bench, request).result);
      return failure.type === type && failure;
    },
    { what: type },
  );
}

/** Buys an order, and waits until the host has made it. */
export async function buyEnded(bench: ActivityBench, order: SubmitRequest): Promise<StoreRequest> {
  const { ledgerKey } = await buy(bench.worker, order);
  await bench.standIn.control.waitFor({ finished: 1 });
  return { ledgerKey };
}

/** The key of its file without the extension, derived from the name of the ledger entry. */
export function pathStem({ ledgerKey }: StoreRequest): string {
  const [, videoId = '', medium = '', predictionKey = ''] =
    /^videos\/([^/]+)\/ledger\/([a-z]+)(?:-b1(?:-1)?)?-t0-(\w+)\.json$/.exec(ledgerKey) ?? [];
  const path = medium === 'still' ? 'stills/b1' : medium === 'score' ? 'scores/score' : 'chunks/b1-1';
  return `videos/${videoId}/${path}-${predictionKey.slice(0, 12)}`;
}
