import type { CarriedPurchase } from '../carried-video.ts';
import type { ArtifactRef } from '../../domain/artifact.ts';
import type { ModelChoice } from '../../domain/brief.ts';
import { failureTypes } from '../../domain/failure-types.ts';
import { failureTable } from '../../domain/failures.ts';
import type { UnitFailure, WaitsFor } from '../../domain/progress.ts';
import { unitSeed } from '../../domain/seed.ts';
import type { TakePlace } from '../../domain/unit.ts';
import { awaitActivityId, takeName, unitName } from '../../domain/unit.ts';
import type { BoughtPlan } from './bought-plan.ts';
import { describeOverbilling } from './describe-overbilling.ts';
import { HostPlace } from './host-place.ts';
import type { Ordered, Take } from './take.ts';
import { isOpen } from './take.ts';
import type { Takes } from './takes.ts';
import type { UnitPorts } from './unit-ports.ts';
import { showUsd } from '../../domain/show-usd.ts';

/** The unit that buys. */
export interface Buyer {
  readonly takes: Takes;
  show(status: 'waiting' | 'submitting' | 'rendering' | 'storing'): void;
}

/**
 * Takes one take from any state to its file: money, then a place at the host, then the order, its end and the file.
 * Money comes before a place, so that a unit that waits for money blocks no place.
 */
export class Purchase {
  readonly #plan: BoughtPlan;
  readonly #ports: UnitPorts;
  readonly #buyer: Buyer;
  readonly #place: HostPlace;
  /** The start picture. */
  from: ArtifactRef | undefined;
  /** Number of ordered takes so far. */
  attempts = 0;
  waitsForMoney = false;
  /** Facts about the last ordered take. */
  shown: { model?: string; ledgerKey?: string } = {};

  constructor(plan: BoughtPlan, ports: UnitPorts, buyer: Buyer) {
    this.#plan = plan;
    this.#ports = ports;
    this.#buyer = buyer;
    this.#place = new HostPlace(plan, ports);
  }

  /** The order's current wait, except a shortage of money that only a person can end. */
  get waitsFor(): WaitsFor | undefined {
    return this.waitsForMoney ? 'money' : this.#place.waitsFor;
  }

  carry(): Omit<CarriedPurchase, 'takes' | 'words' | 'wanted'> {
    const { attempts, shown, from } = this;
    return { attempts, shown, from, keptUntilMs: this.#place.keptUntilMs };
  }

  restore({ attempts, shown, from, keptUntilMs }: CarriedPurchase): void {
    this.attempts = attempts;
    this.shown = shown;
    this.from = from;
    const { last } = this.#buyer.takes;
    if (last && keptUntilMs !== undefined)
      void this.#place.restore(this.#at(last), this.#modelOf(last), keptUntilMs);
  }

  /** @returns the reason for a missing file; undefined when it is stored. @throws cancellations and bugs */
  async run(take: Take): Promise<UnitFailure | undefined> {
    if (take.state === 'stored') return undefined;
    if (take.state !== 'paid') {
      const failure = await this.#predict(take);
      if (failure) return failure;
    }
    return this.#store();
  }

  /** Ends, at the host, takes that were given up with an unknown end. */
  async endSuperseded(): Promise<void> {
    for (const take of this.#buyer.takes.superseded) {
      const unit = this.#at(take);
      const report = await this.#ports.activities.cancelPredictions(
        { videoId: this.#ports.videoId, unit },
        { summary: `end the take before: ${this.#plan.summary}`, activityId: `${takeName(unit)}-end` },
      );
      this.#settle(take, report.spentUsd + report.pastSavingUsd);
      this.#buyer.takes.move(this.#current(take), { state: 'replaced' });
      // Nothing of it runs any more, and the next take may use another host.
      if (report.stillRunning === undefined) this.#place.leave();
    }
  }

  async #predict(take: Take): Promise<UnitFailure | undefined> {
    for (;;) {
      if (!(await this.#reserve(take))) return this.#describeShortage(take);
      await this.#place.enter(this.#at(take), this.#modelOf(take));
      // A host that billed too much stops all takes that are not yet ordered; so does a drain.
      const drained = this.#ports.whileDraining();
      const held = this.#ports.whyHeld(this.#modelOf(take).name);
      const isStopped =
        drained !== undefined || held !== undefined || this.#ports.treasury.report().halted !== undefined;
      if (take.state !== 'new' || !isStopped) break;
      this.#place.leave();
      this.#ports.treasury.release(takeName(this.#at(take)));
      if (held !== undefined) return { type: failureTypes.clipTooShort, reason: held };
      if (drained) await drained;
    }
    try {
      return await this.#order(take);
    } finally {
      // An order with an unknown end may still run at the host, so it keeps its place.
      if (isOpen(this.#current(take))) this.#place.keep();
      else this.#place.leave();
    }
  }

  async #reserve(take: Take): Promise<boolean> {
    const { leaveUsd } = this.#plan;
    this.waitsForMoney = true;
    try {
      return await this.#ports.treasury.admit({
        purchase: takeName(this.#at(take)),
        priceUsd: this.#modelOf(take).highestPriceUsd,
        ...(leaveUsd ? { optional: true, leaveUsd } : { mayWait: this.#ports.waitsForPerson }),
      });
    } finally {
      this.waitsForMoney = false;
    }
  }

  async #order(take: Take): Promise<UnitFailure | undefined> {
    const { activities } = this.#ports;
    const { name: model } = this.#modelOf(take);
    this.attempts = 1 + this.#buyer.takes.all.findIndex(({ number }) => number === take.number);
    this.shown = { model };
    this.#buyer.takes.move(take, { state: 'ordered' });
    this.#buyer.show('submitting');
    const submitted = await this.#submit(take);
    const { ledgerKey, predictionKey } = submitted;
    this.shown = { model, ledgerKey };
    this.#buyer.takes.move(this.#current(take), { state: 'ordered', isAnswered: true });
    this.#buyer.show('rendering');
    if (submitted.state === 'ended') return this.#end(take, submitted.outcome);
    const { prediction, submittedAt, webhookOrdered } = submitted;
    const outcome = await activities.awaitPrediction(
      { ledgerKey, model, prediction, submittedAt, webhookOrdered },
      { summary: this.#plan.summary, activityId: awaitActivityId(this.#at(take), predictionKey) },
    );
    if (outcome.state !== 'succeeded') return this.#end(take, outcome);
    this.#settle(take, outcome.costUsd);
    const order: Ordered = { ledgerKey, predictionKey, prediction };
    this.#buyer.takes.move(this.#current(take), { state: 'paid', order });
    return undefined;
  }

  async #submit(take: Take) {
    const { activities, treasury, videoId, seed } = this.#ports;
    const unit = this.#at(take);
    const model = this.#modelOf(take);
    const { words, wanted, isSoftened } = take;
    const request = this.#plan.describe({ model, seed: unitSeed(seed, unit), words, from: this.from });
    try {
      return await activities.submitPrediction(
        {
          videoId,
          unit,
          wanted,
          ...(words === undefined ? {} : { words, isSoftened }),
          model: model.name,
          request,
        },
        { summary: this.#plan.summary, activityId: `${takeName(unit)}-submit` },
      );
    } catch (error) {
      const failure = this.#ports.readFailure(error);
      const { mayBeOrdered, endsTake, isInDoubt } = failureTable[failure.type];
      if (!mayBeOrdered) treasury.release(takeName(unit));
      if (!mayBeOrdered)
        this.#buyer.takes.move(
          this.#current(take),
          endsTake ? { state: 'ended', failure } : { state: 'new' },
        );
      else if (isInDoubt) this.#buyer.takes.move(this.#current(take), { state: 'inDoubt' });
      throw error;
    }
  }

  #end(take: Take, { type, reason, costUsd }: UnitFailure & { readonly costUsd: number }): UnitFailure {
    const failure = { type, reason };
    this.#buyer.takes.move(this.#current(take), { state: 'ended', failure });
    // Settle after the move, so that the score leaves the freed money to this unit's next take.
    this.#settle(take, costUsd);
    return failure;
  }

  async #store(): Promise<UnitFailure | undefined> {
    const take = this.#buyer.takes.last;
    if (take?.state !== 'paid') throw new RangeError(`${unitName(this.#plan.place)} is not paid for.`);
    const { ledgerKey, predictionKey } = take.order;
    const { place, summary } = this.#plan;
    this.#buyer.show('storing');
    try {
      const artifact = await this.#ports.activities.storeArtifact(
        { ledgerKey },
        { summary, activityId: `${unitName(place)}-store` },
      );
      // A person may have given the take up meanwhile.
      if (this.#current(take).state === 'paid')
        this.#buyer.takes.move(take, { state: 'stored', bought: { artifact, predictionKey, ledgerKey } });
      return undefined;
    } catch (error) {
      const failure = this.#ports.readFailure(error);
      if (failureTable[failure.type].needsNewTake && this.#current(take).state === 'paid')
        this.#buyer.takes.move(take, { state: 'ended', failure });
      return failure;
    }
  }

  /** Replaces the reservation by the cost. A halt goes first: freed money must buy nothing. */
  #settle(take: Take, costUsd: number): void {
    const { treasury, warn } = this.#ports;
    const problem = describeOverbilling(this.#modelOf(take), unitName(this.#plan.place), costUsd);
    if (problem !== undefined) {
      warn(problem);
      treasury.halt(problem);
    }
    this.#buyer.takes.price(this.#current(take), costUsd);
    treasury.settle(takeName(this.#at(take)), costUsd);
  }

  #describeShortage(take: Take): UnitFailure {
    const { capUsd = 0, spentUsd, reservedUsd, halted } = this.#ports.treasury.report();
    const { name, highestPriceUsd } = this.#modelOf(take);
    const reason =
      halted ??
      `${unitName(this.#plan.place)} costs up to ${showUsd(highestPriceUsd)} with ${name}, which does not fit the budget of ` +
        `${showUsd(capUsd)}: ${showUsd(spentUsd)} are spent and ${showUsd(reservedUsd)} set aside.`;
    return { type: failureTypes.budgetExceeded, reason };
  }

  /** The current state of the take. */
  #current({ number }: Take): Take {
    const take = this.#buyer.takes.all.find((other) => other.number === number);
    if (!take) throw new RangeError(`${unitName(this.#plan.place)} has no take ${number}.`);
    return take;
  }

  #modelOf({ model }: Take): ModelChoice {
    return this.#plan.models[model] ?? this.#plan.models[0];
  }

  #at({ number }: Take): TakePlace {
    return { ...this.#plan.place, take: number };
  }
}
