import { BeatreelFailure } from '../../../domain/beatreel-failure.ts';
import { describeRefusal, isDamaged, isTolerated, noDamage, type Damage } from './tolerated-damage.ts';

export interface DamageableWork {
  /** Completes the sentence "Could not …". */
  readonly task: string;
  /** @param passesDamage whether to go on past what cannot be decoded */
  readonly make: (passesDamage: boolean) => Promise<unknown>;
  /** Measures the damage; undefined when it cannot be measured. */
  readonly measure: () => Promise<Damage | undefined>;
}

/**
 * Makes something of a file that may be damaged. At first any damage ends the work, so that an intact file always gives
 * the same bytes; after that the damage is measured, and a little of it is passed over.
 *
 * @returns the damage passed over
 * @throws BeatreelFailure `MediaToolFailed` where more is damaged, or where something else went wrong
 */
export async function makePastDamage({ task, make, measure }: DamageableWork): Promise<Damage> {
  try {
    await make(false);
    return noDamage;
  } catch (failure) {
    if (!isOfTool(failure)) throw failure;
    const damage = await measure().catch((error: unknown) => {
      if (isOfTool(error)) throw failure;
      throw error;
    });
    if (damage === undefined || !isDamaged(damage)) throw failure;
    if (!isTolerated(damage)) {
      const reason = `Could not ${task}: ${describeRefusal(damage)}`;
      throw new BeatreelFailure('MediaToolFailed', reason, { cause: failure, details: { ...damage } });
    }
    await make(true);
    return damage;
  }
}

function isOfTool(error: unknown): boolean {
  return error instanceof BeatreelFailure && error.type === 'MediaToolFailed';
}
