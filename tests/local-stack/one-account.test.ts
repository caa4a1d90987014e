import { nameAccount } from '../../activities/providers/name-account.ts';
import { withStack } from './with-stack.ts';
import { withTemporaryFolder } from './temporary-folder.ts';

test('a stack that is started again orders from the same account, and leaves none behind', async () => {
  await withTemporaryFolder(async (root) => {
    const accountOf = () =>
      withStack({ root, standInProgram: undefined }, ({ env }) =>
        nameAccount('replicate', {
          baseUrl: env['REPLICATE_BASE_URL'] ?? '',
          token: env['REPLICATE_API_TOKEN'] ?? '',
        }),
      );

    expect(await accountOf()).toBe(await accountOf());
  });
});
