import type { CarriedUnit } from '../carried-video.ts';
import type { ArtifactRef } from '../../domain/artifact.ts';
import type { Phase } from '../../domain/media.ts';
import type { UnitPlace } from '../../domain/unit.ts';
import { unitName } from '../../domain/unit.ts';
import { rowOf } from '../../domain/media.ts';
import type { UnitFailure, UnitReport, UnitStatus } from '../../domain/progress.ts';

/** The state of a unit. */
export type UnitState =
  | { readonly status: 'waiting' | 'submitting' | 'rendering' | 'storing' | 'canceled' }
  | { readonly status: 'succeeded'; readonly artifact?: ArtifactRef }
  /** It waits for a person. */
  | { readonly status: 'failed'; readonly failure: UnitFailure }
  /** The video goes on without it. */
  | { readonly status: 'skipped'; readonly failure?: UnitFailure };

/** One part of a video. It owns its state and reports itself. */
export abstract class Unit<Place extends UnitPlace = UnitPlace> {
  readonly place: Place;
  readonly name: string;
  readonly #onChange: () => void;
  #state: UnitState = { status: 'waiting' };

  constructor(place: Place, onChange: () => void) {
    this.place = place;
    this.name = unitName(place);
    this.#onChange = onChange;
  }

  get phase(): Phase {
    return rowOf(this.place.medium).phase;
  }

  /** The failure while it waits for a person; undefined otherwise. */
  get failure(): UnitFailure | undefined {
    return this.#state.status === 'failed' ? this.#state.failure : undefined;
  }

  /** Whether a report of the video lists it now. */
  get isListed(): boolean {
    return rowOf(this.place.medium).listed !== 'when_failed' || this.failure !== undefined;
  }

  /** Whether the video does without it. */
  get isSkipped(): boolean {
    return this.#state.status === 'skipped';
  }

  /** Lets the video do without it. Safe to run again. @returns the reason */
  skip(): UnitFailure | undefined {
    const failure = this.#state.status === 'skipped' ? this.#state.failure : this.failure;
    this.moveTo({ status: 'skipped', failure });
    return failure;
  }

  /** Makes it ready to run again. */
  reopen(): void {
    this.moveTo({ status: 'waiting' });
  }

  /** Its state between two steps, for the next run. */
  carry(): CarriedUnit {
    const { status } = this.#state;
    if (status === 'succeeded' || status === 'failed' || status === 'skipped') return this.#state;
    // Calls in flight have ended; the takes hold their results.
    return { status: 'waiting' };
  }

  /** Continues from the state of an earlier run. */
  restore(carried: CarriedUnit): void {
    const { status, failure, artifact } = carried;
    if (status === 'failed' && failure) this.#state = { status, failure };
    else if (status === 'skipped') this.#state = { status, failure };
    else if (status === 'succeeded') this.#state = { status, artifact };
  }

  report(): UnitReport {
    const { medium, beat, chunk } = this.place;
    const { per } = rowOf(medium);
    const { status, ...state } = this.#state;
    return {
      name: this.name,
      medium,
      ...(per === 'video' ? {} : { beat }),
      ...(per === 'chunk' ? { chunk } : {}),
      ...state,
      ...this.details(),
      status: this.shownAs(status),
    };
  }

  /** The fields of a report besides the state. */
  protected abstract details(): Pick<UnitReport, 'attempts' | 'costUsd'> & Partial<UnitReport>;

  protected shownAs(status: UnitStatus): UnitStatus {
    return status;
  }

  protected get status(): UnitState['status'] {
    return this.#state.status;
  }

  protected moveTo(state: UnitState): void {
    this.#state = state;
    this.#onChange();
  }
}
