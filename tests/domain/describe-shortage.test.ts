import { describeShortage } from '../../domain/describe-shortage.ts';

const plan = { highestUsd: 1.56, scoreUsd: 0.2, waits: true };

test.each([
  ['no budget', {}, undefined],
  ['enough', { budgetUsd: 1.56 }, undefined],
  [
    'less than the music needs',
    { budgetUsd: 1.501 },
    'The plan may cost up to $1.56, and the budget is $1.501: where the footage costs its highest price, the video is made without music.',
  ],
  [
    'less than the footage needs',
    { budgetUsd: 1.3 },
    /budget is \$1\.30: the video stops and waits for more money/,
  ],
  [
    'the same, and nobody to wait for',
    { budgetUsd: 1.3, waits: false },
    /budget is \$1\.30: the video fails when/,
  ],
])('of a budget that is %s, people hear what happens', (_what, changes, sentence) => {
  const told = describeShortage({ ...plan, ...changes });
  if (sentence instanceof RegExp) expect(told).toMatch(sentence);
  else expect(told).toBe(sentence);
});
