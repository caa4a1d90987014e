import type { FailureType } from '../domain/failure-types.ts';
import { failureTypes } from '../domain/failure-types.ts';
import { unitName } from '../domain/unit.ts';
import { predict } from './predict.ts';
import type { Purchase } from './purchase.ts';
import { tryNextModel, withModel } from './try-next-model.ts';
import { endTake } from './unit-takes.ts';
import { readUnitFailure } from '../unit-failure.ts';
import type { BoughtArtifact, VideoRun } from '../video-run.ts';
import { keyOf } from '../video-run.ts';

/** What was bought and is of no use, however often it is fetched: only another take can help. */
const endsTake: ReadonlySet<FailureType> = new Set([failureTypes.artifactMissing, failureTypes.paidAndLost]);

/**
 * Buys one unit and fetches its file: submit, await, store. The place at the host is held from before the submit
 * until the prediction has ended; fetching needs none.
 *
 * @returns undefined when the unit failed; the board says why
 */
export function buyUnit(run: VideoRun, purchase: Purchase): Promise<BoughtArtifact | undefined> {
  const name = unitName(purchase);
  const buying = run.buying.get(name)?.result ?? buyOnce(run, purchase, name);
  const forget = () => {
    if (run.buying.get(name)?.result === buying) run.buying.set(name, { purchase });
  };
  run.buying.set(name, { purchase, result: buying });
  buying.then(forget, forget);
  return buying;
}

/** Buys a unit that a person reopened while others were still running, so that nothing at the host waits for them. */
export function resumeUnit(run: VideoRun, name: string): void {
  const { purchase } = run.buying.get(name) ?? {};
  // Heard by whoever asks for the unit next; here nobody waits.
  if (purchase) buyUnit(run, purchase).catch(() => undefined);
}

async function buyOnce(run: VideoRun, purchase: Purchase, name: string): Promise<BoughtArtifact | undefined> {
  const before = run.bought.get(name);
  const { status } = run.board.unit(purchase.phase, name);
  if (status === 'failed') return undefined;
  if (before) {
    if (status !== 'succeeded')
      run.board.updateUnit(purchase.phase, name, { status: 'succeeded', artifact: before.artifact });
    return before;
  }
  for (;;) {
    const bought = await fetchOrFail(run, withModel(run, { purchase, name }), name);
    if (bought) run.bought.set(name, bought);
    if (bought || !tryNextModel(run, { purchase, name })) return bought;
  }
}

/** @returns undefined when the unit failed; the board says why */
async function fetchOrFail(
  run: VideoRun,
  purchase: Purchase,
  name: string,
): Promise<BoughtArtifact | undefined> {
  try {
    return await fetchUnit(run, purchase, name);
  } catch (error) {
    run.board.updateUnit(purchase.phase, name, { status: 'canceled' });
    const failure = readUnitFailure(error);
    run.board.updateUnit(purchase.phase, name, { status: 'failed', failure });
    if (endsTake.has(failure.type) && run.takes.get(name)?.isOpen !== true) endTake(run, name);
    return undefined;
  }
}

async function fetchUnit(
  run: VideoRun,
  purchase: Purchase,
  name: string,
): Promise<BoughtArtifact | undefined> {
  const { phase, summary, semaphore, priority } = purchase;
  const ended = await (semaphore
    ? semaphore.run((place) => predict(run, { purchase, name, place }), priority)
    : predict(run, { purchase, name }));
  if (!ended) return undefined;
  run.board.updateUnit(phase, name, { status: 'storing' });
  const { prediction, ledgerKey, predictionKey } = ended;
  const { kind } = purchase.describe({ model: purchase.model, seed: 0 });
  const pathStem = keyOf(run, `${purchase.path}-${predictionKey.slice(0, 12)}`);
  const artifact = await run.activities.call(
    'storeArtifact',
    { ledgerKey, prediction, kind, pathStem },
    { summary, activityId: `${name}-store` },
  );
  run.board.updateUnit(phase, name, { status: 'succeeded', artifact });
  return { artifact, predictionKey };
}
