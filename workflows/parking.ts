import { ApplicationFailure, condition } from '@temporalio/workflow';

import type { FailurePolicy } from './domain/brief.ts';
import { failureTypes } from './domain/failure-types.ts';
import type { RetryAccepted, RetryRequest } from './messages.ts';
import type { ProgressBoard } from './progress-board.ts';

type FailedUnit = ReturnType<ProgressBoard['failedUnits']>[number];

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
    this.#board.problem = undefined;
    this.#board.setStatus('running');
  }

  /** @throws ApplicationFailure InvalidRequest when the video is not parked or no failed unit matches */
  validate(request: RetryRequest): void {
    if (this.#board.status !== 'parked') {
      throw refused(`The video is ${this.#board.status}; units are retried while it is parked.`);
    }
    const matching = this.#matching(request);
    const failed = this.#board.failedUnits().map(({ unit }) => unit.name);
    if (matching.length === 0) throw refused(`No failed unit matches; failed are ${failed.join(', ')}.`);
    if (request.prompt === undefined && request.newTake !== true) return;
    const own = matching.find(({ unit }) => unit.name === 'cut' || unit.name === 'video');
    if (own) throw refused(`${own.unit.name} is not bought: it takes neither a prompt nor a new take.`);
    if (request.prompt === undefined) return;
    if (request.prompt.trim() === '' || request.prompt.length > 2000) {
      throw refused(`prompt has ${request.prompt.length} characters: 1–2,000.`);
    }
    if (matching.length > 1)
      throw refused(`prompt fits one unit, and ${matching.length} match; name the beat or the unit.`);
  }

  retry(request: RetryRequest): RetryAccepted {
    const matching = this.#matching(request);
    const { prompt, newTake = false } = request;
    for (const failed of matching)
      this.#onRetry({ ...failed, ...(prompt === undefined ? {} : { prompt }), newTake });
    this.#released = true;
    return { units: matching.map(({ unit }) => unit.name) };
  }

  #matching({ beat, unit: name }: RetryRequest): FailedUnit[] {
    return this.#board
      .failedUnits()
      .filter(
        ({ unit }) =>
          (beat === undefined || unit.beat === beat) && (name === undefined || unit.name === name),
      );
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

function refused(message: string): ApplicationFailure {
  return ApplicationFailure.nonRetryable(message, failureTypes.invalidRequest);
}
