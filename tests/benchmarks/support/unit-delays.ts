import type { Client } from '@temporalio/client';

import type { CountedPrediction } from '../../../workers/dev/stand-in/control/counters.ts';
import type { ActivityTimes } from './activity-times.ts';
import { readActivityTimes } from './activity-times.ts';
import type { StandInClient } from './stand-in-client.ts';

/** The delays of one bought unit beyond its host's time, in milliseconds. */
export interface UnitDelays {
  readonly kind: 'still' | 'clip' | 'score';
  /** From the decision to buy to the host's acceptance: queue, ledger, first frame, POST. */
  readonly orderMs: number;
  /** From the host's end until we know of it: looks and ledger. */
  readonly noticeMs: number;
  /** From knowing of the end to the file in the bucket. */
  readonly storeMs: number;
}

/** Reads the delays of every unit of a video out of its history and the stand-in's clock, which is this machine's. */
export async function readUnitDelays(
  client: Client,
  standIn: StandInClient,
  videoId: string,
): Promise<UnitDelays[]> {
  const activities = await readActivityTimes(client, videoId);
  const { predictions } = await standIn.counters();
  return predictions.flatMap((prediction) => toDelays(prediction, activities));
}

function toDelays(
  { id, kind, createdAtMs, finishedAtMs }: CountedPrediction,
  activities: readonly ActivityTimes[],
): UnitDelays[] {
  const find = (name: string) =>
    activities.find(
      (activity) =>
        activity.name === name && [activity.input, activity.result].some((value) => names(value, id)),
    );
  const submit = find('submitPrediction');
  const wait = find('awaitPrediction');
  // Its input names only the purchase.
  const store = activities.find(
    ({ name, input }) => name === 'storeArtifact' && ledgerKeyOf(input) === ledgerKeyOf(wait?.input),
  );
  if (!submit || !wait || !store || finishedAtMs === undefined) return [];
  return [
    {
      kind,
      orderMs: createdAtMs - submit.scheduledMs,
      noticeMs: wait.completedMs - finishedAtMs,
      storeMs: store.completedMs - wait.completedMs,
    },
  ];
}

function ledgerKeyOf(input: unknown): string | undefined {
  return ((input ?? {}) as { ledgerKey?: string }).ledgerKey;
}

function names(value: unknown, predictionId: string): boolean {
  const { prediction } = (value ?? {}) as { prediction?: { id?: string } };
  return prediction?.id === predictionId;
}
