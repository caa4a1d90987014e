import type { ModelChoice } from '../brief.ts';
import { toModels } from '../brief.ts';
import { fingerprintOf } from '../artifact.ts';
import { planTimeline } from '../chunks.ts';
import { failureTable } from '../failures.ts';
import { frameSizeOf } from '../frame-size.ts';
import { hashOf } from '../hash.ts';
import type { RecordedTake } from '../recorded-take.ts';
import { pinsOf } from '../pins.ts';
import { roundUsd } from '../round-usd.ts';
import type { BoughtMedium } from '../media.ts';
import { type UnitPlace, unitName } from '../unit.ts';
import type { StartsFrom } from '../wanted-key.ts';
import {
  chunkPlace,
  scorePlace,
  stillPlace,
  wantedChunk,
  type WantedFrom,
  wantedScore,
  wantedStill,
} from '../wanted-units.ts';

/** The planned handling of one unit of a bought medium. */
export interface PlannedUnit {
  /** E.g. `still-b3`. */
  readonly name: string;
  /**
   * `buy` costs at most `priceUsd`; `reuse` has a file; `finish` is ordered or paid for and only awaited; `given` is a
   * person's own file; `ask` was paid for and lost, and is bought again only when a person asks for it.
   */
  readonly do: 'buy' | 'reuse' | 'finish' | 'given' | 'ask';
  /** Name in the catalogue; only for `buy`. */
  readonly model?: string;
  /** In US dollars; 0 for everything but `buy`. */
  readonly priceUsd: number;
  /** Number of the take in use. */
  readonly take?: number;
  /** The take in use was made for another request: a person chose it, or keeps it. */
  readonly isStale?: true;
}

/** The work and cost of making a revision, from the ledger and the prices. Money in US dollars. */
export interface RevisionPlan {
  readonly units: readonly PlannedUnit[];
  /** The highest price of everything to buy. */
  readonly highestUsd: number;
  readonly durationSeconds: number;
  /** Our own steps that run: clips by name, then `cut`, `score` (fitted) and `video` where they change. */
  readonly remade: readonly string[];
  /** Changes with everything that a person approves in the plan. */
  readonly digest: string;
}

/** @param before the parent revision; absent for the first */
export function planRevision(
  revision: WantedFrom,
  takes: readonly RecordedTake[],
  before?: WantedFrom,
): RevisionPlan {
  const { units, made } = walk(revision, takes);
  const old = before ? walk(before, takes).made : new Map<string, string>();
  const remade = [...made].filter(([name, key]) => key === '' || old.get(name) !== key).map(([name]) => name);
  const highestUsd = roundUsd(units.reduce((sum, { priceUsd }) => sum + priceUsd, 0));
  const { durationSeconds } = revision.brief;
  const size = frameSizeOf(revision);
  return {
    units,
    highestUsd,
    durationSeconds,
    remade,
    digest: hashOf({ units, highestUsd, durationSeconds, title: revision.brief.title, size }).slice(0, 12),
  };
}

interface Walked {
  readonly units: readonly PlannedUnit[];
  /** Own steps by name, each with a hash of its inputs; empty where an input is not bought yet. */
  readonly made: ReadonlyMap<string, string>;
}

/** Walks a revision in the order of its run. */
function walk(revision: WantedFrom, takes: readonly RecordedTake[]): Walked {
  const { brief, storyboard } = revision;
  const units: PlannedUnit[] = [];
  const made = new Map<string, string>();
  const pins = pinsOf(revision);
  const settle = (place: UnitPlace<BoughtMedium>, wanted: string | undefined, model: ModelChoice) => {
    const found = findTake(unitName(place), wanted, { takes, pins });
    units.push(toUnit(unitName(place), found, model));
    return found.purchase;
  };
  const stills = new Map<string, string | undefined>();
  for (const beat of storyboard.beats) {
    if (beat.picture) {
      units.push({ name: unitName(stillPlace(beat)), do: 'given', priceUsd: 0 });
      stills.set(beat.id, fingerprintOf(beat.picture));
    } else {
      const model = beat.models?.still ?? brief.models.still;
      stills.set(beat.id, settle(stillPlace(beat), wantedStill(revision, beat), model));
    }
  }
  const size = frameSizeOf(revision);
  let from: StartsFrom | undefined;
  for (const chunk of planTimeline(storyboard.beats, brief.models.clip)) {
    const beat = storyboard.beats.find(({ id }) => id === chunk.beat);
    const clip = beat?.models?.clip ?? brief.models.clip;
    const isFree = toModels(clip).every(({ firstFrame }) => firstFrame === false);
    const still = stills.get(chunk.beat);
    if (chunk.chunk === 0) from = still === undefined ? undefined : { purchase: still };
    const wanted = from || isFree ? wantedChunk(revision, chunk, { from }) : undefined;
    const purchase = settle(chunkPlace(chunk), wanted, clip);
    from = purchase === undefined ? undefined : { purchase, frames: chunk.frameCount };
    const clipName = unitName({ ...chunkPlace(chunk), medium: 'clip' });
    const { frameCount } = chunk;
    made.set(clipName, purchase === undefined ? '' : hashOf({ purchase, frameCount, size }));
  }
  const clips = [...made.values()];
  made.set('cut', clips.includes('') ? '' : hashOf(clips));
  const score = brief.music.enabled
    ? settle(scorePlace, wantedScore(revision), brief.models.score)
    : 'no music';
  if (brief.music.enabled)
    made.set('score', score === undefined ? '' : hashOf({ score, seconds: brief.durationSeconds }));
  const [cut = '', fitted = 'no music'] = [made.get('cut'), made.get('score')];
  made.set('video', cut === '' || fitted === '' ? '' : hashOf({ cut, fitted }));
  return { units, made };
}

interface FoundTake {
  readonly take?: RecordedTake;
  /** Key of the purchase that the next unit starts from; absent before it is bought. */
  readonly purchase?: string;
  readonly isStale: boolean;
}

interface Known {
  readonly takes: readonly RecordedTake[];
  readonly pins: Readonly<Record<string, number>>;
}

/** Finds the take that the run uses or continues, by the same rules as the unit itself. */
function findTake(name: string, wanted: string | undefined, { takes, pins }: Known): FoundTake {
  const own = takes.filter(({ unit }) => unit === name).toSorted((a, b) => a.number - b.number);
  const pinned = own.find(({ number, state }) => number === pins[name] && state === 'stored');
  if (pinned) return { take: pinned, purchase: pinned.predictionKey, isStale: pinned.wanted !== wanted };
  const fitting = own.filter((take) => take.wanted === wanted);
  const stored = fitting.findLast(({ state }) => state === 'stored');
  if (stored) return { take: stored, purchase: stored.predictionKey, isStale: false };
  const last = fitting.at(-1);
  if (last?.state === 'ordered' || last?.state === 'paid')
    return { take: last, purchase: last.predictionKey, isStale: false };
  return { ...(last ? { take: last } : {}), isStale: false };
}

function toUnit(name: string, { take, isStale }: FoundTake, model: ModelChoice): PlannedUnit {
  const stale = isStale ? ({ isStale: true } as const) : {};
  if (take?.state === 'stored') return { name, do: 'reuse', priceUsd: 0, take: take.number, ...stale };
  if (take?.state === 'ordered' || take?.state === 'paid')
    return { name, do: 'finish', priceUsd: 0, take: take.number };
  if (take?.failure && failureTable[take.failure.type].needsNewTake === true)
    return { name, do: 'ask', priceUsd: 0, take: take.number };
  return { name, do: 'buy', model: model.name, priceUsd: model.highestPriceUsd };
}
