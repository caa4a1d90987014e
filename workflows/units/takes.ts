import type { Take, TakeState } from './take.ts';
import { giveUp, goesOn, isGivenUp } from './take.ts';

/** What a take is begun with. */
export type TakeStart = Pick<Take, 'model' | 'words' | 'isSoftened'>;

/** The takes of one unit, in order. At most the last one can be bought; at most one of them is ordered. */
export class Takes {
  #list: readonly Take[] = [];

  get list(): readonly Take[] {
    return this.#list;
  }

  get last(): Take | undefined {
    return this.#list.at(-1);
  }

  /** What all of them cost so far, in US dollars. */
  get costUsd(): number {
    return this.#list.reduce((sum, { costUsd }) => sum + costUsd, 0);
  }

  /** Those that are to be ended at the host before another one is bought. */
  get superseded(): readonly Take[] {
    return this.#list.filter(({ state }) => state === 'superseded');
  }

  /** Goes on with those of an earlier run. */
  restore(list: readonly Take[]): void {
    this.#list = list;
  }

  /** @throws RangeError while the take before can still be bought */
  begin(start: TakeStart): Take {
    const { last } = this;
    if (last && goesOn(last)) throw new RangeError(`Take ${last.number} is ${last.state}, so it goes on.`);
    const take: Take = { ...start, number: this.#list.length, costUsd: 0, state: 'new' };
    this.#list = [...this.#list, take];
    return take;
  }

  /** @returns the take in its new state */
  move({ number, model, words, isSoftened, costUsd }: Take, state: TakeState): Take {
    return this.#put({ number, model, words, isSoftened, costUsd, ...state });
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

  /** A person wants another one: nothing of the last take is carried over. */
  giveUp(): void {
    const { last } = this;
    if (last && !isGivenUp(last)) this.move(last, giveUp(last));
  }

  #put(take: Take): Take {
    this.#list = this.#list.map((other) => (other.number === take.number ? take : other));
    return take;
  }
}
