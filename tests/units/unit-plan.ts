import type { BoughtPlan } from '../../workflows/units/bought-plan.ts';
import type { TakeScript } from './fake-host.ts';
import { FakeHost } from './fake-host.ts';

const model = (name: string) => ({ name, host: 'h', highestPriceUsd: 1 });
/** A still that two models can make. */
export const plan: BoughtPlan = {
  place: { medium: 'still', beat: 'b1', chunk: 0 },
  models: [model('first'), model('second')],
  summary: 'still 1/1',
  wantedKey: (words = 'a bloody lamp') => words,
  describe: ({ seed, words = 'a bloody lamp' }) => ({
    kind: 'still',
    prompt: words,
    seed,
    aspectRatio: '16:9',
  }),
};

/** A host whose takes follow the scripts in order; every later take succeeds. */
export function hostOf(
  scripts: readonly TakeScript[],
  options: ConstructorParameters<typeof FakeHost>[1] = {},
) {
  return new FakeHost((take) => scripts[Number(take.split('-t')[1])] ?? {}, options);
}
