import type { FailureType } from '../domain/failure-types.ts';
import { failureTypes } from '../domain/failure-types.ts';
import type { VideoRun } from '../video-run.ts';
import type { NamedPurchase, Purchase } from './purchase.ts';

/**
 * Failures that another model may not have, and after which nothing is open at the host: it refused the content, the
 * input, the key or for want of money, it failed, or its file is of no use. What is lost after it was paid for, and
 * what nobody knows the end of, is for a person.
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

/** @returns whether a unit that failed is to be bought with the next model of the brief, as a new take */
export function tryNextModel(
  { board, takes: allTakes }: VideoRun,
  { purchase, name }: NamedPurchase,
): boolean {
  const { failure } = board.unit(purchase.phase, name);
  const takes = allTakes.get(name);
  if (!takes || !failure || !anotherMayHelp.has(failure.type)) return false;
  const turn = takes.model ?? 0;
  const [failed, next] = purchase.models.slice(turn, turn + 2);
  if (!failed || !next) return false;
  takes.model = turn + 1;
  takes.ended = true;
  board.reopenUnit(purchase.phase, name);
  board.warn(
    `${name}: ${next.name} is tried in place of ${failed.name} (${failure.type}: ${failure.reason})`,
  );
  return true;
}
