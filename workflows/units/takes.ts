import type { Take, TakeState } from './take.ts';
import { giveUp, goesOn, isGivenUp, isOpen } from './take.ts';

/** What a take is begun with. */
export type TakeStart = Pick<Take, 'model' | 'words' | 'isSoftened'>;

/**
 * The takes of one unit, in order: those of what is wanted now, and those of what was wanted before, which are kept. At
 * most the last one can be bought; at most one of them is ordered.
 */
export class Takes {
  #all: readonly Take[];
  #wanted = '';

  /** @param before those of earlier runs */
  constructor(before: readonly Take[] = []) {
    this.#all = before;
  }

  /** All of the unit, whatever was wanted. */
  get all(): readonly Take[] {
    return this.#all;
  }

  /** The key of what is wanted; empty before it is known. */
  get wanted(): string {
    return this.#wanted;
  }

  /** The takes of what is wanted. */
  get list(): readonly Take[] {
    return this.#all.filter(({ wanted }) => wanted === this.#wanted);
  }

  get last(): Take | undefined {
    return this.list.at(-1);
  }

  /** The one whose file is used: the newest that has one. */
  get stored(): (Take & { readonly state: 'stored' }) | undefined {
    return this.list.findLast((take) => take.state === 'stored');
  }

  /** What all of them cost so far, in US dollars. */
  get costUsd(): number {
    return this.#all.reduce((sum, { costUsd }) => sum + costUsd, 0);
  }

  /** Takes that are to be ended at the host before another one is bought. */
  get superseded(): readonly Take[] {
    return this.#all.filter(({ state }) => state === 'superseded');
  }

  /** Goes on with those of an earlier run. */
  restore(all: readonly Take[], wanted: string): void {
    this.#all = all;
    this.#wanted = wanted;
  }

  /** From now on this is wanted; what is on its way for something else is given up. */
  select(wanted: string): void {
    if (this.#wanted === wanted) return;
    const { last } = this;
    if (last && (isOpen(last) || last.state === 'new')) this.move(last, giveUp(last));
    this.#wanted = wanted;
  }

  /** @throws RangeError while the take before can still be bought */
  begin(start: TakeStart): Take {
    const { last } = this;
    if (last && goesOn(last)) throw new RangeError(`Take ${last.number} is ${last.state}, so it goes on.`);
    const number = 1 + this.#all.reduce((highest, take) => Math.max(highest, take.number), -1);
    const take: Take = { ...start, number, wanted: this.#wanted, costUsd: 0, state: 'new' };
    this.#all = [...this.#all, take];
    return take;
  }

  /** @returns the take in its new state */
  move({ number, wanted, model, words, isSoftened, costUsd }: Take, state: TakeState): Take {
    return this.#put({ number, wanted, model, words, isSoftened, costUsd, ...state });
  }

  /** @param costUsd what the host charges for it, in US dollars */
  price(take: Take, costUsd: number): Take {
    return this.#put({ ...take, costUsd });
  }

  /** A person has found what was believed lost: the last take goes on. */
  revive(): void {
    const { last } = this;
    if (last?.state === 'ended') this.move(last, { state: 'ordered' });
  }

  /** A person wants another one: nothing of what there is for it is used. */
  giveUp(): void {
    const { last } = this;
    for (const take of this.list)
      if (!isGivenUp(take) && (take === last || take.state === 'stored')) this.move(take, giveUp(take));
  }

  #put(take: Take): Take {
    this.#all = this.#all.map((other) => (other.number === take.number ? take : other));
    return take;
  }
}
