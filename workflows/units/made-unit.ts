import type { CarriedUnit } from '../carried-video.ts';
import type { ArtifactRef } from '../../domain/artifact.ts';
import type { UnitReport } from '../../domain/progress.ts';
import type { UnitPlace } from '../../domain/unit.ts';
import type { UnitPorts } from './unit-ports.ts';
import { Unit } from './unit.ts';

type MadePorts = Pick<UnitPorts, 'readFailure' | 'changed' | 'whileDraining'>;

/** A step of our own, such as normalising: it costs time, and usually no money. */
export class MadeUnit<Result> extends Unit {
  readonly #ports: MadePorts;
  readonly #toArtifact: (result: Result) => ArtifactRef | undefined;
  #result: Result | undefined;
  #attempts = 0;
  #costUsd = 0;
  #note: string | undefined;

  /** @param toArtifact picks the file of the result for reports */
  constructor(place: UnitPlace, ports: MadePorts, toArtifact: (result: Result) => ArtifactRef | undefined) {
    super(place, ports.changed);
    this.#ports = ports;
    this.#toArtifact = toArtifact;
  }

  get result(): Result | undefined {
    return this.#result;
  }

  /** Runs the step once and keeps its result. @returns undefined when it failed, and then it waits for a person */
  async make(work: () => Promise<Result>): Promise<Result | undefined> {
    if (this.#result !== undefined) return this.#result;
    if (this.failure) return undefined;
    const drained = this.#ports.whileDraining();
    if (drained) await drained;
    try {
      this.#attempts = 1;
      this.moveTo({ status: 'rendering' });
      return this.finish(await work());
    } catch (error) {
      this.moveTo({ status: 'canceled' });
      this.moveTo({ status: 'failed', failure: this.#ports.readFailure(error) });
      return undefined;
    }
  }

  /** @param costUsd for a step with a cost */
  finish(result: Result, costUsd = 0): Result {
    this.#result = result;
    this.#attempts = 1;
    this.#costUsd = costUsd;
    this.moveTo({ status: 'succeeded', artifact: this.#toArtifact(result) });
    return result;
  }

  /** Adds a remark on the file to reports. */
  remark(note: string): void {
    this.#note = note;
  }

  /** Drops the result, because its inputs have changed. */
  override reopen(): void {
    this.#result = undefined;
    this.#note = undefined;
    super.reopen();
  }

  override carry(): CarriedUnit {
    const [result, attempts, costUsd, note] = [this.#result, this.#attempts, this.#costUsd, this.#note];
    return { ...super.carry(), made: { result, attempts, costUsd, note } };
  }

  override restore(carried: CarriedUnit): void {
    super.restore(carried);
    const { result, attempts = 0, costUsd = 0, note } = carried.made ?? {};
    this.#result = result as Result | undefined;
    this.#attempts = attempts;
    this.#costUsd = costUsd;
    this.#note = note;
  }

  protected details(): Pick<UnitReport, 'attempts' | 'costUsd' | 'note'> {
    return { attempts: this.#attempts, costUsd: this.#costUsd, note: this.#note };
  }
}
