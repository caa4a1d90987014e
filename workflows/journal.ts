import { log, metricMeter } from '@temporalio/workflow';

import { explainProgress } from '../domain/explain-progress.ts';
import type { UnitReport, UnitStatus, VideoProgress } from '../domain/progress.ts';
import { waitsForPerson, type VideoStatus } from '../domain/video-status.ts';

/** How a unit stands when nothing more happens to it by itself. */
const outcomes: ReadonlySet<UnitStatus> = new Set(['succeeded', 'failed', 'skipped', 'canceled']);

/**
 * Tells an operator, a line each, when a unit failed for good, and when the video waits for a person, goes on, or ends; and
 * counts both. It compares what is shown of the video with what was shown before, so nothing is told twice, and a
 * replay tells nothing.
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

  /** Takes over where an earlier run of the video stood, and tells nothing of that. */
  takeOver({ status, phases }: VideoProgress): void {
    this.#status = status;
    for (const unit of phases.flatMap((phase) => phase.units)) this.#told.set(unit.name, unit.status);
  }

  /** Tells what is new. */
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
