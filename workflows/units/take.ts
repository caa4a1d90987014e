import type { ArtifactRef } from '../../domain/artifact.ts';
import type { Prediction } from '../../domain/prediction.ts';
import type { UnitFailure } from '../../domain/progress.ts';

/** A bought file and its purchase. */
export interface BoughtArtifact {
  readonly artifact: ArtifactRef;
  readonly predictionKey: string;
  /** Absent for a person's own file. */
  readonly ledgerKey?: string;
}

/** An order that the host took, with everything to fetch its file. */
export interface Ordered {
  readonly ledgerKey: string;
  readonly predictionKey: string;
  readonly prediction: Prediction;
}

/** The state of one take. */
export type TakeState =
  /** Not ordered: nothing was bought. */
  | { readonly state: 'new' }
  /** The order may be in flight, or the prediction may run: its end is unknown. */
  | { readonly state: 'ordered'; readonly isAnswered?: true }
  /** Its answer was lost, and the host cannot say whether it took the order: a person decides. */
  | { readonly state: 'inDoubt' }
  /** It succeeded at the host and is paid for; its file is not in the bucket yet. */
  | { readonly state: 'paid'; readonly order: Ordered }
  | { readonly state: 'stored'; readonly bought: BoughtArtifact }
  /** Over without a usable file. */
  | { readonly state: 'ended'; readonly failure: UnitFailure }
  /** Given up with an unknown end: it is ended at the host before the next take is bought. */
  | { readonly state: 'superseded' }
  /** Given up, and nothing of it runs. */
  | { readonly state: 'replaced' };

/** One attempt at a unit: a new take is a new purchase with a new seed. */
export type Take = {
  /** 0-based; unique in the unit over all requests. */
  readonly number: number;
  /** The key of the request, see `wantedKey`. */
  readonly wanted: string;
  /** 0-based index of its model among the unit's models, in the order of the brief. */
  readonly model: number;
  /** Replaces the storyboard's prompt: a person's words, or softer ones. */
  readonly words?: string;
  /** Whether `words` were softened after a refusal. */
  readonly isSoftened: boolean;
  readonly costUsd: number;
} & TakeState;

/** Whether the host may be working on it. */
export function isOpen({ state }: Take): boolean {
  return state === 'ordered' || state === 'inDoubt';
}

/** Whether the purchase continues with this take; otherwise the next purchase is another take. */
export function goesOn(take: Take): boolean {
  return take.state !== 'ended' && !isGivenUp(take);
}

export function isGivenUp({ state }: Take): boolean {
  return state === 'superseded' || state === 'replaced';
}

/** The state of a take after it is given up for another one. */
export function giveUp(take: Take): TakeState {
  return { state: isOpen(take) ? 'superseded' : 'replaced' };
}
