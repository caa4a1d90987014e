import { z } from 'zod';

import { toMicroUsd } from '../../../domain/round-usd.ts';
import type { PlanningReport } from '../../../domain/storyboard.ts';
import type { PlannerEntry } from '../../../domain/schemas/catalogue-schema.ts';
import type { Question, TokenUsage } from '../../providers/language-model.ts';
import type { ActivityRun } from '../../runtime/define-activity.ts';

/** The spending of earlier attempts, from their last heartbeat. */
const spentSchema = z.object({
  calls: z.number(),
  inputTokens: z.number(),
  outputTokens: z.number(),
  costUsd: z.number(),
});

type Spent = z.output<typeof spentSchema>;

/** A generous allowance for names and marks that servers put around messages, in tokens. */
const overheadTokens = 1_000;

/**
 * The budget of one plan, over all attempts of its step. A question is counted at its highest price before it goes
 * out, and a heartbeat carries the sum, so that an answer lost with its worker is counted, too.
 */
export class PlanBudget {
  readonly #entry: PlannerEntry;
  readonly #reportProgress: ActivityRun['reportProgress'];
  #spent: Spent;

  constructor(entry: PlannerEntry, { lastHeartbeat, reportProgress }: ActivityRun) {
    this.#entry = entry;
    this.#reportProgress = reportProgress;
    const earlier = spentSchema.safeParse(lastHeartbeat);
    this.#spent = earlier.success ? earlier.data : { calls: 0, inputTokens: 0, outputTokens: 0, costUsd: 0 };
  }

  /** Whether the highest price of a plan allows this question. */
  canPay(question: Question): boolean {
    return (
      toMicroUsd(this.#spent.costUsd + this.#highestUsd(question)) <= toMicroUsd(this.#entry.price.perPlanUsd)
    );
  }

  /** Counts a question as it goes out. @returns functions that settle its real cost, or release it */
  open(question: Question): { settle(usage: TokenUsage | undefined): Spent; release(): void } {
    const before = this.#spent;
    const highestUsd = this.#highestUsd(question);
    this.#set({ ...before, calls: before.calls + 1, costUsd: roundUpUsd(before.costUsd + highestUsd) });
    return {
      // Without a usage from the server, the highest price counts.
      settle: (usage) => this.#set(usage ? add(before, usage, this.#priceOf(usage)) : this.#spent),
      release: () => {
        this.#set(before);
      },
    };
  }

  report(): PlanningReport {
    return { model: this.#entry.name, ...this.#spent };
  }

  #set(spent: Spent): Spent {
    this.#spent = spent;
    this.#reportProgress(spent);
    return spent;
  }

  /** The highest price of a question. Bytes are an upper bound of tokens, because a token has at least one byte. */
  #highestUsd({ messages, shape, model }: Question): number {
    const inputTokens = Buffer.byteLength(JSON.stringify([messages, shape])) + overheadTokens;
    return this.#priceOf({ inputTokens, outputTokens: model.limits.answerTokens });
  }

  #priceOf({ inputTokens, outputTokens }: TokenUsage): number {
    const { perMillionInputTokensUsd, perMillionOutputTokensUsd } = this.#entry.price;
    return (inputTokens * perMillionInputTokensUsd + outputTokens * perMillionOutputTokensUsd) / 1e6;
  }
}

function add({ calls, costUsd, ...before }: Spent, usage: TokenUsage, usd: number): Spent {
  return {
    calls: calls + 1,
    inputTokens: before.inputTokens + usage.inputTokens,
    outputTokens: before.outputTokens + usage.outputTokens,
    costUsd: roundUpUsd(costUsd + usd),
  };
}

/** Rounds up to a millionth. */
function roundUpUsd(usd: number): number {
  return Math.ceil(usd * 1e6 - 1e-6) / 1e6;
}
