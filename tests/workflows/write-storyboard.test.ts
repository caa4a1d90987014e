import { Treasury } from '../../domain/treasury.ts';
import type { PlanningReport, Storyboard } from '../../domain/storyboard.ts';
import { writeStoryboard } from '../../workflows/phases/write-storyboard.ts';
import { MadeUnit } from '../../workflows/units/made-unit.ts';
import { createBrief } from '../planning/support/create-brief.ts';

const languageModel = { name: 'thinker', host: 'chat-completions', highestPriceUsd: 0.1 };

test('the highest price of a plan is set aside while the model is asked, and what it cost takes its place', async () => {
  const { treasury, unit, warnings } = await write({
    budgetUsd: 1,
    costUsd: 0.02,
    asked: (money) => {
      expect(money.report()).toMatchObject({ reservedUsd: 0.1, spentUsd: 0 });
    },
  });

  expect(treasury.report()).toEqual({ capUsd: 1, spentUsd: 0.02, reservedUsd: 0, waiting: [] });
  expect(unit.report()).toMatchObject({ status: 'succeeded', costUsd: 0.02 });
  expect(warnings).toEqual([]);
});

test('a plan that cost more than its highest price stops what costs money until a person has seen it', async () => {
  const { treasury, warnings } = await write({ budgetUsd: 1, costUsd: 0.3 });

  expect(treasury.report()).toMatchObject({
    spentUsd: 0.3,
    halted: expect.stringContaining('$0.30') as string,
  });
  expect(warnings).toEqual([expect.stringContaining('billed $0.30 for the plan with thinker') as string]);
});

test('without a budget it is a warning alone', async () => {
  const { treasury, warnings } = await write({ costUsd: 0.3 });

  expect(treasury.report().halted).toBeUndefined();
  expect(warnings).toHaveLength(1);
});

test('parts of the brief that the plan left out are a warning of the video', async () => {
  const { warnings } = await write({ costUsd: 0, leftOut: ['Left out: “the moon”'] });

  expect(warnings).toEqual(['Left out: “the moon”']);
});

test('a budget that has no money for a plan ends the video before anybody is asked', async () => {
  let questions = 0;
  const asked = () => {
    questions += 1;
  };

  await expect(write({ budgetUsd: 0.05, costUsd: 0, asked })).rejects.toMatchObject({
    type: 'BudgetExceeded',
  });

  expect(questions).toBe(0);
});

interface Writing {
  /** The warnings of the plan. */
  readonly leftOut?: readonly string[];
  readonly budgetUsd?: number;
  readonly costUsd: number;
  /** Called when the planner is called. */
  readonly asked?: (treasury: Treasury) => void;
}

async function write({ budgetUsd, costUsd, leftOut = [], asked = () => undefined }: Writing) {
  const plain = createBrief();
  const brief = {
    ...plain,
    models: { ...plain.models, planner: 'thinker', languageModel },
    limits: { ...plain.limits, ...(budgetUsd === undefined ? {} : { budgetUsd }) },
  };
  const warnings: string[] = [];
  const unit = storyboardUnit();
  const treasury = new Treasury(budgetUsd);
  const planning: PlanningReport = { model: 'thinker', calls: 1, inputTokens: 1, outputTokens: 1, costUsd };
  const storyboard: Storyboard = {
    template: { name: 'plain', reason: 'Nothing says otherwise.' },
    cast: [],
    beats: [],
    durationSeconds: 15,
    musicPrompt: 'Piano',
    estimateUsd: 1,
    plannedBy: 'thinker',
    warnings: leftOut,
    planning,
  };
  const planStoryboard = () => {
    asked(treasury);
    return Promise.resolve(storyboard);
  };
  const warn = (sentence: string) => {
    warnings.push(sentence);
  };
  await writeStoryboard({ warn, storyboard: unit, activities: { planStoryboard } }, brief, treasury);
  return { treasury, unit, warnings };
}

function storyboardUnit(): MadeUnit<object> {
  const ports = { changed: () => undefined, whileDraining: () => undefined, readFailure: rethrow };
  return new MadeUnit<object>({ medium: 'storyboard', beat: '', chunk: 0 }, ports, () => undefined);
}

function rethrow(error: unknown): never {
  throw error;
}
