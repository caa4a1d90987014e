import { describeEstimate } from '../../client/cli/describe-estimate.ts';
import { beatOf, estimateOf } from './support/estimate-of.ts';

test('an estimate of the built-in planner names the start that makes that very storyboard', () => {
  expect(describeEstimate(estimateOf())).toMatch(/This very storyboard: .*--video-id priced$/);
});

test('an estimate shows of every beat its time, length, title, prompts and pictures', () => {
  const beats = [beatOf(0), beatOf(1, { line: 'Remember.', references: ['https://own.example/lamp.png'] })];
  const text = describeEstimate(
    estimateOf({ beats, logline: 'A lamp wakes.', warnings: ['In no beat: “3”.'] }),
  );

  expect(text).toMatch(/^A lamp: 8 s in 2 beats, planned by built-in, template plain$/m);
  expect(text).toMatch(/^story +A lamp wakes\.$/m);
  expect(text).toMatch(/^cast +Lamp: a brass lamp with a green shade$/m);
  expect(text).toMatch(
    new RegExp(
      [
        '^Beat 1 {2}5–8 s \\(3 s, 1 chunk\\), moment: Moment 1',
        ' {2}still +Picture 1',
        ' {2}motion +Movement 1',
        ' {2}shows +Lamp',
        ' {2}line +Remember\\.',
        ' {2}reference +https://own\\.example/lamp\\.png$',
      ].join('\\n'),
      'm',
    ),
  );
  expect(text).toContain('In no beat: “3”.');
});

test('words of a plan cannot move the cursor', () => {
  const beats = [beatOf(0, { title: 'A\u001b[2J', stillPrompt: 'B\nC\u0007' })];

  expect(describeEstimate(estimateOf({ beats }))).not.toMatch(/[\u0007\u001b]|B\n/);
});

test('an estimate of a language model says that it was not asked, and promises no storyboard', () => {
  const { phases } = estimateOf();
  const plan = { phase: 'plan', model: 'thinker', units: 1, unitUsd: 0.1, costUsd: 0.1 } as const;
  const text = describeEstimate(
    estimateOf({ plannedBy: 'thinker', beatsMayDiffer: true, phases: [plan, ...phases], highestUsd: 0.106 }),
  );

  expect(text).toMatch(/^plan +thinker +1 +\$0\.10 +\$0\.10$/m);
  expect(text).toMatch(/thinker was not asked: .*beats.*may differ\.$/);
  expect(text).not.toContain('This very storyboard');
});
