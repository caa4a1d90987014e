import { ApplicationFailure, condition } from '@temporalio/workflow';

import type { FailurePolicy } from './domain/brief.ts';
import { failureTypes } from './domain/failure-types.ts';
import type { RetryAccepted, RetryRequest } from './messages.ts';
import type { ProgressBoard } from './progress-board.ts';

export type FailedUnit = ReturnType<ProgressBoard['failedUnits']>[number];

/** What a person decided about one failed unit. */
export interface RetryDecision extends FailedUnit {
  readonly prompt?: string;
  readonly newTake: boolean;
}

/** Where a video waits when units failed and the others are done: for a person, without a time limit. */
export class Parking {
  readonly #board: ProgressBoard;
  #onRetry: (decision: RetryDecision) => void = () => undefined;
  #released = false;
  #reopened = false;

  constructor(board: ProgressBoard) {
    this.#board = board;
  }

  /** Says who reopens a unit for another run. */
  onRetry(reopen: (decision: RetryDecision) => void): void {
    this.#onRetry = reopen;
  }

  /**
   * Returns when a person wants failed units to run again.
   *
   * @param count a sentence that says how many there are and how many there should be
   * @throws ApplicationFailure UnitsFailed when the brief asks to fail instead
   */
  async waitForRetry(policy: FailurePolicy, count: string): Promise<void> {
    if (policy === 'fail') throw this.#asFailure(count);
    this.#released = false;
    this.#board.problem = count;
    this.#board.setStatus('parked');
    await condition(() => this.#released);
    this.#reopened = false;
    this.#board.problem = undefined;
    this.#board.setStatus('running');
  }

  /** @throws ApplicationFailure InvalidRequest when the video is not parked or no failed unit matches */
  validate(request: RetryRequest): void {
    if (this.#board.status !== 'parked') {
      throw refused(`The video is ${this.#board.status}; units are retried while it is parked.`);
    }
    const matching = this.#matching(request);
    if (matching.length === 0) throw this.#asNoMatch(request);
    if (request.prompt === undefined && request.newTake !== true) return;
    // The chunks after one that is bought again are bought again with it.
    const beats = new Set(matching.map(({ unit }) => unit.beat));
    const open = this.#board
      .failedUnits()
      .find(({ unit }) => beats.has(unit.beat) && unit.failure?.type === failureTypes.needsReconcile);
    if (open) {
      throw refused(
        `${open.unit.name} may be paid for already: reconcile it first, then another take can be bought.`,
      );
    }
    const own = matching.find(({ unit }) => unit.name === 'cut' || unit.name === 'video');
    if (own) throw refused(`${own.unit.name} is not bought: it takes neither a prompt nor a new take.`);
    if (request.prompt === undefined) return;
    if (request.prompt.trim() === '' || request.prompt.length > 2000) {
      throw refused(`prompt has ${request.prompt.length} characters: 1–2,000.`);
    }
    if (matching.length > 1)
      throw refused(`prompt fits one unit, and ${matching.length} match; name the beat or the unit.`);
  }

  /** Failed units of a beat, or of a name; all of them when neither is given. */
  failed({ beat, unit: name }: Pick<RetryRequest, 'beat' | 'unit'>): FailedUnit[] {
    return this.#board
      .failedUnits()
      .filter(
        ({ unit }) =>
          (beat === undefined || unit.beat === beat) && (name === undefined || unit.name === name),
      );
  }

  /** Lets a failed unit run again as it is, also while others run. */
  reopen(failed: FailedUnit): void {
    this.#onRetry({ ...failed, newTake: false });
    this.#released = true;
    this.#reopened = true;
  }

  /** Whether a unit was reopened since the last time this was asked, so that it may not be through yet. */
  takeReopened(): boolean {
    const wasReopened = this.#reopened;
    this.#reopened = false;
    return wasReopened;
  }

  retry(request: RetryRequest): RetryAccepted {
    const matching = this.#matching(request);
    const { prompt, newTake = false } = request;
    for (const failed of matching)
      this.#onRetry({ ...failed, ...(prompt === undefined ? {} : { prompt }), newTake });
    this.#released = true;
    this.#reopened = true;
    return { units: matching.map(({ unit }) => unit.name) };
  }

  /** What is paid for and lost is bought again only when that is asked for. */
  #matching({ newTake = false, ...selection }: RetryRequest): FailedUnit[] {
    return this.failed(selection).filter(
      ({ unit }) => newTake || unit.failure?.type !== failureTypes.paidAndLost,
    );
  }

  #asNoMatch(request: RetryRequest): ApplicationFailure {
    const [lost] = this.failed(request);
    if (lost) {
      return refused(
        `${lost.unit.name} was paid for and lost (${lost.unit.failure?.reason ?? ''}). ` +
          'Buying it again costs its price again: ask for a new take.',
      );
    }
    const failed = this.#board.failedUnits().map(({ unit }) => unit.name);
    return refused(`No failed unit matches; failed are ${failed.join(', ')}.`);
  }

  #asFailure(count: string): ApplicationFailure {
    const failed = this.#board.failedUnits();
    const reasons = failed.map(
      ({ unit }) => `${unit.name}: ${unit.failure?.type ?? 'failed'}, ${unit.failure?.reason ?? ''}`,
    );
    const units = failed.map(({ phase, unit }) => ({ phase, name: unit.name, failure: unit.failure }));
    const message = `${count} Failed: ${reasons.join('; ')}`;
    return ApplicationFailure.nonRetryable(message, failureTypes.unitsFailed, { units });
  }
}

/** A request that the video does not take; nothing has changed. */
export function refused(message: string): ApplicationFailure {
  return ApplicationFailure.nonRetryable(message, failureTypes.invalidRequest);
}
