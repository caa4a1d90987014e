import { BeatreelFailure } from '../domain/beatreel-failure.ts';
import { failureTypes } from '../domain/failure-types.ts';
import type { RecordedTake } from '../domain/recorded-take.ts';
import { unitName } from '../domain/unit.ts';
import type { HeldEntry, Ledger } from './ledger/ledger.ts';
import type { ActivityRun } from './runtime/define-activity.ts';
import { ledgerFolder } from './ledger/ledger-entry.ts';

/**
 * Lists every purchase of a video, whichever run or revision made it. An unreadable entry is left out; an order of its
 * unit reports it.
 */
export async function findTakes(
  ledger: Ledger,
  videoId: string,
  log: Pick<ActivityRun['log'], 'warn'>,
): Promise<RecordedTake[]> {
  const takes: RecordedTake[] = [];
  for await (const ledgerKey of ledger.keys(ledgerFolder(videoId))) {
    try {
      const held = await ledger.read(ledgerKey);
      if (held) takes.push(toTake(held));
    } catch (error) {
      if (!(error instanceof BeatreelFailure && error.type === failureTypes.needsReconcile)) throw error;
      log.warn('A purchase was left out', { ledgerKey, reason: error.message });
    }
  }
  return takes;
}

function toTake({ entry, objectKey }: HeldEntry): RecordedTake {
  const { take, wanted = '', model, words, isSoftened = false, predictionKey, highestPriceUsd } = entry;
  const { host, predictionId, costUsd = 0, artifact, failure } = entry;
  return {
    unit: unitName(entry),
    number: take,
    wanted,
    model,
    words,
    isSoftened,
    ledgerKey: objectKey,
    predictionKey,
    ...(predictionId === undefined ? {} : { prediction: { host, id: predictionId } }),
    costUsd,
    highestPriceUsd,
    state: stateOf(entry),
    ...(artifact ? { artifact } : {}),
    ...(failure ? { failure } : {}),
  };
}

function stateOf({ state, artifact }: HeldEntry['entry']): RecordedTake['state'] {
  switch (state) {
    case 'claimed':
      return 'claimed';
    case 'posting':
    case 'submitted':
      return 'ordered';
    case 'succeeded':
      return artifact ? 'stored' : 'paid';
    case 'failed':
    case 'canceled':
    case 'lost':
      return 'ended';
  }
}
