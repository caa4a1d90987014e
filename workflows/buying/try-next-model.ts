import type { FailureType } from '../domain/failure-types.ts';
import { failureTypes } from '../domain/failure-types.ts';
import type { VideoRun } from '../video-run.ts';
import type { NamedPurchase, Purchase } from './purchase.ts';
import { unsoften } from './soften-refusal.ts';
import { holdsFile } from './unit-takes.ts';

/**
 * Failures that another model may not have: the host refused the content, the input, the key or for want of money, the
 * prediction failed, or its file is of no use.
 */
const anotherMayHelp: ReadonlySet<FailureType> = new Set([
  failureTypes.contentRejected,
  failureTypes.invalidRequest,
  failureTypes.credentialsRejected,
  failureTypes.budgetExceeded,
  failureTypes.predictionFailed,
  failureTypes.artifactMissing,
]);

/** The purchase with the model whose turn it is. */
export function withModel({ takes }: VideoRun, { purchase, name }: NamedPurchase): Purchase {
  const model = purchase.models[takes.get(name)?.model ?? 0];
  return model ? { ...purchase, model } : purchase;
}

/**
 * What may still be live at its host, what is paid for and only not fetched yet, and what is lost after it was paid for
 * is for a person.
 *
 * @returns whether a unit that failed is to be bought with the next model of the brief, as a new take
 */
export function tryNextModel(
  { board, takes: allTakes }: VideoRun,
  { purchase, name }: NamedPurchase,
): boolean {
  const { failure } = board.unit(purchase.phase, name);
  const takes = allTakes.get(name);
  if (!takes || !failure || !anotherMayHelp.has(failure.type)) return false;
  if (takes.isOpen || holdsFile(takes)) return false;
  const turn = takes.model ?? 0;
  const [failed, next] = purchase.models.slice(turn, turn + 2);
  if (!failed || !next) return false;
  takes.model = turn + 1;
  takes.ended = true;
  unsoften(takes);
  board.reopenUnit(purchase.phase, name);
  board.warn(
    `${name}: ${next.name} is tried in place of ${failed.name} (${failure.type}: ${failure.reason})`,
  );
  return true;
}
