import type { UnitTakes, VideoRun } from '../video-run.ts';
import { haltIfOverbilled } from './halt-if-overbilled.ts';
import type { NamedPurchase } from './purchase.ts';
import { noteCost, paymentOf } from './unit-takes.ts';

/** A take that a person gave up while nobody knew its end is ended at the host before another one is bought. */
export async function endSuperseded(run: VideoRun, turn: NamedPurchase, takes: UnitTakes): Promise<void> {
  const { purchase, name } = turn;
  const { superseded } = takes;
  if (superseded === undefined) return;
  const { phase, beat, chunk, summary } = purchase;
  const unit = { phase, beat, chunk, take: superseded };
  const report = await run.activities.call(
    'cancelPredictions',
    { videoId: run.brief.videoId, unit },
    { summary: `end the take before: ${summary}`, activityId: `${paymentOf(name, superseded)}-end` },
  );
  const paidUsd = report.spentUsd + report.pastSavingUsd;
  // Which of them it was bought with is not known any more.
  const [dearest = purchase.model] = purchase.models.toSorted(
    (a, b) => b.highestPriceUsd - a.highestPriceUsd,
  );
  haltIfOverbilled(run, { ...turn, purchase: { ...purchase, model: dearest } }, paidUsd);
  const costUsd = noteCost(run, { name, takes, take: superseded, costUsd: paidUsd });
  delete takes.superseded;
  run.board.updateUnit(phase, name, { costUsd });
}
