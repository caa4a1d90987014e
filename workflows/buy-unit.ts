import type { FailureType } from './domain/failure-types.ts';
import { failureTypes } from './domain/failure-types.ts';
import type { PredictionOutcome, PredictionRequest } from './domain/prediction.ts';
import { unitSeed } from './domain/seed.ts';
import type { Semaphore } from './domain/semaphore.ts';
import type { BoughtPhase } from './domain/unit.ts';
import { unitName } from './domain/unit.ts';
import { readUnitFailure } from './unit-failure.ts';
import type { BoughtArtifact, UnitTakes, VideoRun } from './video-run.ts';
import { keyOf } from './video-run.ts';
import { withPermit } from './with-permit.ts';

/** What was bought and is of no use, however often it is fetched: only another take can help. */
const endsTake: ReadonlySet<FailureType> = new Set([failureTypes.artifactMissing, failureTypes.paidAndLost]);

/** One unit to buy, whatever its take. */
export interface Purchase {
  readonly phase: BoughtPhase;
  readonly beat: number;
  readonly chunk: number;
  /** Name in the catalogue. */
  readonly model: string;
  readonly queue: 'stills' | 'chunks' | 'score';
  /** For the Web UI, e.g. `still 3/5: The lamp in the window`. */
  readonly summary: string;
  /** Where the file is stored, without what tells takes apart, e.g. `stills/03`. */
  readonly path: string;
  /** The request for a seed; `prompt` replaces the storyboard's when a person gave one. */
  readonly describe: (seed: number, prompt: string | undefined) => PredictionRequest;
  readonly semaphore?: Semaphore;
  /** Higher goes first among those who wait for a place. */
  readonly priority?: number;
}

/**
 * Buys one unit and fetches its file: submit, await, store. The place at the host is held from before the submit
 * until the prediction has ended; fetching needs none.
 *
 * @returns undefined when the unit failed; the board says why
 */
export async function buyUnit(run: VideoRun, purchase: Purchase): Promise<BoughtArtifact | undefined> {
  const name = unitName(purchase);
  const before = run.bought.get(name);
  const { status } = run.board.unit(purchase.phase, name);
  if (status === 'failed') return undefined;
  if (before) {
    if (status !== 'succeeded')
      run.board.updateUnit(purchase.phase, name, { status: 'succeeded', artifact: before.artifact });
    return before;
  }
  try {
    const bought = await fetchUnit(run, purchase, name);
    if (bought) run.bought.set(name, bought);
    return bought;
  } catch (error) {
    run.board.updateUnit(purchase.phase, name, { status: 'canceled' });
    const failure = readUnitFailure(error);
    run.board.updateUnit(purchase.phase, name, { status: 'failed', failure });
    if (endsTake.has(failure.type)) endTake(run, name);
    return undefined;
  }
}

async function fetchUnit(
  run: VideoRun,
  purchase: Purchase,
  name: string,
): Promise<BoughtArtifact | undefined> {
  const { phase, summary } = purchase;
  const place = () => withPermit(run, purchase, () => predict(run, purchase, name));
  const ended = await (purchase.semaphore ? purchase.semaphore.run(place, purchase.priority) : place());
  if (!ended) return undefined;
  run.board.updateUnit(phase, name, { status: 'storing' });
  const { prediction, ledgerKey, predictionKey } = ended;
  const kind = purchase.describe(0, undefined).kind;
  const pathStem = keyOf(run, `${purchase.path}-${predictionKey.slice(0, 12)}`);
  const artifact = await run.activities.call(
    'storeArtifact',
    { ledgerKey, prediction, kind, pathStem },
    { summary, activityId: `${name}-store` },
  );
  run.board.updateUnit(phase, name, { status: 'succeeded', artifact });
  return { artifact, predictionKey };
}

/** Submits and waits for the end. @returns undefined when the prediction ended without a file */
async function predict(run: VideoRun, purchase: Purchase, name: string) {
  const { phase, beat, chunk, model, queue, summary } = purchase;
  const { board, activities, brief } = run;
  const takes = openTake(run, name);
  const unit = { phase, beat, chunk, take: takes.take };
  const request = purchase.describe(unitSeed(brief.seed, unit), takes.prompt);
  board.updateUnit(phase, name, { status: 'submitting', attempts: takes.take + 1 });
  const activityId = `${name}-t${takes.take}`;
  const submitted = await activities.call(
    'submitPrediction',
    { videoId: brief.videoId, unit, model, request },
    { summary, queue, activityId: `${activityId}-submit` },
  );
  const { ledgerKey } = submitted;
  board.updateUnit(phase, name, { status: 'rendering', ledgerKey });
  const outcome =
    submitted.state === 'ended'
      ? submitted.outcome
      : await activities.call(
          'awaitPrediction',
          { ledgerKey, model, prediction: submitted.prediction, submittedAt: submitted.submittedAt },
          { summary, activityId: `${activityId}-await` },
        );
  noteOutcome(run, { phase, name, takes, outcome });
  return submitted.state === 'submitted' && outcome.state === 'succeeded' ? submitted : undefined;
}

/** While an outcome is open or good, every attempt is the same purchase; after an end, the next one is a new take. */
function openTake(run: VideoRun, name: string): UnitTakes {
  const takes = run.takes.get(name) ?? { take: 0, ended: false, costsUsd: [] };
  if (takes.ended) {
    takes.take += 1;
    takes.ended = false;
  }
  run.takes.set(name, takes);
  return takes;
}

function endTake({ takes }: VideoRun, name: string): void {
  const open = takes.get(name);
  if (open) open.ended = true;
}

interface EndedTake {
  readonly phase: BoughtPhase;
  readonly name: string;
  readonly takes: UnitTakes;
  readonly outcome: PredictionOutcome;
}

function noteOutcome({ board }: VideoRun, { phase, name, takes, outcome }: EndedTake): void {
  takes.costsUsd[takes.take] = outcome.costUsd;
  const costUsd = takes.costsUsd.reduce((sum, cost) => sum + cost, 0);
  if (outcome.state === 'succeeded') {
    board.updateUnit(phase, name, { costUsd });
    return;
  }
  takes.ended = true;
  const failure = { type: outcome.type, reason: outcome.reason };
  board.updateUnit(phase, name, { status: 'failed', costUsd, failure });
}
