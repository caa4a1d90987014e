import type {
  CancelReport,
  PhaseOutput,
  PhaseStatus,
  UnitReport,
  VideoProgress,
  VideoStatus,
} from './domain/progress.ts';
import { roundUsd } from './domain/round-usd.ts';
import type { BudgetReport } from './domain/treasury.ts';
import type { Phase } from './domain/unit.ts';
import { phases } from './domain/unit.ts';

interface PhaseRecord {
  status: PhaseStatus;
  startedAt?: string;
  endedAt?: string;
  readonly units: Map<string, UnitReport>;
}

/** What the video has and what it waits for, kept up to date while it runs. */
export class ProgressBoard {
  readonly videoId: string;
  title: string;
  estimateUsd: number | undefined;
  beats: number | undefined;
  /** Why the video is parked, with both counts. */
  problem: string | undefined;
  /** What a cancellation came to. */
  cancellation: CancelReport | undefined;
  /** Asked at every look. */
  budget: (() => BudgetReport) | undefined;
  readonly #warnings: string[] = [];
  readonly #onChange: (progress: VideoProgress) => void;
  readonly #phases = new Map<Phase, PhaseRecord>(
    phases.map((phase) => [phase, { status: 'pending', units: new Map<string, UnitReport>() }]),
  );
  #status: VideoStatus = 'running';
  #revision = 0;

  constructor(videoId: string, onChange: (progress: VideoProgress) => void) {
    this.videoId = videoId;
    this.title = videoId;
    this.#onChange = onChange;
  }

  get status(): VideoStatus {
    return this.#status;
  }

  setStatus(status: VideoStatus): void {
    this.#status = status;
    this.#changed();
  }

  /** Says what a person should know although nothing waits for them. */
  warn(sentence: string): void {
    this.#warnings.push(sentence);
    this.#changed();
  }

  phaseStatus(phase: Phase): PhaseStatus {
    return this.#record(phase).status;
  }

  /** A phase that runs again after parking keeps the time of its first start. */
  startPhase(phase: Phase): void {
    const record = this.#record(phase);
    record.startedAt ??= new Date().toISOString();
    record.status = 'running';
    delete record.endedAt;
    this.#changed();
  }

  endPhase(phase: Phase, status: PhaseStatus): void {
    const record = this.#record(phase);
    record.status = status;
    if (record.startedAt !== undefined) record.endedAt = new Date().toISOString();
    this.#changed();
  }

  /** Names the units of a phase before any of them starts, so that progress knows how many there are. */
  expectUnits(phase: Phase, units: readonly Pick<UnitReport, 'name' | 'beat' | 'chunk'>[]): void {
    const record = this.#record(phase);
    for (const unit of units) {
      if (record.units.has(unit.name)) continue;
      record.units.set(unit.name, { ...unit, status: 'waiting', attempts: 0, costUsd: 0 });
    }
    this.#changed();
  }

  updateUnit(phase: Phase, name: string, changes: Partial<UnitReport>): void {
    const { units } = this.#record(phase);
    units.set(name, { ...this.unit(phase, name), ...changes });
    this.#changed();
  }

  /** Forgets why a unit failed, and its file, before it runs again. */
  reopenUnit(phase: Phase, name: string): void {
    const { beat, chunk, attempts, costUsd } = this.unit(phase, name);
    const place = { ...(beat === undefined ? {} : { beat }), ...(chunk === undefined ? {} : { chunk }) };
    this.#record(phase).units.set(name, { name, ...place, status: 'waiting', attempts, costUsd });
    this.#changed();
  }

  unit(phase: Phase, name: string): UnitReport {
    return this.#record(phase).units.get(name) ?? { name, status: 'waiting', attempts: 0, costUsd: 0 };
  }

  /** Units that wait for a person, with their phases. */
  failedUnits(): { readonly phase: Phase; readonly unit: UnitReport }[] {
    return phases.flatMap((phase) =>
      [...this.#record(phase).units.values()]
        .filter((unit) => unit.status === 'failed')
        .map((unit) => ({ phase, unit })),
    );
  }

  snapshot(): VideoProgress {
    const outputs = phases.map((phase) => this.#output(phase));
    const unfinished = outputs.find(
      ({ status }) => status === 'pending' || status === 'running' || status === 'partial',
    );
    return {
      videoId: this.videoId,
      title: this.title,
      status: this.#status,
      phase: unfinished?.phase ?? 'music',
      phases: outputs,
      costUsd: roundUsd(outputs.reduce((sum, { costUsd }) => sum + costUsd, 0)),
      ...(this.estimateUsd === undefined ? {} : { estimateUsd: this.estimateUsd }),
      ...(this.beats === undefined ? {} : { beats: this.beats }),
      ...(this.problem === undefined ? {} : { problem: this.problem }),
      ...(this.budget === undefined ? {} : { budget: this.budget() }),
      ...(this.#warnings.length === 0 ? {} : { warnings: [...this.#warnings] }),
      ...(this.cancellation === undefined ? {} : { cancellation: this.cancellation }),
      revision: this.#revision,
    };
  }

  #output(phase: Phase): PhaseOutput {
    const { units, status, startedAt, endedAt } = this.#record(phase);
    const reports = [...units.values()];
    return {
      phase,
      status,
      ...(startedAt === undefined ? {} : { startedAt }),
      ...(endedAt === undefined ? {} : { endedAt }),
      costUsd: roundUsd(reports.reduce((sum, { costUsd }) => sum + costUsd, 0)),
      units: reports,
    };
  }

  #record(phase: Phase): PhaseRecord {
    const record = this.#phases.get(phase);
    if (!record) throw new RangeError(`There is no phase ${phase}.`);
    return record;
  }

  #changed(): void {
    this.#revision += 1;
    this.#onChange(this.snapshot());
  }
}
