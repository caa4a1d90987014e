import { planTimeline } from '../../domain/chunks.ts';
import { startsFromPictures } from '../../domain/brief.ts';
import type { RecordedTake } from '../../domain/recorded-take.ts';
import { pinsOf } from '../../domain/pins.ts';
import { Semaphore } from '../../domain/semaphore.ts';
import { unitName } from '../../domain/unit.ts';
import type { WantedFrom } from '../../domain/wanted-units.ts';
import { planChunk } from '../../workflows/phases/plan-chunk.ts';
import { planScore } from '../../workflows/phases/plan-score.ts';
import type { PlanSource } from '../../workflows/phases/plan-source.ts';
import { planStill } from '../../workflows/phases/plan-still.ts';
import type { BoughtPlan } from '../../workflows/units/bought-plan.ts';
import type { Source } from '../../workflows/units/before.ts';
import { BoughtUnit } from '../../workflows/units/bought-unit.ts';
import { readTakes } from '../../workflows/units/recorded-takes.ts';
import { FakeHost } from './fake-host.ts';

/**
 * Buys a revision with the units that a video has, at a host where everything succeeds.
 *
 * @param takes earlier purchases
 * @returns earlier and new takes, as in the ledger
 */
export async function buyRevision(
  { brief, storyboard }: WantedFrom,
  takes: readonly RecordedTake[],
): Promise<readonly RecordedTake[]> {
  const timeline = planTimeline(storyboard.beats, brief.models.clip);
  const slots = () => new Semaphore(100);
  const source: PlanSource = {
    brief,
    storyboard,
    timeline,
    stillSlots: slots(),
    chunkSlots: slots(),
    unreservedFootageUsd: 0,
  };
  const host = new FakeHost(() => ({}));
  const bought: RecordedTake[] = [];
  const buy = async (plan: BoughtPlan, from?: Source) => {
    const name = unitName(plan.place);
    const own = takes.filter(({ unit }) => unit === name);
    const unit = new BoughtUnit(plan, host.ports, {
      takes: readTakes(own, plan.models),
      pinned: pinsOf({ brief, storyboard })[name],
    });
    const file = await unit.buy(from);
    if (!file) throw new Error(`${name} was not bought.`);
    for (const take of unit.takes) {
      if (take.state !== 'stored' || own.some(({ number }) => number === take.number)) continue;
      const { number, wanted, isSoftened, costUsd } = take;
      const { artifact, predictionKey } = take.bought;
      const model = plan.models[take.model]?.name ?? '';
      bought.push({
        ...{
          unit: name,
          number,
          wanted,
          model,
          isSoftened,
          costUsd,
          state: 'stored',
          artifact,
          predictionKey,
        },
        ledgerKey: predictionKey,
        highestPriceUsd: 1,
      });
    }
    return file;
  };
  const stills = new Map<string, Source>();
  for (const beat of storyboard.beats) {
    const still = await buy(planStill(source, beat));
    stills.set(beat.id, { picture: still.artifact, purchase: still.predictionKey });
  }
  for (const beat of storyboard.beats) {
    let from = stills.get(beat.id);
    const isFree = !startsFromPictures(beat.models?.clip ?? brief.models.clip);
    for (const plan of timeline.filter((chunk) => chunk.beat === beat.id)) {
      const chunk = await buy(planChunk(source, plan), from);
      if (!isFree) from = { picture: chunk.artifact, purchase: chunk.predictionKey, frames: plan.frameCount };
    }
  }
  if (brief.music.enabled) await buy(planScore(source));
  return [...takes, ...bought];
}
