import { createHostSecret } from '../../workers/webhooks/host-secret.ts';

test('the host is asked once, however many webhooks come at once', async () => {
  let asked = 0;
  const secret = createHostSecret(undefined, () => {
    asked += 1;
    return Promise.resolve('whsec_a');
  });

  expect(await Promise.all([secret.read(), secret.read()])).toEqual(['whsec_a', 'whsec_a']);
  expect(await secret.read()).toBe('whsec_a');
  expect(asked).toBe(1);
});

test('a host that did not answer is asked again', async () => {
  const answers = [Promise.reject(new Error('No answer.')), Promise.resolve('whsec_a')];
  const secret = createHostSecret(
    undefined,
    () => answers.shift() ?? Promise.reject(new Error('Asked again.')),
  );

  await expect(secret.read()).rejects.toThrow('No answer.');
  expect(await secret.read()).toBe('whsec_a');
});

test('a secret that was changed at the host is learned, once a minute at most', async () => {
  const now = performance.now.bind(performance);
  const answers = ['whsec_a', 'whsec_b', 'whsec_c'];
  const secret = createHostSecret(undefined, () => Promise.resolve(answers.shift() ?? ''));
  await secret.read();
  expect(await secret.readChanged()).toBeUndefined();
  performance.now = () => now() + 61_000;
  try {
    expect(await secret.readChanged()).toBe('whsec_b');
    expect(await secret.readChanged()).toBeUndefined();
    expect(await secret.read()).toBe('whsec_b');
  } finally {
    performance.now = now;
  }
});

test('a secret of the environment is not asked for', async () => {
  const secret = createHostSecret('whsec_given', () => Promise.reject(new Error('Asked.')));

  expect(await secret.read()).toBe('whsec_given');
  expect(await secret.readChanged()).toBeUndefined();
});
