import { failureTypes } from '../domain/failure-types.ts';
import { softenPrompt } from '../domain/soften-prompt.ts';
import type { UnitTakes, VideoRun } from '../video-run.ts';
import type { NamedPurchase } from './purchase.ts';

/** @returns whether the unit is to be asked for once more, in softer words */
export function softenRefusal(
  { brief, board, takes: allTakes }: VideoRun,
  { purchase, name }: NamedPurchase,
): boolean {
  const { failure } = board.unit(purchase.phase, name);
  const takes = allTakes.get(name);
  if (brief.onRefusal !== 'soften' || failure?.type !== failureTypes.contentRejected) return false;
  if (!takes || takes.isSoftened === true) return false;
  takes.ended = true;
  takes.isSoftened = true;
  if (takes.prompt !== undefined) takes.hardPrompt = takes.prompt;
  takes.prompt = softenPrompt(
    purchase.describe({ model: purchase.model, seed: 0, prompt: takes.prompt }).prompt,
  );
  board.reopenUnit(purchase.phase, name);
  return true;
}

/** Another model is asked in the words that this one refused, and may have them softened for itself. */
export function unsoften(takes: UnitTakes): void {
  if (takes.isSoftened !== true) return;
  delete takes.isSoftened;
  delete takes.prompt;
  if (takes.hardPrompt !== undefined) takes.prompt = takes.hardPrompt;
}
