import type { CarriedUnit } from '../carried-video.ts';
import type { ArtifactRef } from '../../domain/artifact.ts';
import type { Phase } from '../../domain/media.ts';
import type { UnitPlace } from '../../domain/unit.ts';
import { unitName } from '../../domain/unit.ts';
import { rowOf } from '../../domain/media.ts';
import type { UnitFailure, UnitReport, UnitStatus } from '../../domain/progress.ts';

/** Where a unit stands, with what belongs to that alone. */
export type UnitState =
  | { readonly status: 'waiting' | 'submitting' | 'rendering' | 'storing' | 'canceled' }
  | { readonly status: 'succeeded'; readonly artifact?: ArtifactRef }
  /** It waits for a person. */
  | { readonly status: 'failed'; readonly failure: UnitFailure }
  /** The video goes on without it. */
  | { readonly status: 'skipped'; readonly failure?: UnitFailure };

/** One thing that a video is made of. It owns its state and reports itself. */
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

  /** Why it waits for a person; undefined where it does not. */
  get failure(): UnitFailure | undefined {
    return this.#state.status === 'failed' ? this.#state.failure : undefined;
  }

  /** Whether a report of the video lists it now. */
  get isListed(): boolean {
    return rowOf(this.place.medium).listed !== 'when_failed' || this.failure !== undefined;
  }

  /** Whether the video goes on without it. */
  get isSkipped(): boolean {
    return this.#state.status === 'skipped';
  }

  /** The video goes on without it. Safe to run again. @returns why there is none */
  skip(): UnitFailure | undefined {
    const failure = this.#state.status === 'skipped' ? this.#state.failure : this.failure;
    this.moveTo({ status: 'skipped', failure });
    return failure;
  }

  /** Lets it be made again. */
  reopen(): void {
    this.moveTo({ status: 'waiting' });
  }

  /** Where it stands between two steps, for the next run. */
  carry(): CarriedUnit {
    const { status } = this.#state;
    if (status === 'succeeded' || status === 'failed' || status === 'skipped') return this.#state;
    // Steps on their way have ended; the takes hold what is left of them.
    return { status: 'waiting' };
  }

  /** Goes on where it stood in an earlier run. */
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

  /** What a report says beyond the state. */
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
