import type { ArtifactRef } from '../../domain/artifact.ts';
import type { Prediction } from '../../domain/prediction.ts';
import type { UnitFailure } from '../../domain/progress.ts';

/** A file that was bought, and the purchase it came from. */
export interface BoughtArtifact {
  readonly artifact: ArtifactRef;
  readonly predictionKey: string;
  /** Absent where nothing was bought: a person gave the file. */
  readonly ledgerKey?: string;
}

/** A purchase that the host took: what is needed to fetch its file. */
export interface Ordered {
  readonly ledgerKey: string;
  readonly predictionKey: string;
  readonly prediction: Prediction;
}

/** Where one take stands. */
export type TakeState =
  /** Not ordered: nothing was bought. */
  | { readonly state: 'new' }
  /** The order may be on its way, or the prediction may run: its end is not known. */
  | { readonly state: 'ordered'; readonly isAnswered?: true }
  /** Its answer was lost, and the host cannot say whether it took the order: a person decides. */
  | { readonly state: 'inDoubt' }
  /** It succeeded at the host and is paid for; its file is not in the bucket yet. */
  | { readonly state: 'paid'; readonly order: Ordered }
  | { readonly state: 'stored'; readonly bought: BoughtArtifact }
  /** Over without a file that could be used. */
  | { readonly state: 'ended'; readonly failure: UnitFailure }
  /** Given up while its end was not known: it is ended at the host before the next take is bought. */
  | { readonly state: 'superseded' }
  /** Given up, and nothing of it runs. */
  | { readonly state: 'replaced' };

/** One attempt at a unit: a new take is a new purchase with a new seed. */
export type Take = {
  /** 0-based; unique in the unit, whatever was wanted of it. */
  readonly number: number;
  /** The key of what was wanted, see `wantedKey`. */
  readonly wanted: string;
  /** Which of the models of the unit it is bought with: 0-based, in the order of the brief. */
  readonly model: number;
  /** Sent in place of the storyboard's prompt: a person's words, or softer ones. */
  readonly words?: string;
  /** Whether `words` were softened after a refusal. */
  readonly isSoftened: boolean;
  readonly costUsd: number;
} & TakeState;

/** Whether the host may have it in work. */
export function isOpen({ state }: Take): boolean {
  return state === 'ordered' || state === 'inDoubt';
}

/** Whether buying the unit goes on with this take; otherwise the next purchase is another one. */
export function goesOn(take: Take): boolean {
  return take.state !== 'ended' && !isGivenUp(take);
}

export function isGivenUp({ state }: Take): boolean {
  return state === 'superseded' || state === 'replaced';
}

/** Where a take stands when it is given up for another one. */
export function giveUp(take: Take): TakeState {
  return { state: isOpen(take) ? 'superseded' : 'replaced' };
}
