import type { PredictionOutcome } from '../domain/prediction.ts';
import type { BoughtPhase } from '../domain/unit.ts';
import type { UnitTakes, VideoRun } from '../video-run.ts';

/** While an outcome is open or good, every attempt is the same purchase; after an end, the next one is a new take. */
export function openTake(run: VideoRun, name: string): UnitTakes {
  const takes = run.takes.get(name) ?? newTakes();
  if (takes.ended) {
    takes.take += 1;
    takes.ended = false;
  }
  run.takes.set(name, takes);
  return takes;
}

/** The takes of a unit of which nothing was bought yet. */
export function newTakes(): UnitTakes {
  return { take: 0, ended: false, isOpen: false, costsUsd: [] };
}

/** The next purchase of the unit is a new one. */
export function endTake({ takes }: VideoRun, name: string): void {
  const open = takes.get(name);
  if (!open) return;
  open.ended = true;
  open.isOpen = false;
}

/** Whether the open take succeeded at its host: it is paid for, and its file is fetched however often that fails. */
export function holdsFile({ take, ended, costsUsd }: UnitTakes): boolean {
  return !ended && costsUsd[take] !== undefined;
}

/** What one take is paid as. */
export function paymentOf(name: string, take: number): string {
  return `${name}-t${take}`;
}

export interface EndedTake {
  readonly phase: BoughtPhase;
  readonly name: string;
  readonly takes: UnitTakes;
  readonly outcome: PredictionOutcome;
}

/** What the open take came to, on the board and in the accounts. */
export function noteOutcome(run: VideoRun, { phase, name, takes, outcome }: EndedTake): void {
  takes.isOpen = false;
  const costUsd = noteCost(run, { name, takes, take: takes.take, costUsd: outcome.costUsd });
  if (outcome.state === 'succeeded') {
    run.board.updateUnit(phase, name, { costUsd });
    return;
  }
  takes.ended = true;
  const failure = { type: outcome.type, reason: outcome.reason };
  run.board.updateUnit(phase, name, { status: 'failed', costUsd, failure });
}

export interface TakeCost {
  readonly name: string;
  readonly takes: UnitTakes;
  /** 0-based. */
  readonly take: number;
  readonly costUsd: number;
}

/** @returns what all takes of the unit cost so far, in US dollars */
export function noteCost({ treasury }: VideoRun, { name, takes, take, costUsd }: TakeCost): number {
  takes.costsUsd[take] = costUsd;
  treasury.settle(paymentOf(name, take), costUsd);
  return takes.costsUsd.reduce((sum, cost) => sum + cost, 0);
}
