import type { DoubtfulAnswer } from '../../domain/beliefs.ts';
import { failureTypes } from '../../domain/failure-types.ts';
import { BeatreelFailure } from '../../domain/beatreel-failure.ts';

/** The host's own record says that it no longer has the output, or knows no such prediction. Believed when it repeats. */
export class OutputGone extends BeatreelFailure {
  readonly answer: Extract<DoubtfulAnswer, 'outputRemoved' | 'unknownPrediction'>;

  constructor(answer: OutputGone['answer'], message: string) {
    super(failureTypes.providerUnavailable, message);
    this.answer = answer;
  }
}
