import fc from 'fast-check';

import { noPermits, AccountPermits } from '../../workflows/account/account-permits.ts';
import type { LivePermit, PermitKind, PermitRequest } from '../../domain/permits.ts';

const limits = { stills: 3, chunks: 2 };

function request(permit: number, kind: PermitKind = 'stills', tenant = 'a'): PermitRequest {
  const videoId = `video-${permit % 5}`;
  return { permitId: `${videoId}/${kind}-${permit}`, videoId, kind, tenant, expiresAfterSeconds: 60 };
}

const ask = (permits: AccountPermits, ...requests: PermitRequest[]) => {
  const changes = requests.map((wanted) => ({ change: 'request', request: wanted }) as const);
  permits.change(changes, 0);
};
const giveBack = (permits: AccountPermits, permitId: string) => {
  permits.change([{ change: 'release', permitId }], 0);
};
const idsOf = (permits: readonly LivePermit[]) => permits.map(({ permitId }) => permitId);

type Step =
  | {
      readonly step: 'request' | 'release' | 'return';
      readonly permit: number;
      readonly kind: PermitKind;
      readonly tenant: string;
    }
  | {
      readonly step: 'grant' | 'expire' | 'continue';
      readonly permit: number;
      readonly kind: PermitKind;
      readonly tenant: string;
    };

const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.record({
    step: fc.constantFrom('request', 'request', 'release', 'grant', 'return', 'expire', 'continue'),
    permit: fc.integer({ min: 0, max: 12 }),
    kind: fc.constantFrom<PermitKind>('stills', 'chunks'),
    tenant: fc.constantFrom('a', 'b', 'c'),
  }),
  { maxLength: 120 },
);

/** Plays steps of any kind; `continue` hands the permits to the next run by way of JSON. */
function play(played: readonly Step[], look: (permits: AccountPermits) => void): AccountPermits {
  let permits = new AccountPermits(noPermits(limits));
  let nowMs = 0;
  for (const { step, permit, kind, tenant } of played) {
    if (step !== 'continue') nowMs += 7_000;
    const wanted = request(permit, kind, tenant);
    const live = permits.state.live.filter(({ permitId }) => permitId === wanted.permitId);
    if (step === 'request') permits.change([{ change: 'request', request: wanted }], nowMs);
    else if (step === 'release') giveBack(permits, wanted.permitId);
    else if (step === 'grant') permits.grant(nowMs);
    else if (step === 'return') permits.returnGrants(live);
    else if (step === 'expire') permits.expire(nowMs);
    else permits = new AccountPermits(JSON.parse(JSON.stringify(permits.state)) as typeof permits.state);
    look(permits);
  }
  return permits;
}

test('no more permits are live than the limits allow, and none both waits and is live', () => {
  fc.assert(
    fc.property(steps, (played) => {
      play(played, ({ state: { live, waiting } }) => {
        for (const kind of ['stills', 'chunks'] as const)
          expect(live.filter((permit) => permit.kind === kind).length).toBeLessThanOrEqual(limits[kind]);
        const ids = [...live, ...waiting].map(({ permitId }) => permitId);
        expect(new Set(ids).size).toBe(ids.length);
      });
    }),
  );
});

test('whatever happened, everyone who waits is served once room is made, and nothing is left in the end', () => {
  fc.assert(
    fc.property(steps, (played) => {
      const permits = play(played, () => undefined);
      const waiting = permits.state.waiting.length;
      const served = new Set<string>();
      for (let round = 0; round <= waiting + 10; round += 1) {
        for (const permitId of idsOf(permits.grant(1e9))) served.add(permitId);
        for (const { permitId } of permits.state.live) giveBack(permits, permitId);
      }
      expect(served.size).toBeGreaterThanOrEqual(waiting);
      expect(permits.state).toEqual(noPermits(limits));
      expect(permits.hasGrants).toBe(false);
    }),
  );
});

test('permits that went through JSON go on as if nothing had happened', () => {
  fc.assert(
    fc.property(steps, (played) => {
      const without = played.filter(({ step }) => step !== 'continue');
      const often = without.flatMap((step): Step[] => [step, { ...step, step: 'continue' }]);
      const plain = play(without, () => undefined);
      const other = play(often, () => undefined);
      expect(other.state).toEqual(plain.state);
    }),
  );
});

test('tenants take turns: one that comes late is served by the second permit that gets free', () => {
  const permits = new AccountPermits(noPermits({ stills: 1 }));
  ask(permits, ...Array.from({ length: 20 }, (_, permit) => request(permit)));
  const [first] = permits.grant(0);
  ask(permits, request(90, 'stills', 'b'), request(91, 'stills', 'b'));

  const order = [first?.tenant];
  for (let round = 0; round < 4; round += 1) {
    for (const { permitId } of permits.state.live) giveBack(permits, permitId);
    order.push(...permits.grant(0).map(({ tenant }) => tenant));
  }
  expect(order).toEqual(['a', 'a', 'b', 'a', 'b']);
});

test('within a tenant who came first goes first', () => {
  const permits = new AccountPermits(noPermits({ stills: 2 }));
  ask(permits, request(4), request(2), request(9));
  expect(idsOf(permits.grant(0))).toEqual(['video-4/stills-4', 'video-2/stills-2']);
});

test('a kind without a limit is granted at once', () => {
  const permits = new AccountPermits(noPermits({ chunks: 1 }));
  ask(permits, ...Array.from({ length: 30 }, (_, permit) => request(permit)));
  expect(permits.grant(0)).toHaveLength(30);
});

test('asking again for what one has is answered again, and takes no second permit', () => {
  const permits = new AccountPermits(noPermits({ stills: 1 }));
  ask(permits, request(1), request(1));
  permits.grant(0);
  ask(permits, request(1));
  expect(idsOf(permits.grant(0))).toEqual(['video-1/stills-1']);
  expect(permits.state.live).toHaveLength(1);
});

test('permits that a video already holds are live, whatever the limits, and are not granted again', () => {
  const permits = new AccountPermits(noPermits({ stills: 1 }));
  ask(permits, ...[1, 2].map((permit) => ({ ...request(permit), isHeld: true })), request(3));
  expect(permits.grant(0)).toEqual([]);
  expect(permits.report('replicate')).toMatchObject({ live: [{}, {}], waiting: [{ tenant: 'a', count: 1 }] });
});

test('a video that cannot be told is gone: its permit is free and what it waited for is forgotten', () => {
  const permits = new AccountPermits(noPermits({ stills: 1 }));
  ask(permits, request(1), request(6), request(2));
  const granted = permits.grant(0);
  permits.returnGrants(granted);
  expect(idsOf(permits.grant(0))).toEqual(['video-2/stills-2']);
  expect(permits.state.waiting).toEqual([]);
});

test('a permit that nobody gives back ends by itself', () => {
  const permits = new AccountPermits(noPermits({ stills: 1 }));
  ask(permits, request(1), request(2));
  permits.grant(0);
  expect(permits.nextExpiryMs).toBe(60_000);
  expect(permits.expire(59_999)).toEqual([]);
  expect(idsOf(permits.expire(60_000))).toEqual(['video-1/stills-1']);
  expect(idsOf(permits.grant(60_000))).toEqual(['video-2/stills-2']);
});

test('a limit that is lowered ends nothing and grants nothing until there is room', () => {
  const permits = new AccountPermits(noPermits({ stills: 3 }));
  ask(permits, request(1), request(2), request(3), request(4));
  const held = idsOf(permits.grant(0));
  permits.setLimits({ stills: 1 });
  for (const permitId of held.slice(0, 2)) giveBack(permits, permitId);
  expect(permits.hasGrants).toBe(false);
  giveBack(permits, held[2] ?? '');
  expect(permits.grant(0)).toHaveLength(1);
});
