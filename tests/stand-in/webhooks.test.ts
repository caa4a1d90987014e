import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import type { IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { models, withStandIn } from './stand-in-harness.ts';
import type { Body } from './stand-in-harness.ts';

interface ReceivedWebhook {
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  readonly body: Body;
  readonly atMs: number;
}

/** A server that takes webhooks, or refuses the first ones. */
async function withReceiver(
  test: (receiver: {
    url: string;
    received: ReceivedWebhook[];
    until: (count: number) => Promise<void>;
  }) => Promise<void>,
  { refuseFirst = 0 } = {},
): Promise<void> {
  const received: ReceivedWebhook[] = [];
  let look = (): void => undefined;
  let refused = 0;
  const server = createServer((request, response) => {
    if (refused < refuseFirst) {
      refused += 1;
      request.socket.resetAndDestroy();
      return;
    }
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const text = Buffer.concat(chunks).toString();
      received.push({ headers: request.headers, text, body: JSON.parse(text) as Body, atMs: Date.now() });
      response.end();
      look();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const until = (count: number): Promise<void> =>
    new Promise((resolve) => {
      look = () => {
        if (received.length >= count) resolve();
      };
      look();
    });
  try {
    await test({
      url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook?key=1`,
      received,
      until,
    });
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}

function createWith(webhook: string, events?: readonly string[]): object {
  return {
    input: { prompt: 'a harbour' },
    webhook,
    ...(events === undefined ? {} : { webhook_events_filter: events }),
  };
}

const path = `/v1/models/${models.still}/predictions`;

test('a webhook carries the prediction and a signature that its secret explains', async () => {
  await withReceiver(async ({ url, received, until }) => {
    await withStandIn({}, async (api) => {
      const { json } = await api.send('POST', path, { body: createWith(url, ['completed']) });
      await until(1);
      const { headers, text, body } = received[0]!;
      expect(body).toEqual((await api.send('GET', json.urls.get)).json);
      const { key } = (await api.send('GET', '/v1/webhooks/default/secret')).json;
      const secret = Buffer.from(key.replace(/^whsec_/, ''), 'base64');
      const signed = `${String(headers['webhook-id'])}.${String(headers['webhook-timestamp'])}.${text}`;
      const expected = createHmac('sha256', secret).update(signed).digest('base64');
      expect(headers['webhook-signature']).toBe(`v1,${expected}`);
      expect(Math.abs(Date.now() / 1000 - Number(headers['webhook-timestamp']))).toBeLessThan(300);
    });
  });
});

test('start and completed are sent in order, unless the filter wants one of them', async () => {
  await withReceiver(async ({ url, received, until }) => {
    await withStandIn({}, async (api, { control }) => {
      control.setBarrier();
      await api.send('POST', path, { body: createWith(url) });
      await until(1);
      control.release();
      await until(2);
      expect(received.map(({ body }) => body.status)).toEqual(['processing', 'succeeded']);
      await api.send('POST', path, { body: createWith(url, ['completed']) });
      await until(3);
      expect(received.map(({ body }) => body.status)).toEqual(['processing', 'succeeded', 'succeeded']);
    });
  });
});

test('a webhook that nobody took is sent again with the same id', async () => {
  await withReceiver(
    async ({ url, received, until }) => {
      await withStandIn({ webhookRetryMs: [1, 1, 1] }, async (api) => {
        await api.send('POST', path, { body: createWith(url, ['completed']) });
        await until(1);
        expect(received).toHaveLength(1);
      });
    },
    { refuseFirst: 2 },
  );
});

test('a webhook can be doubled, late, lost or overtaken', async () => {
  await withReceiver(async ({ url, received, until }) => {
    await withStandIn({}, async (api, { control }) => {
      const completed = createWith(url, ['completed']);
      control.setFaults([{ fault: { type: 'webhookDoubled' } }]);
      await api.send('POST', path, { body: completed });
      await until(2);
      expect(received[0]!.headers['webhook-id']).toBe(received[1]!.headers['webhook-id']);

      control.setFaults([
        { fault: { type: 'webhookLost' } },
        { match: { nth: 2 }, fault: { type: 'webhookLate', seconds: 0.2 } },
      ]);
      const lost = (await api.send('POST', path, { body: completed })).json;
      await api.finished(lost.id);
      const late = (await api.send('POST', path, { body: completed })).json;
      await until(3);
      expect(received[2]!.body.id).toBe(late.id);
      expect(received[2]!.atMs - Date.parse(received[2]!.body.completed_at)).toBeGreaterThanOrEqual(199);

      control.setFaults([{ match: { event: 'start' }, fault: { type: 'webhookOutOfOrder' } }]);
      await api.send('POST', path, { body: createWith(url) });
      await until(5);
      expect(received.slice(3).map(({ body }) => body.status)).toEqual(['succeeded', 'processing']);
    });
  });
});
