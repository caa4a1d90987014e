import { CancellationScope, condition } from '@temporalio/workflow';

import type { CarriedScore } from './carried-video.ts';
import { type ArtifactRef, fingerprintOf } from '../domain/artifact.ts';
import { type Brief, type ModelChoice, startsFromPictures, toModels } from '../domain/brief.ts';
import type { ChunkPlan } from '../domain/chunks.ts';
import { planTimeline } from '../domain/chunks.ts';
import { describeShortage } from '../domain/describe-shortage.ts';
import { planRevision } from '../domain/edits/plan-revision.ts';
import { media } from '../domain/media.ts';
import { cancelAfterSeconds } from '../domain/prediction.ts';
import { pinsOf } from '../domain/pins.ts';
import { permitGraceSeconds } from '../domain/permits.ts';
import { Semaphore } from '../domain/semaphore.ts';
import { roundUsd } from '../domain/round-usd.ts';
import type { RecordedTake } from '../domain/recorded-take.ts';
import type { Storyboard } from '../domain/storyboard.ts';
import type { Treasury } from '../domain/treasury.ts';
import { type UnitPlace, unitName, wholeVideo } from '../domain/unit.ts';
import { planChunk } from './phases/plan-chunk.ts';
import type { PlanSource } from './phases/plan-source.ts';
import { planScore } from './phases/plan-score.ts';
import { planStill } from './phases/plan-still.ts';
import { readUnitFailure } from './unit-failure.ts';
import { type HeldModels, Shortfalls } from './shortfalls.ts';
import { BoughtUnit } from './units/bought-unit.ts';
import { Chain } from './units/chain.ts';
import type { BoughtPlan } from './units/bought-plan.ts';
import { MadeUnit } from './units/made-unit.ts';
import { readTakes } from './units/recorded-takes.ts';
import type { BoughtArtifact } from './units/take.ts';
import type { PermitWish, UnitPorts } from './units/unit-ports.ts';
import type { Unit } from './units/unit.ts';
import type { Video } from './video.ts';

/** The inputs of a planned video. */
export interface PlanInput {
  readonly brief: Brief;
  readonly storyboard: Storyboard;
  readonly treasury: Treasury;
  /** Recorded takes of earlier runs and revisions that its units start from. */
  readonly takes: readonly RecordedTake[];
  /** Every take in the ledger. Default: `takes`. */
  readonly known?: readonly RecordedTake[];
  /** Models that an earlier run put on hold. */
  readonly heldModels?: HeldModels | undefined;
}

/** A video with its storyboard: all its units exist, and wait. */
export class PlannedVideo implements PlanSource {
  readonly video: Video;
  readonly brief: Brief;
  readonly storyboard: Storyboard;
  readonly treasury: Treasury;
  /** In screen order. */
  readonly timeline: readonly ChunkPlan[];
  /** In beat order. */
  readonly stills: readonly BoughtUnit[];
  /** In beat order. */
  readonly chains: readonly Chain[];
  readonly cut: MadeUnit<ArtifactRef>;
  /** Absent for a video without music. */
  readonly score: BoughtUnit | undefined;
  fittedScore: CarriedScore | undefined;
  readonly finished: MadeUnit<ArtifactRef>;
  readonly manifest: MadeUnit<ArtifactRef>;
  readonly stillSlots: Semaphore;
  readonly chunkSlots: Semaphore;
  readonly shortfalls: Shortfalls;

  /** Absent without a preview gate. */
  readonly preview: MadeUnit<ArtifactRef> | undefined;
  /** The highest prices of units to buy, by name, at the start of this run. */
  readonly #prices: ReadonlyMap<string, number>;

  /** Cost of takes of units that this revision does not have, in US dollars. */
  readonly elsewhereUsd: number;
  readonly revision: number;
  /** Number of late files: their units continued without a person's decision. */
  #lateFiles = 0;

  constructor(video: Video, { brief, storyboard, treasury, takes, known = takes, heldModels }: PlanInput) {
    this.video = video;
    this.brief = brief;
    this.storyboard = storyboard;
    this.treasury = treasury;
    this.revision = storyboard.revision ?? 1;
    this.shortfalls = new Shortfalls(() => video.reopenings - this.#lateFiles, heldModels);
    this.timeline = planTimeline(storyboard.beats, brief.models.clip);
    this.stillSlots = new Semaphore(brief.limits.concurrentStills);
    this.chunkSlots = new Semaphore(brief.limits.concurrentChunks);
    const ports = this.#ports();
    const asIs = (artifact: ArtifactRef) => artifact;
    const pins = pinsOf({ brief, storyboard });
    const before = (place: UnitPlace, models: readonly ModelChoice[]) => ({
      takes: readTakes(
        takes.filter(({ unit }) => unit === unitName(place)),
        models,
      ),
      pinned: pins[unitName(place)],
    });
    const buyer = (plan: BoughtPlan, given?: BoughtArtifact) =>
      new BoughtUnit(plan, ports, { ...before(plan.place, plan.models), given });
    this.stills = storyboard.beats.map((beat) => buyer(planStill(this, beat), toGiven(beat.picture)));
    this.chains = storyboard.beats.map(
      (beat) =>
        new Chain(
          this.timeline.filter((plan) => plan.beat === beat.id),
          {
            ports,
            toChunk: (plan) => planChunk(this, plan),
            before,
            startsFromPictures: startsFromPictures(beat.models?.clip ?? brief.models.clip),
          },
        ),
    );
    this.preview = brief.approve?.includes('preview')
      ? new MadeUnit({ ...wholeVideo, medium: 'preview' }, ports, asIs)
      : undefined;
    const planned = planRevision({ brief, storyboard }, known);
    this.#prices = new Map(planned.units.map(({ name, priceUsd }) => [name, priceUsd]));
    this.cut = new MadeUnit({ ...wholeVideo, medium: 'cut' }, ports, asIs);
    this.score = brief.music.enabled ? buyer(planScore(this)) : undefined;
    this.finished = new MadeUnit({ ...wholeVideo, medium: 'video' }, ports, asIs);
    this.manifest = new MadeUnit({ ...wholeVideo, medium: 'manifest' }, ports, asIs);
    const names = new Set(this.units.map(({ name }) => name));
    const elsewhere = known.filter(({ unit }) => !names.has(unit));
    this.elsewhereUsd = roundUsd(elsewhere.reduce((sum, { costUsd }) => sum + costUsd, 0));
  }

  /** Every unit, those of one phase in screen order. */
  get units(): readonly Unit[] {
    const links = this.chains.flatMap((chain) => chain.links);
    return [
      ...this.stills,
      ...(this.preview ? [this.preview] : []),
      ...links.map(({ chunk }) => chunk),
      ...links.map(({ lastFrame }) => lastFrame),
      ...links.map(({ clip }) => clip),
      this.cut,
      ...(this.score ? [this.score] : []),
      this.finished,
      this.manifest,
    ];
  }

  /** The highest price of a unit at the start of this run, in US dollars; 0 if it was already there or ordered. */
  priceOf(unit: string): number {
    return this.#prices.get(unit) ?? 0;
  }

  get chunks(): readonly BoughtUnit[] {
    return this.chains.flatMap(({ links }) => links.map(({ chunk }) => chunk));
  }

  /** The highest price of all footage without a reservation, in US dollars. */
  get unreservedFootageUsd(): number {
    const missing = this.chunks.filter(({ name }) => this.priceOf(name) > 0);
    return missing.reduce((sum, { unreservedUsd }) => sum + unreservedUsd, 0);
  }

  /** A sentence on a budget below the highest price of the plan; undefined where it suffices. */
  get shortage(): string | undefined {
    const { models, music, onFailure } = this.brief;
    return describeShortage({
      highestUsd: this.storyboard.estimateUsd,
      budgetUsd: this.treasury.report().capUsd,
      scoreUsd: music.enabled ? toModels(models.score)[0].highestPriceUsd : 0,
      waits: onFailure === 'park',
    });
  }

  /** Stops admission to hosts and money: waits for either reject with `reason`. */
  close(reason: Error): void {
    for (const gate of [this.stillSlots, this.chunkSlots, this.treasury]) gate.close(reason);
  }

  #ports(): UnitPorts {
    const { video, brief, treasury } = this;
    return {
      videoId: brief.videoId,
      seed: brief.seed,
      onRefusal: brief.onRefusal,
      waitsForPerson: brief.onFailure === 'park',
      activities: video.activities,
      treasury,
      enterAccount: (wish) => this.#enterAccount(wish),
      readFailure: readUnitFailure,
      until: (isOver, atMostMs) => condition(isOver, atMostMs),
      warn: (sentence) => {
        video.warn(sentence);
      },
      goesOn: () => {
        video.reopenings += 1;
        this.#lateFiles += 1;
      },
      whileDraining: () => video.whileDraining(),
      whyHeld: (model) => this.shortfalls.whyHeld(model),
      changed: () => {
        video.changed();
      },
      redraw: () => {
        video.redraw();
      },
    };
  }

  /**
   * Waits for a permit of the host's account, where the operator limits it. After a cancellation the permit is kept
   * until the clean-up has ended the prediction at the host.
   */
  async #enterAccount({ place, model, isHeld = false }: PermitWish): Promise<() => void> {
    const { videoId, tenant, permits = [] } = this.brief;
    const { queue } = media[place.medium];
    const kind = permits.find((limited) => limited === queue);
    if (!kind) return () => undefined;
    const permitId = `${videoId}/${unitName(place)}`;
    const expiresAfterSeconds = cancelAfterSeconds + permitGraceSeconds;
    const wanted = { host: model.host, request: { permitId, videoId, kind, tenant, expiresAfterSeconds } };
    const { permits: held } = this.video;
    const giveBack = isHeld ? held.hold(wanted) : await held.acquire(wanted);
    return () => {
      if (!CancellationScope.current().consideredCancelled) giveBack();
    };
  }
}

/** A person's own picture, in the shape of a bought still. */
function toGiven(picture: ArtifactRef | undefined): BoughtArtifact | undefined {
  return picture && { artifact: picture, predictionKey: fingerprintOf(picture) };
}
