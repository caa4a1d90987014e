import { runCli } from '../client/support/run-cli.ts';
import { briefOf } from '../support/briefs.ts';
import { startFleet } from '../support/start-fleet.ts';
import { accountOf } from './support/account-of.ts';

test('the account command says who holds permits, who waits, and how fast may be ordered', async () => {
  const fleet = await startFleet({ account: { concurrentStills: 1 } });
  try {
    fleet.standIn.control.setBarrier({ kind: 'still' });
    const video = await fleet.startVideo(briefOf(2, { tenant: 'acme' }));
    await fleet.standIn.control.waitFor({ held: 1 });
    const known = Object.entries(process.env).filter(([name]) => /^(TEMPORAL|S3|AWS)_/.test(name));
    const env = {
      ...Object.fromEntries(known.map(([name, value]) => [name, value ?? ''])),
      BEATREEL_QUEUE_PREFIX: fleet.settings.queues.prefix,
    };
    const { account } = fleet.dependencies.hosts.get('replicate');

    const unknown = await runCli(env, ['account', 'nobody']);
    expect(unknown).toMatchObject({ exitCode: 2, stdout: '' });
    expect(unknown.stderr).toContain('"nobody" is not a host of the catalogue: one of replicate, minimax.');
    const [json, words] = await Promise.all([
      runCli(env, ['account', '--json']),
      runCli(env, ['account', 'replicate']),
    ]);

    expect(json.json()).toMatchObject({
      host: 'replicate',
      permits: {
        limits: { stills: 1 },
        live: [{ permitId: `${video.id}/still-b1`, tenant: 'acme' }],
        waiting: [{ kind: 'stills', tenant: 'acme', count: 1 }],
      },
      paces: expect.arrayContaining([expect.objectContaining({ account, state: 'careful' })]) as unknown,
    });
    expect(words.stdout).toContain(`${account}: one order at a time`);
    expect(words.stdout).toContain('limits: 1 still, any number of chunks at a time');
    expect(words.stdout).toContain('1 still of tenant acme waiting');
    await video.end();
    await accountOf(fleet).handle.terminate();
  } finally {
    await fleet.close();
  }
});
