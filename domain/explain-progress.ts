import { explainPlaces } from './explain-waits.ts';
import type { FailureType } from './failure-types.ts';
import type { UnitFailure, VideoProgress } from './progress.ts';
import { describeRejection, type OpenGate } from './gates.ts';
import { showUsd } from './show-usd.ts';
import type { BudgetReport } from './treasury.ts';

/** The reason for a video's status, and a person's next step: one sentence each, absent where all is well. */
export interface Explanation {
  readonly reason?: string;
  readonly nextStep?: string;
}

/** The facts about a failed unit that people see. */
export interface FailedUnitFacts {
  readonly name: string;
  readonly failure?: UnitFailure;
  /** The refused prompt. */
  readonly refusedWords?: string;
}

/** The longest prompt shown in full, in characters. */
const mostWords = 300;

export function explainProgress(progress: VideoProgress): Explanation {
  const { videoId, status, problem, budget, phases } = progress;
  const units = phases.flatMap((phase) => phase.units);
  switch (status) {
    case 'running':
      return explainPlaces(units);
    case 'parked': {
      const failed = units.filter((unit) => unit.status === 'failed');
      return { reason: explainParking(problem, failed), nextStep: adviseOnUnits(videoId, failed) };
    }
    case 'awaiting_budget':
      return explainWaiting(videoId, budget);
    case 'awaiting_approval':
      return explainGate(videoId, progress.gate);
    case 'succeeded':
      return explainEnding(videoId, units.find(({ medium }) => medium === 'score')?.failure);
    case 'failed':
      return { reason: problem, nextStep: `Everything that was bought: beatreel ledger ${videoId}` };
    case 'canceled':
      return {
        reason: progress.rejection ? describeRejection(progress.rejection) : 'Somebody canceled it.',
        nextStep: `Everything that was bought: beatreel ledger ${videoId}`,
      };
  }
}

/** A video without its music still succeeds; the reason names the failure of the score. */
function explainEnding(videoId: string, failure: UnitFailure | undefined): Explanation {
  if (failure === undefined) return { nextStep: `Fetch it: beatreel download ${videoId}` };
  return {
    reason: `It has no music. ${failure.type}: ${failure.reason}`,
    nextStep: `Add the music, which costs its price: beatreel plan ${videoId} --re-roll score`,
  };
}

/** The next step for failed units. The first kind in the table that occurs decides. */
export function adviseOnUnits(videoId: string, failed: readonly FailedUnitFacts[]): string {
  for (const [type, advise] of Object.entries(adviceByType)) {
    const unit = failed.find(({ failure }) => failure?.type === type);
    if (unit) return advise(videoId, unit);
  }
  return `Run what failed again: beatreel retry ${videoId}`;
}

const adviceByType: Partial<Record<FailureType, (videoId: string, unit: FailedUnitFacts) => string>> = {
  NeedsReconcile: (videoId, { name }) =>
    `Look at the host whether it took the order, then: beatreel reconcile ${videoId} --unit ${name} ` +
    '--adopt PREDICTION, or --resubmit',
  ContentRejected: (videoId, { name, refusedWords }) =>
    (refusedWords === undefined ? '' : `The host refused the words "${cut(refusedWords)}". `) +
    `Ask for ${name} in other words: beatreel retry ${videoId} --unit ${name} --prompt "OTHER WORDS"`,
  PaidAndLost: (videoId, { name }) =>
    `Buy it again, which costs its price again: beatreel retry ${videoId} --unit ${name} --new-take`,
  CredentialsRejected: (videoId) =>
    `Correct the key of the host and restart the workers, then: beatreel retry ${videoId}`,
  BudgetExceeded: (videoId) => `Put money into the account at the host, then: beatreel retry ${videoId}`,
  NotFetched: (videoId, { name }) =>
    `Beatreel goes on trying to fetch the file. To buy it again: beatreel retry ${videoId} --unit ${name} --new-take`,
};

function explainParking(problem: string | undefined, failed: readonly FailedUnitFacts[]): string {
  const [first, ...others] = failed;
  const more = others.length === 0 ? '' : ` (and ${others.length} more)`;
  const failure =
    first && `${first.name}${more}: ${first.failure?.type ?? 'failed'}, ${first.failure?.reason ?? ''}`;
  return [problem, failure].filter((part) => part !== undefined).join(' ');
}

/** Explains a video that stops for want of money. */
export function explainWaiting(videoId: string, budget: BudgetReport | undefined): Explanation {
  const { capUsd = 0, spentUsd = 0, reservedUsd = 0, neededUsd, halted } = budget ?? {};
  if (halted !== undefined)
    return {
      reason: halted,
      nextStep: `Go on with the same budget: beatreel raise-budget ${videoId} ${amount(capUsd)}`,
    };
  const spent = `${showUsd(spentUsd)} of the budget of ${showUsd(capUsd)} is spent and ${showUsd(reservedUsd)} set aside`;
  if (neededUsd === undefined) return { reason: `${spent}.` };
  return {
    reason: `${spent}; the next purchase needs a budget of $${amount(neededUsd)}.`,
    nextStep: `Let it go on: beatreel raise-budget ${videoId} ${amount(neededUsd)}, or more`,
  };
}

/** Explains a video that waits for approval. */
export function explainGate(videoId: string, open: OpenGate | undefined): Explanation {
  if (!open) return {};
  const { gate, priceUsd } = open;
  const price = priceUsd > 0 ? `up to $${amount(priceUsd)} is bought` : 'nothing is bought';
  return {
    reason: `The ${gate} of the video ${gate === 'stills' ? 'wait' : 'waits'} for approval; after that ${price}.`,
    nextStep: `Look at what waits, and approve, change or reject it: beatreel approve ${videoId}`,
  };
}

/** Rounds up: a budget that is rounded down would not suffice. */
function amount(usd: number): string {
  return showUsd(Math.ceil(usd * 1000 - 1e-6) / 1000).slice(1);
}

function cut(words: string): string {
  return words.length <= mostWords ? words : `${words.slice(0, mostWords)}…`;
}
