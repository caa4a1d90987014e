import type { FailureType } from '../../../domain/failure-types.ts';
import type { HostileCall } from './hostile-call.ts';

/** The calls of a worker to a host. */
export type Operation = 'create' | 'look' | 'list' | 'output' | 'cancel';

export type UnitKind = 'still' | 'clip' | 'score';

/** Answers one call, wrongly or not. */
export type Answer = (call: HostileCall) => Promise<void> | void;

/** The expected end of a kind's video, or its expected state. */
export type Expectation =
  | { readonly end: 'finished' }
  /** It waits for a person, with these words. */
  | { readonly end: 'parked'; readonly type: FailureType; readonly words: RegExp }
  /** It goes on by itself later, and meanwhile names its reason in these words. */
  | { readonly end: 'waiting'; readonly words: RegExp }
  | { readonly end: 'refused'; readonly words: RegExp }
  /** It was cancelled as soon as its prediction was live. */
  | { readonly end: 'canceled' };

/** One way in which a host misbehaves, all else being right. */
export interface HostileKind {
  /** Unique; the host recognises its video by it. */
  readonly name: string;
  /** Completes the sentence "The host …". */
  readonly what: string;
  /** The unit whose calls are answered wrongly; the other units of the video are served well. */
  readonly unit: UnitKind;
  readonly answers: Partial<Readonly<Record<Operation, Answer>>>;
  readonly expect: Expectation;
  /**
   * Whether no other kind may use its account meanwhile, because it stalls the account, needs the list to itself, or
   * has its memory measured. Default: false.
   */
  readonly alone?: boolean;
}
