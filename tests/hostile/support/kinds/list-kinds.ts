import type { HostileCall } from '../hostile-call.ts';
import { sendJson } from '../hostile-call.ts';
import type { Answer, Expectation, HostileKind } from '../kind.ts';
import { refuseWith, takeAndReset } from './answers.ts';

const undecided = (words: RegExp): Expectation => ({ end: 'parked', type: 'NeedsReconcile', words });

/** A prediction of another video. */
function stranger(id: number, input: unknown = { prompt: `nothing of ours ${id}`, seed: id }) {
  return { id: `stranger${id}`, created_at: new Date().toISOString(), status: 'succeeded', input };
}

/** A page of other predictions that names a next page. */
function pageBefore(next: (call: HostileCall) => string | null): Answer {
  return (call) => {
    sendJson(call, { results: [stranger(call.nth)], next: next(call) });
  };
}

const here = ({ origin, request }: HostileCall) => `${origin}${request.url ?? ''}`;

/** Builds a kind whose order's answer is lost each time, so that the list decides. */
function lost(name: string, what: string, list: Answer) {
  return (expect: Expectation): HostileKind => ({
    name,
    what: `loses the answer to an order and ${what}`,
    unit: 'still',
    answers: { create: takeAndReset, list },
    expect,
    alone: true,
  });
}

/** Kinds that list recent predictions wrongly. */
export const listKinds: readonly HostileKind[] = [
  lost('list-loop', 'lists pages that lead to themselves', pageBefore(here))(undecided(/list/)),
  lost(
    'list-endless',
    'lists pages without an end',
    pageBefore((call) => `${here(call).split('&page=')[0] ?? ''}&page=${call.nth}`),
  )(undecided(/list/)),
  lost(
    'list-elsewhere',
    'lists a next page at another host',
    pageBefore(() => 'http://169.254.169.254/v1/predictions'),
  )({ end: 'waiting', words: /next page at http:\/\/169\.254\.169\.254/ }),
  lost(
    'list-no-address',
    'lists a next page that is not an address',
    pageBefore(() => 'the next one'),
  )({
    end: 'waiting',
    words: /next page/,
  }),
  lost('list-without-input', 'lists items without their input', (call) => {
    sendJson(call, { results: [stranger(1, undefined), stranger(2, {})], next: null });
  })(undecided(/no longer says what prediction/)),
  lost('list-absent', 'has no list', refuseWith(404))(undecided(/list does not exist/)),
  lost('list-huge', 'lists a page of 70 MiB', (call) => {
    sendJson(call, { results: [stranger(1, { prompt: 'x'.repeat(70 * 1024 * 1024) })], next: null });
  })({ end: 'waiting', words: /Listing recent predictions/ }),
];
