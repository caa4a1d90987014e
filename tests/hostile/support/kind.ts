import type { FailureType } from '../../../domain/failure-types.ts';
import type { HostileCall } from './hostile-call.ts';

/** What a worker asks a host for. */
export type Operation = 'create' | 'look' | 'list' | 'output' | 'cancel';

export type UnitKind = 'still' | 'clip' | 'score';

/** Answers one call, wrongly or not. */
export type Answer = (call: HostileCall) => Promise<void> | void;

/** How a video of a kind must end, or where it must stand when it is looked at. */
export type Expectation =
  | { readonly end: 'finished' }
  /** A person decides, by these words. */
  | { readonly end: 'parked'; readonly type: FailureType; readonly words: RegExp }
  /** It goes on by itself later, and says meanwhile what it waits for. */
  | { readonly end: 'waiting'; readonly words: RegExp }
  | { readonly end: 'refused'; readonly words: RegExp }
  /** Somebody cancelled it as soon as its prediction was live. */
  | { readonly end: 'canceled' };

/** One way in which a host can be wrong, everything else being right. */
export interface HostileKind {
  /** Unique; told apart at the host by it. */
  readonly name: string;
  /** Completes the sentence "The host …". */
  readonly what: string;
  /** Whose calls are answered wrongly; the other units of the video are served well. */
  readonly unit: UnitKind;
  readonly answers: Partial<Readonly<Record<Operation, Answer>>>;
  readonly expect: Expectation;
  /**
   * It stalls the whole account, is told by a list, or takes memory that is to be measured: no other kind may use its
   * account meanwhile. Default: false.
   */
  readonly alone?: boolean;
}
