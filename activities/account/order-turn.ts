import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';

import type { Pace } from '../../domain/schemas/pace-schema.ts';
import { failureTypes } from '../../domain/failure-types.ts';
import { BeatreelFailure } from '../../domain/beatreel-failure.ts';
import type { ActivityRun } from '../runtime/define-activity.ts';
import { askForTurn } from './ask-for-turn.ts';
import { noteAnswer, type OrderAnswer } from './note-answer.ts';
import type { HeldPace, PaceObject } from './pace-object.ts';

/** One order's way through the gate. A write that fails afterwards is logged only: it is about pace, not money. */
export interface Turn {
  /**
   * Called directly before anything is claimed or sent. May be called again.
   *
   * @throws BeatreelFailure ProviderBusy with the time to wait; nothing is held meanwhile
   */
  enter(): Promise<void>;
  /** The host took the order. */
  accepted(): Promise<void>;
  /** The host refused it, or its answer is unknown; a `ProviderBusy` makes the account cool down. */
  refused(error: unknown): Promise<void>;
  /** Nothing was sent after all. Does nothing when the order was answered. */
  leave(): Promise<void>;
}

export type OrderLog = Pick<ActivityRun['log'], 'info'>;

/** How often a write is tried when it conflicts with others' writes. */
const maxRounds = 6;
/** Waiting orders come back spread over this share of the wait, so that they do not all write at the same moment. */
const spread = 0.1;
const leastSpreadMs = 60;
/** The delay where the host throttles and the adapter names none. */
const defaultRetryAfterMs = 5_000;

/** One order's way through the gate of its account. */
export class OrderTurn implements Turn {
  readonly #object: PaceObject;
  readonly #log: OrderLog;
  readonly #holder = randomUUID();
  #entered: HeldPace | undefined;
  #isAnswered = false;

  constructor(object: PaceObject, log: OrderLog) {
    this.#object = object;
    this.#log = log;
  }

  async enter(): Promise<void> {
    if (this.#entered) return;
    const held = await this.#object.read();
    this.#entered = this.#ask(held) === 'pass' ? held : await this.#object.oneByOne(() => this.#takeTurn());
  }

  async accepted(): Promise<void> {
    const entered = this.#entered;
    this.#isAnswered = true;
    // An open account mostly needs no write, and so no read.
    if (entered?.pace.state === 'open') {
      const note = { holder: this.#holder, answer: { kind: 'accepted' } } as const;
      if (!noteAnswer(entered.pace, entered.now, note)) return;
    }
    await this.#note({ kind: 'accepted' });
  }

  async refused(error: unknown): Promise<void> {
    this.#isAnswered = true;
    const isBusy = error instanceof BeatreelFailure && error.type === failureTypes.providerBusy;
    await this.#note(
      isBusy
        ? { kind: 'throttled', retryAfterMs: error.retryAfterMs ?? defaultRetryAfterMs }
        : { kind: 'other' },
    );
  }

  async leave(): Promise<void> {
    if (this.#isAnswered) return;
    await this.#note({ kind: 'unused' });
  }

  /** @throws BeatreelFailure ProviderBusy when others are first */
  #ask({ pace, now }: HeldPace): 'pass' | Pace {
    const answer = askForTurn(pace, now, this.#holder);
    if (answer.kind === 'wait') throw this.#busy(answer.waitMs, answer.why);
    return answer.kind === 'pass' ? 'pass' : answer.pace;
  }

  async #takeTurn(): Promise<HeldPace> {
    for (let round = 0; round < maxRounds; round += 1) {
      const held = await this.#object.read();
      // The client repeats a write whose answer was lost, which then conflicts with itself: the turn is ours.
      if (held.pace.turn?.holder === this.#holder) return held;
      const asked = this.#ask(held);
      if (asked === 'pass' || (await this.#object.replace(held, asked))) return held;
    }
    throw this.#busy(leastSpreadMs, 'turn');
  }

  async #note(answer: OrderAnswer): Promise<void> {
    if (!this.#entered) return;
    try {
      await this.#object.oneByOne(() => this.#write(answer));
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      this.#log.info('Pace of a host account not written', { account: this.#object.account, reason });
    }
  }

  async #write(answer: OrderAnswer): Promise<void> {
    for (let round = 0; round < maxRounds; round += 1) {
      const held = await this.#object.read();
      const next = noteAnswer(held.pace, held.now, { holder: this.#holder, answer });
      if (!next) return;
      if (await this.#object.replace(held, next)) {
        this.#tell(held.pace, next);
        return;
      }
      await pause(leastSpreadMs * (round + Math.random()));
    }
    throw new Error(`The pace kept changing while "${answer.kind}" was being noted.`);
  }

  #tell(before: Pace, after: Pace): void {
    const { account } = this.#object;
    if (after.throttledAt !== before.throttledAt) {
      const until = new Date(after.notBefore).toISOString();
      this.#log.info('Host account throttled; nothing is ordered from it for a while', {
        account,
        until,
        periodMs: Math.round(after.periodMs),
      });
    } else if (after.state === 'open' && before.state === 'careful' && before.periodMs > 0) {
      this.#log.info('Host account open again', { account });
    }
  }

  #busy(waitMs: number, why: 'cooling' | 'turn'): BeatreelFailure {
    const { account } = this.#object;
    const seconds = (waitMs / 1000).toFixed(1);
    const message =
      why === 'cooling'
        ? `The account ${account} was throttled by its host; the next order may go out in ${seconds} s.`
        : `The account ${account} takes one order at a time for now, and another one is on its way.`;
    const later = Math.max(leastSpreadMs, waitMs * spread) * Math.random();
    return new BeatreelFailure(failureTypes.providerBusy, message, { retryAfterMs: waitMs + later });
  }
}
