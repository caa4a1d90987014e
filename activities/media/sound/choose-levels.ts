import { nearSilenceLufs, type Loudness } from './measure-loudness.ts';

/** Gain and limit of one encoding of the audio track. */
export interface LevelSettings {
  readonly gainDb: number;
  /** The limiter's highest peak, before the encoder adds its own. */
  readonly limitDbtp: number;
}

/** One encoding and the loudness measured on it. */
export interface Pass {
  readonly settings: LevelSettings;
  readonly made: Loudness;
}

const targetLufs = -14;
/** Half of the allowed deviation, so that a delivered track stays within it on any meter. */
const toleranceLu = 0.5;
const highestPeakDbtp = -1;
/** AAC at 192 kbit/s adds a few tenths of a decibel to peaks. */
const firstLimitDbtp = -1.5;
const spareDb = 0.2;

/**
 * Chooses the next settings from the passes so far. Pure.
 *
 * @returns undefined when the last pass is good
 */
export function chooseLevels(source: Loudness, tried: readonly Pass[]): LevelSettings | undefined {
  const isLeft = (source.integratedLufs ?? -Infinity) < nearSilenceLufs;
  const last = tried.at(-1);
  if (last === undefined) {
    return { gainDb: isLeft ? 0 : targetLufs - (source.integratedLufs ?? 0), limitDbtp: firstLimitDbtp };
  }
  const missing = isLeft ? 0 : missingLu(last.made);
  const overshoot = overshootDb(last.made);
  const isOff = Math.abs(missing) > toleranceLu;
  if (!isOff && overshoot <= 0) return undefined;
  return {
    gainDb: last.settings.gainDb + (isOff ? missing / responsiveness(tried) : 0),
    limitDbtp: last.settings.limitDbtp - (overshoot > 0 ? overshoot + spareDb : 0),
  };
}

/** The pass nearest to the target among those with low enough peaks, else among all. Needs at least one pass. */
export function chooseBest(tried: readonly Pass[]): Pass {
  const distance = ({ made }: Pass) => Math.max(0, overshootDb(made)) * 1_000 + Math.abs(missingLu(made));
  return tried.reduce((best, pass) => (distance(pass) <= distance(best) ? pass : best));
}

function missingLu({ integratedLufs }: Loudness): number {
  return integratedLufs === undefined ? 0 : targetLufs - integratedLufs;
}

function overshootDb({ truePeakDbtp = -Infinity }: Loudness): number {
  return truePeakDbtp - highestPeakDbtp;
}

/**
 * How much louder a track becomes for each decibel of gain. 1 without a limiter; with it less, the more the peaks
 * stand out. Computed from the last two passes, guessed before.
 */
function responsiveness(tried: readonly Pass[]): number {
  const [before, last] = tried.slice(-2);
  if (before === undefined || last === undefined) return 0.6;
  const gained = (last.made.integratedLufs ?? 0) - (before.made.integratedLufs ?? 0);
  const slope = gained / (last.settings.gainDb - before.settings.gainDb);
  return Number.isFinite(slope) ? Math.min(1, Math.max(0.2, slope)) : 0.6;
}
