import { describeEstimate } from '../../client/cli/describe-estimate.ts';
import type { Estimate } from '../../workflows/domain/estimate.ts';

const estimate: Estimate = {
  videoId: 'priced',
  title: 'A lamp',
  durationSeconds: 5,
  plannedBy: 'built-in',
  beats: [{ beat: 0, title: 'Opening', startSeconds: 0, keptSeconds: 5, chunks: 1 }],
  phases: [{ phase: 'storyboard', model: 'flux', units: 1, unitUsd: 0.003, costUsd: 0.003 }],
  highestUsd: 0.003,
};

test('an estimate of the built-in planner names the start that makes that very storyboard', () => {
  expect(describeEstimate(estimate)).toMatch(/This very storyboard: .*--video-id priced$/);
});

test('an estimate of a language model says that it was not asked, and promises no storyboard', () => {
  const plan = { phase: 'plan', model: 'thinker', units: 1, unitUsd: 0.1, costUsd: 0.1 } as const;
  const text = describeEstimate({
    ...estimate,
    plannedBy: 'thinker',
    beatsMayDiffer: true,
    phases: [plan, ...estimate.phases],
    highestUsd: 0.103,
  });

  expect(text).toMatch(/^plan +thinker +1 +\$0\.100 +\$0\.100$/m);
  expect(text).toMatch(/thinker was not asked: .*beats.*may differ\.$/);
  expect(text).not.toContain('This very storyboard');
});
