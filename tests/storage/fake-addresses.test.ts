import { allowListPolicy, parseAllowList, publicAddressPolicy } from '../../storage/output-address.ts';
import { createSafeAgent } from '../../storage/safe-agent.ts';
import { safeGet } from '../../storage/safe-request.ts';

/** Reads from a name with these addresses and returns the error; an allowed read is stopped. */
async function read(addresses: readonly string[], allowsFakeAddresses: boolean): Promise<unknown> {
  const stop = new AbortController();
  const agent = createSafeAgent({
    allowsFakeAddresses,
    resolve: (_hostname, _options, callback) => {
      callback(
        null,
        addresses.map((address) => ({ address, family: 4 })),
      );
      setImmediate(() => {
        stop.abort(new Error('let through'));
      });
    },
  });
  const get = { address: 'https://pictures.example.com/x', signal: stop.signal };
  const end: unknown = await safeGet({ agent, policy: publicAddressPolicy }, get).catch(
    (error: unknown) => error,
  );
  await agent.close();
  return end;
}

test('a name that leads to 198.18.0.0/15 is refused, and the switch for proxies is named', async () => {
  expect(await read(['198.18.0.7'], false)).toMatchObject({
    type: 'InvalidRequest',
    message: expect.stringContaining('BEATREEL_DNS_198_18=allow') as string,
  });
});

test('with the switch it is let through, and no other private address is', async () => {
  expect(await read(['198.19.255.7'], true)).not.toMatchObject({ type: 'InvalidRequest' });
  expect(await read(['198.18.0.7', '10.0.0.1'], true)).toMatchObject({
    type: 'InvalidRequest',
    message: expect.not.stringContaining('BEATREEL_DNS_198_18') as string,
  });
});

test('a host that is refused is named with what lets it in', () => {
  const policy = allowListPolicy(parseAllowList('cdn.example.com'));

  expect(() => policy.admit(new URL('https://new.example.org/a?b'))).toThrow(
    'by OUTPUT_HOSTS="+new.example.org"',
  );
});
