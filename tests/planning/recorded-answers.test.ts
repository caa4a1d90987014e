import { readdir, readFile } from 'node:fs/promises';

import { planVideo } from '../../activities/planning/plan-video.ts';
import { checkPlan } from './briefs/check-plan.ts';
import type { PlanFacts } from './briefs/plan-facts.ts';
import { briefOfCase, readBriefCases } from './briefs/plan-facts.ts';
import { interview } from './support/interview.ts';

/** Answers to a brief, and the expected result. */
interface AnswerCase {
  readonly name: string;
  /** A brief of the folder `briefs`. */
  readonly brief?: string;
  /** Or a brief of its own. */
  readonly case?: PlanFacts;
  readonly seconds: number;
  /** A description of the answers. */
  readonly is: string;
  readonly answers: readonly unknown[];
  /** Facts that a model may word differently from the brief. */
  readonly facts?: Partial<PlanFacts>;
  /** Whether the plan is checked against the checklist. Default: true. */
  readonly checked?: boolean;
  readonly expect: {
    readonly plannedBy: string;
    readonly calls: number;
    readonly fallback?: string;
    readonly cast?: readonly string[];
    readonly warnings?: readonly string[];
  };
}

const briefs = await readBriefCases();
const cases = await readCases();

test('there are answers of twelve kinds, good and bad', () => {
  expect(cases.length).toBeGreaterThanOrEqual(12);
});

test.each(cases.map((one) => ({ ...one, one })))('$name ($is)', async ({ one }) => {
  const facts = { ...(one.case ?? briefs.find(({ name }) => name === one.brief)), ...one.facts } as PlanFacts;
  const whole = briefOfCase(facts, one.seconds);
  const { draft, brief } = interview(one.answers.map(toText), { whole });

  const plan = planVideo(brief, await draft);

  const { plannedBy, calls, fallback, cast, warnings } = one.expect;
  expect(plan).toMatchObject({ plannedBy, planning: { calls } });
  if (one.checked !== false) expect(checkPlan(plan, facts)).toEqual([]);
  expect(plan.planning?.fallback ?? '').toContain(fallback ?? '');
  expect(plan.planning?.fallback === undefined).toBe(fallback === undefined);
  if (cast) expect(plan.cast.map(({ name }) => name)).toEqual(cast);
  if (fallback === undefined) expect(plan.warnings).toEqual(warnings ?? []);
});

function toText(answer: unknown): string {
  return typeof answer === 'string' ? answer : JSON.stringify(answer);
}

async function readCases(): Promise<AnswerCase[]> {
  const folder = new URL('answers/', import.meta.url);
  const files = (await readdir(folder)).filter((file) => file.endsWith('.json')).sort();
  return Promise.all(
    files.map(async (file) => {
      const content = JSON.parse(await readFile(new URL(file, folder), 'utf8')) as Omit<AnswerCase, 'name'>;
      return { ...content, name: file.replace('.json', '') };
    }),
  );
}
