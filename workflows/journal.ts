import { log, metricMeter } from '@temporalio/workflow';

import { explainProgress } from '../domain/explain-progress.ts';
import type { UnitReport, UnitStatus, VideoProgress } from '../domain/progress.ts';
import { waitsForPerson, type VideoStatus } from '../domain/video-status.ts';

/** Final statuses of a unit: it does not change by itself any more. */
const outcomes: ReadonlySet<UnitStatus> = new Set(['succeeded', 'failed', 'skipped', 'canceled']);

/**
 * Logs one line when a unit fails for good, and when the video waits for a person, continues, or ends; and counts both.
 * It compares the shown progress with the one before, so nothing is logged twice, and a replay logs nothing.
 */
export class Journal {
  readonly #units = metricMeter.createCounter(
    'beatreel_units',
    undefined,
    'Units that came to an outcome, by medium and outcome.',
  );
  readonly #changes = metricMeter.createCounter(
    'beatreel_video_changes',
    undefined,
    'Videos that came to a status, by status.',
  );
  readonly #told = new Map<string, UnitStatus>();
  #status: VideoStatus = 'running';

  /** Starts from the progress of an earlier run, without logging it. */
  takeOver({ status, phases }: VideoProgress): void {
    this.#status = status;
    for (const unit of phases.flatMap((phase) => phase.units)) this.#told.set(unit.name, unit.status);
  }

  /** Logs the changes since the last call. */
  note(progress: VideoProgress): void {
    for (const unit of progress.phases.flatMap((phase) => phase.units)) {
      if (this.#told.get(unit.name) === unit.status) continue;
      this.#told.set(unit.name, unit.status);
      if (!outcomes.has(unit.status)) continue;
      this.#units.add(1, { medium: unit.medium, outcome: unit.status });
      tellUnit(unit);
    }
    if (progress.status === this.#status) return;
    const before = this.#status;
    this.#status = progress.status;
    this.#changes.add(1, { status: progress.status });
    tellStatus(progress, before);
  }
}

function tellUnit({ name, status, failure, model, ledgerKey }: UnitReport): void {
  if (!failure) return;
  const { type, reason } = failure;
  if (status === 'failed') log.warn('Unit failed', { unit: name, type, reason, model, ledgerKey });
  else if (status === 'skipped')
    log.warn('The video goes on without a unit', { unit: name, type, reason, model, ledgerKey });
}

function tellStatus(progress: VideoProgress, before: VideoStatus): void {
  const { status, costUsd } = progress;
  const { reason, nextStep } = explainProgress(progress);
  switch (status) {
    case 'running':
      if (waitsForPerson(before)) log.info('Video goes on', { costUsd });
      return;
    case 'parked':
      log.warn('Video parked', { reason, nextStep, costUsd });
      return;
    case 'awaiting_budget':
      log.warn('Video awaits money', { reason, nextStep, costUsd });
      return;
    case 'awaiting_approval':
      log.warn('Video awaits approval', { reason, nextStep, costUsd });
      return;
    case 'succeeded':
      log.info('Video succeeded', { reason, costUsd });
      return;
    case 'failed':
      log.warn('Video failed', { reason, nextStep, costUsd });
      return;
    case 'canceled':
      log.info('Video canceled', { costUsd, ...progress.cancellation });
  }
}
