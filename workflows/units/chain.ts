import type { NormalisedClip } from '../../activities/normalise-clip.ts';
import type { ArtifactRef } from '../../domain/artifact.ts';
import type { ChunkPlan } from '../../domain/chunks.ts';
import type { BoughtPlan } from './bought-plan.ts';
import type { Reopening } from './bought-unit.ts';
import { BoughtUnit } from './bought-unit.ts';
import { MadeUnit } from './made-unit.ts';
import type { UnitPorts } from './unit-ports.ts';
import type { Unit } from './unit.ts';

/** One chunk with what is made of it. */
export interface Link {
  readonly plan: ChunkPlan;
  readonly chunk: BoughtUnit;
  /** The picture that the next chunk starts from. */
  readonly lastFrame: MadeUnit<ArtifactRef>;
  readonly clip: MadeUnit<NormalisedClip>;
}

/** What a chain needs of its video. */
export interface ChainPorts {
  readonly ports: UnitPorts;
  readonly toChunk: (plan: ChunkPlan) => BoughtPlan;
}

/** The chunks of one beat: each starts from the last kept frame of the one before it. */
export class Chain {
  readonly links: readonly Link[];

  /** @param plans in screen order */
  constructor(plans: readonly ChunkPlan[], { ports, toChunk }: ChainPorts) {
    this.links = plans.map((plan) => ({
      plan,
      chunk: new BoughtUnit(toChunk(plan), ports),
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
   * Buys a chunk again, and with it all that was made from it.
   *
   * @param followersToo whether the chunks after it start from its end
   */
  rebuy(link: Link, reopening: Reopening, followersToo: boolean): void {
    link.chunk.reopen({ ...reopening, newTake: true });
    reopenSteps(link);
    const followers = this.links.filter(({ plan }) => plan.chunk > link.plan.chunk);
    for (const follower of followersToo ? followers : []) {
      // Footage that starts from another frame is another purchase.
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
