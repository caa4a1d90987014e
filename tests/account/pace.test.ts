import fc from 'fast-check';

import { askForTurn } from '../../activities/account/ask-for-turn.ts';
import type { OrderAnswer } from '../../activities/account/note-answer.ts';
import { noteAnswer } from '../../activities/account/note-answer.ts';
import { freshPace } from '../../activities/account/fresh-pace.ts';
import type { Pace } from '../../domain/schemas/pace-schema.ts';
import type { Play } from './support/play-account.ts';
import { playAccount, startMs } from './support/play-account.ts';

const lowCredit: Play = { orders: 12, concurrency: 5, tokenMs: 10_000, burst: 1, answerMs: 60 };

const moment = (ms: number) => ({ earliestMs: startMs + ms, latestMs: startMs + ms });

/** The pace after an order that held the turn got this answer. */
function answered(pace: Pace, ms: number, answer: OrderAnswer): Pace {
  const asked = askForTurn(pace, moment(ms), 'me');
  const turn = asked.kind === 'turn' ? asked.pace : pace;
  return noteAnswer(turn, moment(ms), { holder: 'me', answer }) ?? turn;
}

const open: Pace = { ...freshPace, state: 'open', notBefore: startMs, acceptedAt: startMs };

test('an account with low credit wastes one order of twelve, and never has two on their way', () => {
  const { accepted, wasted, sent } = playAccount(lowCredit);

  expect({ accepted, wasted }).toEqual({ accepted: 12, wasted: 1 });
  const gaps = sent.slice(1).map(({ atMs }, index) => atMs - sent[index]!.atMs);
  expect(Math.min(...gaps.slice(1))).toBeGreaterThanOrEqual(9_900);
});

test('at most a tenth of all orders is wasted, however slow the host is and however many wait', () => {
  const plays = fc.record({
    orders: fc.integer({ min: 10, max: 400 }),
    concurrency: fc.integer({ min: 1, max: 8 }),
    tokenMs: fc.integer({ min: 1_000, max: 60_000 }),
    burst: fc.constant(1),
    answerMs: fc.integer({ min: 10, max: 500 }),
  });
  fc.assert(
    fc.property(plays, (play) => {
      const { accepted, wasted, sent } = playAccount(play);
      expect(accepted).toBe(play.orders);
      expect(wasted).toBeLessThanOrEqual(sent.length / 10);
    }),
    { numRuns: 60 },
  );
});

test('an account whose credit is topped up is open again soon', () => {
  const { pace, wasted } = playAccount({
    ...lowCredit,
    orders: 60,
    refuse: (order) => (order === 1 ? 10_000 : undefined),
  });

  expect(wasted).toBe(1);
  expect(pace.state).toBe('open');
});

test('two orders that are taken one by one open a fresh account', () => {
  const once = answered(freshPace, 0, { kind: 'accepted' });
  expect(once.state).toBe('careful');
  expect(answered(once, 100, { kind: 'accepted' }).state).toBe('open');
});

test('while one has the turn all others wait, until it is answered or its holder is given up', () => {
  const asked = askForTurn(freshPace, moment(0), 'me');
  const taken = asked.kind === 'turn' ? asked.pace : freshPace;

  expect(askForTurn(taken, moment(50), 'you').kind).toBe('wait');
  expect(askForTurn(taken, moment(15_000), 'you').kind).toBe('turn');
  const left = noteAnswer(taken, moment(60), { holder: 'me', answer: { kind: 'unused' } }) ?? taken;
  expect(askForTurn(left, moment(60), 'you').kind).toBe('turn');
});

test('after a 429 nobody orders before the host’s time is over, whatever else comes back meanwhile', () => {
  const answers = fc.constantFrom<OrderAnswer>(
    { kind: 'accepted' },
    { kind: 'unused' },
    { kind: 'other' },
    { kind: 'throttled', retryAfterMs: 1_000 },
  );
  fc.assert(
    fc.property(
      fc.array(answers, { maxLength: 20 }),
      fc.integer({ min: 500, max: 3_600_000 }),
      (late, ms) => {
        const throttled = { kind: 'throttled', retryAfterMs: ms } as const;
        let pace = noteAnswer(open, moment(0), { holder: 'first', answer: throttled }) ?? open;
        for (const [index, answer] of late.entries()) {
          pace = noteAnswer(pace, moment(index), { holder: `late-${index}`, answer }) ?? pace;
        }
        const justBefore = askForTurn(pace, moment(ms - 1), 'next');
        expect(justBefore).toMatchObject({ kind: 'wait', why: 'cooling' });
      },
    ),
  );
});

test('refusals of one burst are written down once', () => {
  const throttled = { kind: 'throttled', retryAfterMs: 7_000 } as const;
  const pace = noteAnswer(open, moment(0), { holder: 'first', answer: throttled }) ?? open;
  expect(noteAnswer(pace, moment(300), { holder: 'second', answer: throttled })).toBeUndefined();
});

test('an open account is written to every five minutes at most', () => {
  const accepted = { holder: 'me', answer: { kind: 'accepted' } } as const;
  expect(noteAnswer(open, moment(60_000), accepted)).toBeUndefined();
  expect(noteAnswer(open, moment(301_000), accepted)?.acceptedAt).toBe(startMs + 301_000);
});

test('an account that was idle for half an hour starts afresh, also one that was throttled', () => {
  const slow: Pace = { ...open, state: 'careful', periodMs: 10_000, left: 15, wanted: 20 };
  for (const pace of [open, slow]) {
    const asked = askForTurn(pace, moment(31 * 60_000), 'me');
    expect(asked).toMatchObject({ kind: 'turn', pace: { periodMs: 0, left: 2 } });
  }
});
