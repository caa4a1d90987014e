import type { Take, TakeState } from './take.ts';
import { giveUp, goesOn, isGivenUp, isOpen } from './take.ts';

/** The inputs of a new take. */
export type TakeStart = Pick<Take, 'model' | 'words' | 'isSoftened'>;

/**
 * The takes of one unit, in order: those of the current request and, kept, those of earlier requests. At most the last
 * one can be bought; at most one of them is ordered.
 */
export class Takes {
  #all: readonly Take[];
  #wanted = '';

  /** @param before takes of earlier runs */
  constructor(before: readonly Take[] = []) {
    this.#all = before;
  }

  /** All takes of the unit, whatever their request. */
  get all(): readonly Take[] {
    return this.#all;
  }

  /** Key of the current request; empty before it is known. */
  get wanted(): string {
    return this.#wanted;
  }

  /** The takes of the current request. */
  get list(): readonly Take[] {
    return this.#all.filter(({ wanted }) => wanted === this.#wanted);
  }

  get last(): Take | undefined {
    return this.list.at(-1);
  }

  /** The take in use: the newest with a file. */
  get stored(): (Take & { readonly state: 'stored' }) | undefined {
    return this.list.findLast((take) => take.state === 'stored');
  }

  /** Cost of all takes so far, in US dollars. */
  get costUsd(): number {
    return this.#all.reduce((sum, { costUsd }) => sum + costUsd, 0);
  }

  /** Takes to end at the host before another one is bought. */
  get superseded(): readonly Take[] {
    return this.#all.filter(({ state }) => state === 'superseded');
  }

  /** Continues with the takes of an earlier run. */
  restore(all: readonly Take[], wanted: string): void {
    this.#all = all;
    this.#wanted = wanted;
  }

  /** Sets the current request; gives up an open take of another request. */
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

  /** @param costUsd the host's charge, in US dollars */
  price(take: Take, costUsd: number): Take {
    return this.#put({ ...take, costUsd });
  }

  /** Continues the last take, because a person found its prediction. */
  revive(): void {
    const { last } = this;
    if (last?.state === 'ended') this.move(last, { state: 'ordered' });
  }

  /** Gives up all takes of the request, because a person wants another one. */
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
