import { countKinds, type Tally } from '../control/counters.ts';
import { makeOutputs, type MadeOutputs, type OutputTools } from './make-outputs.ts';
import { isFinal, type PredictionRecord } from './prediction-record.ts';
import { sleepUntil } from './sleep-until.ts';
import type { OutputKind } from '../models/model-description.ts';
import type { Announcer } from './announcer.ts';
import type { Barrier } from './barrier.ts';
import type { StateChanges } from './state-changes.ts';
import type { PredictionStore } from './prediction-store.ts';
import type { Retention } from './retention.ts';

/** The parts of a runner. */
export interface RunnerParts {
  readonly store: PredictionStore;
  readonly tools: OutputTools;
  readonly announcer: Announcer;
  readonly barrier: Barrier;
  readonly retention: Retention;
  readonly tally: Tally;
  readonly changes: StateChanges;
}

/** The refusal of a content filter, as the host words it. */
const refusal =
  'The input or output was flagged as sensitive. Please try again with different inputs. (E005)';

/** Runs predictions from acceptance to their end. */
export class PredictionRunner {
  readonly #parts: RunnerParts;
  readonly #running = new Map<string, AbortController>();
  #isClosed = false;

  constructor(parts: RunnerParts) {
    this.#parts = parts;
  }

  /** Continues the work of a former process: live predictions, unsent webhooks, retention. */
  resume(): void {
    for (const record of this.#parts.store.all()) {
      if (record.startedAt !== undefined) this.#parts.announcer.announce(record, 'start');
      if (isFinal(record.status)) {
        this.#parts.announcer.announce(record, 'completed');
        this.#parts.retention.watch(record);
      } else {
        this.run(record);
      }
    }
  }

  /** Starts an accepted prediction. */
  run(record: PredictionRecord): void {
    if (this.#isClosed) return;
    const controller = new AbortController();
    this.#running.set(record.id, controller);
    this.lookAtFlight();
    // An abort has already ended the prediction, or the stand-in is closing.
    this.#run(record, controller.signal).catch(() => undefined);
    if (record.deadline !== undefined) {
      sleepUntil(record.deadline, controller.signal).then(
        () => this.cancel(record.id),
        () => undefined,
      );
    }
  }

  /** Ends a live prediction: `canceled` when it had started, else `aborted`. Does nothing to one that ended. */
  cancel(id: string): PredictionRecord | undefined {
    const record = this.#parts.store.get(id);
    if (record === undefined || isFinal(record.status)) return record;
    this.#finish(id, { status: record.status === 'starting' ? 'aborted' : 'canceled' });
    return this.#parts.store.get(id);
  }

  /** Drops every live prediction without an end. */
  forget(): void {
    for (const controller of this.#running.values()) controller.abort();
    this.#running.clear();
  }

  /** Stops working for good; the journal keeps what was live. */
  close(): void {
    this.#isClosed = true;
    this.forget();
  }

  async #run(record: PredictionRecord, signal: AbortSignal): Promise<void> {
    const { createdAt, latencySeconds, faults, kind, id } = record;
    const drawing = this.#draw(record);
    const slowStartMs = faults.reduce(
      (sum, fault) => sum + (fault.type === 'slowStart' ? fault.seconds * 1000 : 0),
      0,
    );
    await sleepUntil(createdAt + slowStartMs + Math.min(500, latencySeconds * 200), signal);
    if (record.startedAt === undefined) this.#start(id);
    if (faults.some(({ type }) => type === 'neverFinish')) return;
    const [drawn] = await Promise.all([
      drawing,
      sleepUntil(createdAt + slowStartMs + latencySeconds * 1000, signal),
    ]);
    const passing = this.#parts.barrier.pass(kind, signal);
    this.#parts.changes.notify();
    await passing;
    signal.throwIfAborted();
    if (typeof drawn === 'string') this.#finish(id, { status: 'failed', error: drawn });
    else this.#finish(id, { status: 'succeeded', ...drawn });
  }

  /** Makes the outputs. Returns the error of a prediction without any. */
  async #draw(record: PredictionRecord): Promise<MadeOutputs | string> {
    for (const fault of record.faults) {
      if (fault.type === 'refuse') return refusal;
      if (fault.type === 'fail') return fault.error;
      if (fault.type === 'neverFinish') return 'This prediction never finishes';
    }
    try {
      return await makeOutputs(record, this.#parts.tools);
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  }

  #start(id: string): void {
    const record = this.#parts.store.change(id, { status: 'processing', startedAt: Date.now() });
    if (record !== undefined) this.#parts.announcer.announce(record, 'start');
    this.#parts.changes.notify();
  }

  #finish(id: string, changes: Partial<PredictionRecord>): void {
    this.#running.get(id)?.abort();
    this.#running.delete(id);
    const record = this.#parts.store.change(id, { ...changes, completedAt: Date.now() });
    if (record !== undefined) {
      this.#parts.announcer.announce(record, 'completed');
      this.#parts.retention.watch(record);
    }
    this.#parts.changes.notify();
  }

  /** Counts the live predictions, for the counters and the barrier. */
  lookAtFlight(): void {
    const inFlight: Record<OutputKind, number> = countKinds(this.#parts.store.live());
    this.#parts.tally.watchInFlight(inFlight);
    this.#parts.barrier.look(inFlight);
    this.#parts.changes.notify();
  }
}
