import type { NormalisedClip } from '../../activities/normalise-clip.ts';
import type { ArtifactRef } from '../../domain/artifact.ts';
import type { ModelChoice } from '../../domain/brief.ts';
import type { ChunkPlan } from '../../domain/chunks.ts';
import type { BoughtMedium } from '../../domain/media.ts';
import type { UnitPlace } from '../../domain/unit.ts';
import type { BoughtPlan } from './bought-plan.ts';
import type { Before, Reopening } from './before.ts';
import { BoughtUnit } from './bought-unit.ts';
import { MadeUnit } from './made-unit.ts';
import type { UnitPorts } from './unit-ports.ts';
import type { Unit } from './unit.ts';

/** One chunk with the steps that use it. */
export interface Link {
  readonly plan: ChunkPlan;
  readonly chunk: BoughtUnit;
  /** The start picture of the next chunk. */
  readonly lastFrame: MadeUnit<ArtifactRef>;
  readonly clip: MadeUnit<NormalisedClip>;
}

/** The parts of a video that a chain uses. */
export interface ChainPorts {
  readonly ports: UnitPorts;
  readonly toChunk: (plan: ChunkPlan) => BoughtPlan;
  /** A unit's takes and files from before its run. */
  readonly before: (place: UnitPlace<BoughtMedium>, models: readonly ModelChoice[]) => Before;
  /** Whether footage starts from a picture; otherwise no chunk waits for another. */
  readonly startsFromPictures: boolean;
}

/** The chunks of one beat: each starts from the last kept frame of the one before it. */
export class Chain {
  readonly links: readonly Link[];
  readonly startsFromPictures: boolean;

  /** @param plans in screen order */
  constructor(plans: readonly ChunkPlan[], { ports, toChunk, before, startsFromPictures }: ChainPorts) {
    this.startsFromPictures = startsFromPictures;
    const buyer = (plan: BoughtPlan) => new BoughtUnit(plan, ports, before(plan.place, plan.models));
    this.links = plans.map((plan) => ({
      plan,
      chunk: buyer(toChunk(plan)),
      lastFrame: new MadeUnit(
        { ...placeOf(plan), medium: 'last-frame' },
        ports,
        (frame: ArtifactRef) => frame,
      ),
      clip: new MadeUnit({ ...placeOf(plan), medium: 'clip' }, ports, ({ clip }: NormalisedClip) => clip),
    }));
  }

  linkOf(unit: Unit): Link | undefined {
    return this.links.find(({ chunk, lastFrame, clip }) => [chunk, lastFrame, clip].includes(unit as never));
  }

  /**
   * Buys a chunk again, and everything that was made from it: footage with another start frame is another purchase.
   */
  rebuy(link: Link, reopening: Reopening): void {
    link.chunk.reopen({ ...reopening, newTake: true });
    reopenSteps(link);
    const followers = this.links.filter(({ plan }) => plan.chunk > link.plan.chunk);
    for (const follower of this.startsFromPictures ? followers : []) {
      follower.chunk.reopen({ newTake: true });
      reopenSteps(follower);
    }
  }
}

function reopenSteps({ lastFrame, clip }: Link): void {
  lastFrame.reopen();
  clip.reopen();
}

function placeOf({ beat, chunk }: ChunkPlan) {
  return { beat, chunk };
}
