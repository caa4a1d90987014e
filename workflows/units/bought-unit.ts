import type { CarriedUnit } from '../carried-video.ts';
import type { BoughtMedium } from '../../domain/media.ts';
import { failureTypes } from '../../domain/failure-types.ts';
import { failureTable } from '../../domain/failures.ts';
import type { UnitFailure, UnitReport, UnitStatus } from '../../domain/progress.ts';
import { softenPrompt } from '../../domain/soften-prompt.ts';
import type { UnitPlace } from '../../domain/unit.ts';
import { takeName } from '../../domain/unit.ts';
import type { Before, Reopening, Source } from './before.ts';
import type { BoughtPlan } from './bought-plan.ts';
import type { NextStep } from './next-step.ts';
import { nextStep } from './next-step.ts';
import { Purchase } from './purchase.ts';
import type { BoughtArtifact, Take } from './take.ts';
import { goesOn, isOpen } from './take.ts';
import { Takes } from './takes.ts';
import type { UnitPorts } from './unit-ports.ts';
import { Unit } from './unit.ts';

/** Pauses between looks for a paid file, in milliseconds; each is twice as long as the one before. */
const firstPauseMs = 60_000;
const longestPauseMs = 600_000;

/** One still, chunk or score: bought once a take, fetched, and bought again where a rule or a person decides so. */
export class BoughtUnit extends Unit<UnitPlace<BoughtMedium>> {
  readonly #plan: BoughtPlan;
  readonly #ports: UnitPorts;
  readonly #takes: Takes;
  /** A take that a person chose, whatever the request, or a person's own file. */
  readonly #chosen: BoughtArtifact | undefined;
  readonly #purchase: Purchase;
  /** A person's words in place of the storyboard's. */
  #words: string | undefined;
  #source: Source | undefined;
  #buying: Promise<BoughtArtifact | undefined> | undefined;
  /** The looks for a paid file, while the unit shows as failed. */
  #looking: Promise<void> | undefined;
  #isClosed = false;

  constructor(plan: BoughtPlan, ports: UnitPorts, { takes = [], pinned, given }: Before = {}) {
    super(plan.place, ports.changed);
    this.#plan = plan;
    this.#ports = ports;
    this.#takes = new Takes(takes);
    const chosen = takes.find(({ number, state }) => number === pinned && state === 'stored');
    this.#chosen = given ?? (chosen?.state === 'stored' ? chosen.bought : undefined);
    const show = (status: 'waiting' | 'submitting' | 'rendering' | 'storing') => {
      // During these looks, people keep seeing why the file is missing.
      if (!this.failure) this.moveTo({ status });
    };
    this.#purchase = new Purchase(plan, ports, { takes: this.#takes, show });
  }

  /** Every take so far, in order, whatever its request. */
  get takes(): readonly Take[] {
    return this.#takes.all;
  }

  /** Key of the current request; empty before its start picture is known. */
  get wanted(): string {
    return this.#takes.wanted;
  }

  /** Its file, once stored in the bucket. */
  get bought(): BoughtArtifact | undefined {
    return this.#chosen ?? this.#takes.stored?.bought;
  }

  /** The highest price still to reserve for it, in US dollars. */
  get unreservedUsd(): number {
    if (this.bought) return 0;
    const { last } = this.#takes;
    const isKnown = last !== undefined && goesOn(last) && this.#ports.treasury.knows(this.#payment(last));
    const { models } = this.#plan;
    const turn = last !== undefined && goesOn(last) ? models[last.model] : undefined;
    return isKnown ? 0 : (turn ?? models[0]).highestPriceUsd;
  }

  /** Whether its reservation may come back without a person. */
  get mayFreeMoney(): boolean {
    const { last } = this.#takes;
    const isUnderWay =
      this.#buying !== undefined && ['waiting', 'submitting', 'rendering'].includes(this.status);
    return isUnderWay && last !== undefined && this.#ports.treasury.reserves(this.#payment(last));
  }

  /**
   * Buys the unit and fetches its file. Joins a purchase in progress.
   *
   * @param from the start picture and its purchase
   * @returns undefined when the unit failed, and then it waits for a person
   */
  buy(from?: Source): Promise<BoughtArtifact | undefined> {
    if (this.#buying) return this.#buying;
    if (from) this.#source = from;
    this.#purchase.from = this.#source?.picture;
    this.#takes.select(this.#plan.wantedKey(this.#words, this.#source));
    const buying = this.#buy().finally(() => {
      this.#buying = undefined;
    });
    this.#buying = buying;
    return buying;
  }

  /** Continues a reopened unit while others run. The next `buy` observes a rejection. */
  resume(): void {
    this.buy().catch(() => undefined);
  }

  /** Whether it is paid for, or may be, and has no file. */
  get isAtStake(): boolean {
    const { last } = this.#takes;
    return last !== undefined && (isOpen(last) || last.state === 'paid' || last.state === 'superseded');
  }

  /** Ends the automatic looks. @returns when nothing of it is in progress */
  async close(): Promise<void> {
    this.#isClosed = true;
    this.#ports.changed();
    await this.#buying?.catch(() => undefined);
    await this.#looking?.catch(() => undefined);
  }

  /** Takes costs from the ledger that cancelled steps did not return. @param costs by name of the take */
  learnCosts(costs: Readonly<Record<string, number>>): void {
    for (const take of this.#takes.all) {
      const costUsd = costs[this.#payment(take)];
      if (costUsd === undefined) continue;
      this.#takes.price(take, costUsd);
      this.#ports.treasury.settle(this.#payment(take), costUsd);
    }
  }

  /**
   * Makes it ready to run again. A take that may be live or is paid for continues, unless a person wants another one;
   * otherwise the next take uses the first model.
   */
  override reopen({ words, newTake = false, isFound = false }: Reopening = {}): void {
    if (isFound) this.#takes.revive();
    this.#words = words ?? this.#words;
    const { last } = this.#takes;
    const leavesModel = last?.state === 'new' && last.model !== 0;
    if (newTake || words !== undefined || leavesModel) this.#takes.giveUp();
    super.reopen();
  }

  override carry(): CarriedUnit {
    const { all: takes, wanted } = this.#takes;
    const bought = { ...this.#purchase.carry(), takes, wanted, words: this.#words, source: this.#source };
    return { ...super.carry(), bought };
  }

  override restore(carried: CarriedUnit): void {
    super.restore(carried);
    const { bought } = carried;
    if (!bought) return;
    this.#takes.restore(bought.takes, bought.wanted);
    this.#words = bought.words;
    this.#source = bought.source;
    this.#purchase.restore(bought);
    if (this.failure && this.#takes.last?.state === 'paid' && this.#ports.waitsForPerson)
      this.#startLooking();
  }

  /** Model of the last ordered take. */
  get modelName(): string | undefined {
    return this.#purchase.shown.model;
  }

  protected details(): Pick<UnitReport, 'attempts' | 'costUsd' | 'refusedWords' | 'waitsFor'> {
    const { shown, waitsFor } = this.#purchase;
    const attempts = Math.max(this.#purchase.attempts, this.#takes.all.length);
    const isShown = this.status !== 'waiting';
    const { last } = this.#takes;
    const isRefused = last !== undefined && this.failure?.type === failureTypes.contentRejected;
    return {
      attempts,
      costUsd: this.#takes.costUsd,
      ...(isShown ? (this.#shownOfStored() ?? shown) : {}),
      ...(waitsFor !== undefined && this.shownAs(this.status) === 'waiting' ? { waitsFor } : {}),
      ...(isRefused ? { refusedWords: this.#wordsOf(last) } : {}),
    };
  }

  /** Model and record of the take in use, which an earlier run may have bought. */
  #shownOfStored(): { model?: string; ledgerKey?: string } | undefined {
    if (this.#chosen) {
      const { ledgerKey } = this.#chosen;
      return ledgerKey === undefined ? {} : { ledgerKey };
    }
    const { stored } = this.#takes;
    if (!stored) return undefined;
    const { ledgerKey } = stored.bought;
    const model = this.#plan.models[stored.model]?.name;
    return { model, ledgerKey };
  }

  protected override shownAs(status: UnitStatus): UnitStatus {
    const isShort = status === 'waiting' && this.#purchase.waitsForMoney && this.#ports.treasury.isShort;
    return isShort ? 'awaiting_budget' : status;
  }

  async #buy(): Promise<BoughtArtifact | undefined> {
    if (this.failure || this.isSkipped || this.#isClosed) return undefined;
    // After a person's retry, wait for the look in progress.
    await this.#looking;
    if (this.bought) return this.#end({ do: 'done' });
    const lost = this.#lostBefore();
    if (lost) return this.#end({ do: 'person', failure: lost });
    for (;;) {
      const { step, take, failure } = await this.#next();
      if (step.do === 'take') this.#beginTake(take, step, failure);
      else if (step.do !== 'wait') return this.#end(step);
    }
  }

  /** The failure of a file that an earlier run paid for and lost: only a person can have it bought again. */
  #lostBefore(): UnitFailure | undefined {
    const { last } = this.#takes;
    const isLost = last?.state === 'ended' && failureTable[last.failure.type].needsNewTake === true;
    return isLost && this.#purchase.attempts === 0 ? last.failure : undefined;
  }

  /** Works on the current take, and decides on the next step. */
  async #next(): Promise<{ step: NextStep; take: Take; failure?: UnitFailure }> {
    const drained = this.#ports.whileDraining();
    if (drained) await drained;
    const failure = await this.#work();
    const { last: take } = this.#takes;
    if (!take) throw new RangeError(`${this.name} was bought and has no take.`);
    const { onRefusal, waitsForPerson: waits, treasury } = this.#ports;
    const { length: models } = this.#plan.models;
    const rules = { models, onRefusal, waits, hasBudget: treasury.isCapped };
    return { step: nextStep({ take, takes: this.#takes.list, failure }, rules), take, failure };
  }

  /** Fetches a paid file until it is there, is lost, or a person decides otherwise. */
  async #lookOn(): Promise<void> {
    const isOver = () => this.failure === undefined || this.#isClosed;
    for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(2 * pauseMs, longestPauseMs)) {
      await this.#ports.until(isOver, pauseMs);
      if (isOver()) return;
      const { step } = await this.#next();
      if (isOver()) return;
      if (step.do === 'done' || step.do === 'person') {
        this.#end(step);
        this.#ports.goesOn();
        return;
      }
      if (step.do === 'fetch') this.moveTo({ status: 'failed', failure: step.failure });
    }
  }

  async #work(): Promise<UnitFailure | undefined> {
    try {
      await this.#purchase.endSuperseded();
      return await this.#purchase.run(this.#openTake());
    } catch (error) {
      this.moveTo({ status: 'canceled' });
      return this.#ports.readFailure(error);
    }
  }

  /** The take to work on: the last one while it may still succeed, else a new one. */
  #openTake(): Take {
    const { last } = this.#takes;
    if (last && goesOn(last)) return last;
    // After an ended take of the first model, keep its words.
    const staysInWords = last?.state === 'ended' && last.model === 0;
    return this.#takes.begin(
      staysInWords
        ? { model: 0, words: last.words, isSoftened: last.isSoftened }
        : { model: 0, words: this.#words, isSoftened: false },
    );
  }

  #beginTake(take: Take, { model, soften }: NextStep & { readonly do: 'take' }, failure?: UnitFailure): void {
    if (goesOn(take)) this.#takes.giveUp();
    const words = soften ? softenPrompt(this.#wordsOf(take)) : this.#words;
    this.#takes.begin({ model, words, isSoftened: soften });
    const [before, next] = [this.#plan.models[take.model], this.#plan.models[model]];
    if (model !== take.model && before && next && failure) {
      this.#ports.warn(
        `${this.name}: ${next.name} is tried in place of ${before.name} (${failure.type}: ${failure.reason})`,
      );
    }
    super.reopen();
  }

  #wordsOf({ model, words }: Take): string {
    const choice = this.#plan.models[model] ?? this.#plan.models[0];
    return this.#plan.describe({ model: choice, seed: 0, words }).prompt;
  }

  #end(step: Exclude<NextStep, { do: 'take' | 'wait' }>): BoughtArtifact | undefined {
    if (step.do === 'done') this.moveTo({ status: 'succeeded', artifact: this.bought?.artifact });
    else this.moveTo({ status: 'failed', failure: step.failure });
    if (step.do === 'fetch' && this.#ports.waitsForPerson) this.#startLooking();
    return this.bought;
  }

  #startLooking(): void {
    const looking = this.#lookOn().finally(() => {
      this.#looking = undefined;
    });
    // A cancellation rejects this promise; callers that wait for the unit see it there.
    looking.catch(() => undefined);
    this.#looking = looking;
  }

  #payment({ number }: Take): string {
    return takeName({ ...this.place, take: number });
  }
}
