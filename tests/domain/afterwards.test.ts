import { afterwards } from '../../domain/afterwards.ts';
import { BeatreelFailure } from '../../domain/beatreel-failure.ts';

const first = new BeatreelFailure('ContentRejected', 'The host refused the picture.');

test('a clean-up that fails decides, and says what it cleaned up after', async () => {
  const cleanUp = () =>
    Promise.reject(new BeatreelFailure('ProviderUnavailable', 'The store is away.', { retryAfterMs: 7 }));

  await expect(afterwards(first, cleanUp)).rejects.toMatchObject({
    type: 'ProviderUnavailable',
    message: 'The host refused the picture. After that: The store is away.',
    retryAfterMs: 7,
    cause: first,
  });
});

test('a cancellation of the clean-up passes as it is', async () => {
  const canceled = new Error('Canceled');

  await expect(afterwards(first, () => Promise.reject(canceled))).rejects.toBe(canceled);
});
