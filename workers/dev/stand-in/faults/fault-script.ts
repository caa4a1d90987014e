import { z } from 'zod';
import { type FaultRule, type FaultRuleInput, faultRuleSchema } from './fault-rule.ts';
import { type Fault, type FaultStage, stageOf } from './fault-schema.ts';
import { textOf } from '../models/validate-input.ts';
import type { OutputKind } from '../models/model-description.ts';

/** An event that a rule may strike. */
export interface FaultEvent {
  readonly stage: FaultStage;
  /** Present for requests. */
  readonly operation?: 'create' | 'get' | 'list' | 'cancel' | 'chat';
  /** Present for webhooks. */
  readonly event?: 'start' | 'completed';
  readonly subject?: FaultSubject | undefined;
}

/** The prediction, or the plan, an event is about. */
export interface FaultSubject {
  readonly id?: string;
  readonly kind: OutputKind | 'plan';
  readonly model: string;
  readonly input: Readonly<Record<string, unknown>>;
}

/** A rule, with the numbers of events that it matched and struck. */
export interface FaultTally {
  readonly rule: FaultRule;
  /** Events that matched. */
  readonly seen: number;
  readonly struck: number;
}

/** The script of faults. */
export class FaultScript {
  #tallies: { rule: FaultRule; seen: number; struck: number }[] = [];

  /**
   * Replaces the script.
   *
   * @throws ZodError for a rule that does not exist in this form
   */
  set(rules: readonly FaultRuleInput[]): void {
    const parsed = z.array(faultRuleSchema).parse(rules);
    this.#tallies = parsed.map((rule) => ({ rule, seen: 0, struck: 0 }));
  }

  tallies(): readonly FaultTally[] {
    return this.#tallies.map((tally) => ({ ...tally }));
  }

  /** Counts the event on every rule it matches and returns the faults that strike it, in the script's order. */
  strike(event: FaultEvent): Fault[] {
    return this.#tallies
      .filter(({ rule }) => isMatch(rule, event))
      .filter((tally) => {
        tally.seen += 1;
        const { match, times } = tally.rule;
        const strikes = tally.seen >= match.nth && (times === 'always' || tally.seen < match.nth + times);
        if (strikes) tally.struck += 1;
        return strikes;
      })
      .map(({ rule }) => rule.fault);
  }

  /** Seconds by which the list lags for this prediction. */
  listLagSeconds(subject: FaultSubject): number {
    const lags = this.#tallies
      .filter(({ rule }) => isMatch(rule, { stage: 'list', subject }))
      .map(({ rule }) => (rule.fault.type === 'listLag' ? rule.fault.seconds : 0));
    return Math.max(0, ...lags);
  }
}

function isMatch({ match, fault }: FaultRule, { stage, operation, event, subject }: FaultEvent): boolean {
  if (stageOf(fault) !== stage) return false;
  if (stage === 'request' && (match.operation ?? 'create') !== operation) return false;
  if (match.event !== undefined && match.event !== event) return false;
  const { kind, model, promptIncludes, prediction } = match;
  return (
    (kind === undefined || kind === subject?.kind) &&
    (model === undefined || model === subject?.model) &&
    (prediction === undefined || prediction === subject?.id) &&
    (promptIncludes === undefined || textOf(subject?.input ?? {}, 'prompt').includes(promptIncludes))
  );
}
