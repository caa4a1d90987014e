import { registeredHosts } from '../../activities/providers/registry.ts';
import { openHosts } from '../../workers/open-hosts.ts';
import { readHostSetups } from '../../workers/configuration/read-host-setups.ts';

const keys = { REPLICATE_API_TOKEN: 'r8_a', MINIMAX_API_KEY: 'sk-a' };

test('with a key for every host all of them can be asked', async () => {
  const { hosts, close } = openHosts(readHostSetups(keys));

  for (const { name } of registeredHosts) {
    expect([name, hosts.get(name).name, hosts.whyMissing(name)]).toEqual([name, name, undefined]);
  }
  await close();
});

test.each([
  ['REPLICATE_API_TOKEN', 'minimax', 'replicate'],
  ['MINIMAX_API_KEY', 'replicate', 'minimax'],
] as const)(
  'without %s a worker serves %s, and says of %s what is missing',
  async (variable, served, missing) => {
    const { hosts, close } = openHosts(readHostSetups({ ...keys, [variable]: '' }));

    expect(hosts.get(served).name).toBe(served);
    expect(hosts.whyMissing(missing)).toMatch(new RegExp(`^${variable} is not set\\. It is needed to order`));
    expect(() => hosts.get(missing)).toThrow(variable);
    await close();
  },
);

test('without any key a worker does not start, and hears of every variable', () => {
  expect(() => readHostSetups({})).toThrow(/REPLICATE_API_TOKEN is not set.*MINIMAX_API_KEY is not set/);
});

test('two keys of a host are two accounts, and a name of neither opens them', async () => {
  const accounts = ['sk-one', 'sk-two'].map((key) => {
    const { hosts, close } = openHosts(readHostSetups({ MINIMAX_API_KEY: key }));
    return { account: hosts.get('minimax').account, close };
  });

  expect(new Set(accounts.map(({ account }) => account)).size).toBe(2);
  for (const { account } of accounts) expect(account).toMatch(/^minimax-[0-9a-f]{12}$/);
  await Promise.all(accounts.map(({ close }) => close()));
});
