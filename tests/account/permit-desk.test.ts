import fc from 'fast-check';

import { emptyDesk, PermitDesk } from '../../workflows/account/permit-desk.ts';
import type { LivePermit, PermitKind, PermitRequest } from '../../domain/permits.ts';

const limits = { stills: 3, chunks: 2 };

function request(permit: number, kind: PermitKind = 'stills', tenant = 'a'): PermitRequest {
  const videoId = `video-${permit % 5}`;
  return { permitId: `${videoId}/${kind}-${permit}`, videoId, kind, tenant, expiresAfterSeconds: 60 };
}

const ask = (desk: PermitDesk, ...requests: PermitRequest[]) => {
  const changes = requests.map((wanted) => ({ change: 'request', request: wanted }) as const);
  desk.change(changes, 0);
};
const giveBack = (desk: PermitDesk, permitId: string) => {
  desk.change([{ change: 'release', permitId }], 0);
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

/** Plays steps of any kind; `continue` hands the state to another desk by way of JSON. */
function play(played: readonly Step[], look: (desk: PermitDesk) => void): PermitDesk {
  let desk = new PermitDesk(emptyDesk(limits));
  let nowMs = 0;
  for (const { step, permit, kind, tenant } of played) {
    if (step !== 'continue') nowMs += 7_000;
    const wanted = request(permit, kind, tenant);
    const live = desk.state.live.filter(({ permitId }) => permitId === wanted.permitId);
    if (step === 'request') desk.change([{ change: 'request', request: wanted }], nowMs);
    else if (step === 'release') giveBack(desk, wanted.permitId);
    else if (step === 'grant') desk.grant(nowMs);
    else if (step === 'return') desk.returnGrants(live);
    else if (step === 'expire') desk.expire(nowMs);
    else desk = new PermitDesk(JSON.parse(JSON.stringify(desk.state)) as typeof desk.state);
    look(desk);
  }
  return desk;
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
      const desk = play(played, () => undefined);
      const waiting = desk.state.waiting.length;
      const served = new Set<string>();
      for (let round = 0; round <= waiting + 10; round += 1) {
        for (const permitId of idsOf(desk.grant(1e9))) served.add(permitId);
        for (const { permitId } of desk.state.live) giveBack(desk, permitId);
      }
      expect(served.size).toBeGreaterThanOrEqual(waiting);
      expect(desk.state).toEqual(emptyDesk(limits));
      expect(desk.hasGrants).toBe(false);
    }),
  );
});

test('a desk that went through JSON goes on as if nothing had happened', () => {
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
  const desk = new PermitDesk(emptyDesk({ stills: 1 }));
  ask(desk, ...Array.from({ length: 20 }, (_, permit) => request(permit)));
  const [first] = desk.grant(0);
  ask(desk, request(90, 'stills', 'b'), request(91, 'stills', 'b'));

  const order = [first?.tenant];
  for (let round = 0; round < 4; round += 1) {
    for (const { permitId } of desk.state.live) giveBack(desk, permitId);
    order.push(...desk.grant(0).map(({ tenant }) => tenant));
  }
  expect(order).toEqual(['a', 'a', 'b', 'a', 'b']);
});

test('within a tenant who came first goes first', () => {
  const desk = new PermitDesk(emptyDesk({ stills: 2 }));
  ask(desk, request(4), request(2), request(9));
  expect(idsOf(desk.grant(0))).toEqual(['video-4/stills-4', 'video-2/stills-2']);
});

test('a kind without a limit is granted at once', () => {
  const desk = new PermitDesk(emptyDesk({ chunks: 1 }));
  ask(desk, ...Array.from({ length: 30 }, (_, permit) => request(permit)));
  expect(desk.grant(0)).toHaveLength(30);
});

test('asking again for what one has is answered again, and takes no second permit', () => {
  const desk = new PermitDesk(emptyDesk({ stills: 1 }));
  ask(desk, request(1), request(1));
  desk.grant(0);
  ask(desk, request(1));
  expect(idsOf(desk.grant(0))).toEqual(['video-1/stills-1']);
  expect(desk.state.live).toHaveLength(1);
});

test('what a video holds from before is live, whatever the limits, and it is not told so', () => {
  const desk = new PermitDesk(emptyDesk({ stills: 1 }));
  ask(desk, ...[1, 2].map((permit) => ({ ...request(permit), isHeld: true })), request(3));
  expect(desk.grant(0)).toEqual([]);
  expect(desk.report('replicate')).toMatchObject({ live: [{}, {}], waiting: [{ tenant: 'a', count: 1 }] });
});

test('a video that cannot be told is gone: its permit is free and what it waited for is forgotten', () => {
  const desk = new PermitDesk(emptyDesk({ stills: 1 }));
  ask(desk, request(1), request(6), request(2));
  const granted = desk.grant(0);
  desk.returnGrants(granted);
  expect(idsOf(desk.grant(0))).toEqual(['video-2/stills-2']);
  expect(desk.state.waiting).toEqual([]);
});

test('a permit that nobody gives back ends by itself', () => {
  const desk = new PermitDesk(emptyDesk({ stills: 1 }));
  ask(desk, request(1), request(2));
  desk.grant(0);
  expect(desk.nextExpiryMs).toBe(60_000);
  expect(desk.expire(59_999)).toEqual([]);
  expect(idsOf(desk.expire(60_000))).toEqual(['video-1/stills-1']);
  expect(idsOf(desk.grant(60_000))).toEqual(['video-2/stills-2']);
});

test('a limit that is lowered ends nothing and grants nothing until there is room', () => {
  const desk = new PermitDesk(emptyDesk({ stills: 3 }));
  ask(desk, request(1), request(2), request(3), request(4));
  const held = idsOf(desk.grant(0));
  desk.setLimits({ stills: 1 });
  for (const permitId of held.slice(0, 2)) giveBack(desk, permitId);
  expect(desk.hasGrants).toBe(false);
  giveBack(desk, held[2] ?? '');
  expect(desk.grant(0)).toHaveLength(1);
});
