import { verifyWebhook } from '../../activities/providers/replicate/verify-webhook.ts';

/** The example of the Standard Webhooks specification, which Replicate's signatures follow (read 2026-11-24). */
const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const headers = {
  'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
  'webhook-timestamp': '1614265330',
  'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
};
const body = Buffer.from('{"test": 2432232314}');
const nowMs = 1_614_265_330_000;

test('the published example is genuine', () => {
  expect(verifyWebhook(secret, { headers, body, nowMs })).toEqual({
    state: 'genuine',
    id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
  });
});

test.each([
  ['5 minutes later', 300_000, 'genuine'],
  ['5 minutes earlier', -300_000, 'genuine'],
  ['a millisecond more', 300_001, 'untimely'],
  ['a millisecond less', -300_001, 'untimely'],
])('a message that arrives %s is %s', (_what, byMs, state) => {
  expect(verifyWebhook(secret, { headers, body, nowMs: nowMs + byMs }).state).toBe(state);
});

test.each([
  ['another version', 'v2,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE='],
  ['no version', 'g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE='],
  ['half of it', 'v1,g0hM9SsE+OTPJTGt'],
  ['nothing', ''],
])('a signature of %s is forged', (_what, signature) => {
  const forged = { ...headers, 'webhook-signature': signature };

  expect(verifyWebhook(secret, { headers: forged, body, nowMs }).state).toBe('forged');
});
