import type { CarriedPhase } from './carried-video.ts';
import type { PhaseOutput, PhaseStatus } from '../domain/progress.ts';
import { roundUsd } from '../domain/round-usd.ts';
import type { Phase } from '../domain/media.ts';
import type { Unit } from './units/unit.ts';

/** One phase of a video: its times and its status. Its units report for themselves. */
export class PhaseProgress {
  readonly phase: Phase;
  readonly #onChange: () => void;
  #status: PhaseStatus = 'pending';
  #startedAt: string | undefined;
  #endedAt: string | undefined;
  /** Its end in an earlier run. */
  #endBefore: CarriedPhase | undefined;

  constructor(phase: Phase, onChange: () => void) {
    this.phase = phase;
    this.#onChange = onChange;
  }

  get status(): PhaseStatus {
    return this.#status;
  }

  get isOver(): boolean {
    return this.#status === 'succeeded' || this.#status === 'failed' || this.#status === 'skipped';
  }

  /** A phase that runs again after parking keeps the time of its first start. */
  begin(): void {
    this.#startedAt ??= new Date().toISOString();
    this.#endedAt = undefined;
    this.#status = 'running';
    this.#onChange();
  }

  end(status: PhaseStatus): void {
    this.#status = status;
    const before = this.#endBefore?.status === status ? this.#endBefore.endedAt : undefined;
    if (this.#startedAt !== undefined) this.#endedAt = before ?? new Date().toISOString();
    this.#endBefore = undefined;
    this.#onChange();
  }

  carry(): CarriedPhase {
    return { phase: this.phase, status: this.#status, startedAt: this.#startedAt, endedAt: this.#endedAt };
  }

  /** Restores the times of an earlier run; this run reaches the same status by itself. */
  restore(carried: CarriedPhase): void {
    this.#startedAt = carried.startedAt;
    this.#endBefore = carried;
    if (this.phase === 'plan') this.end(carried.status);
  }

  output(units: readonly Unit[]): PhaseOutput {
    const reports = units.filter(({ phase, isListed }) => phase === this.phase && isListed);
    const listed = reports.map((unit) => unit.report());
    return {
      phase: this.phase,
      status: this.#status,
      startedAt: this.#startedAt,
      endedAt: this.#endedAt,
      costUsd: roundUsd(listed.reduce((sum, { costUsd }) => sum + costUsd, 0)),
      units: listed,
    };
  }
}
