import type { Command } from 'commander';

import { countOf } from '../../../domain/count-of.ts';
import type { Release, Releases } from '../../releases/read-releases.ts';
import { exitCodes } from '../exit-codes.ts';
import { type CommonFlags, runCommand } from '../run-command.ts';
import { toColumns } from '../to-columns.ts';

interface DeploymentFlags extends CommonFlags {
  readonly name?: string;
}

/** `beatreel deployment` and `beatreel deployment promote` */
export function addDeploymentCommand(program: Command): void {
  const deployment = program
    .command('deployment')
    .description(
      'Print the releases of the workflows with their running work, and whether each can be stopped.',
    )
    .option(
      '--name <deployment>',
      'name of the deployment; default TEMPORAL_DEPLOYMENT_NAME, else the queue prefix',
    )
    .option('--json', 'print one JSON document')
    .action(({ name, json = false }: DeploymentFlags) =>
      runCommand({ json }, async ({ connect, output }) => {
        const client = await connect();
        const found = await client.releases(name);
        output.result(found, describe(found).join('\n'));
        return exitCodes.ok;
      }),
    );
  deployment
    .command('promote')
    .description('Make a release the current one: it takes new videos, and those that wait for a person.')
    .argument('<build-id>', 'TEMPORAL_WORKER_BUILD_ID of its orchestrators')
    .action((buildId: string, _own: unknown, command: Command) => {
      const { name, json = false } = command.optsWithGlobals<DeploymentFlags>();
      return runCommand({ json }, async ({ connect, output }) => {
        const client = await connect();
        const promoted = await client.promote(buildId, name);
        output.result(
          promoted,
          [
            `Release ${buildId} of ${promoted.deployment} is current, and takes new videos.`,
            `${countOf(promoted.told, 'running video')} heard of it: one that waits for a person has moved, any other moves when it waits.`,
            ...(promoted.left > 0
              ? [`${promoted.left} are not ready to move yet; run this again later.`]
              : []),
            'See what older releases still run: beatreel deployment',
          ].join('\n'),
        );
        return exitCodes.ok;
      });
    });
}

function describe({ deployment, releases, unversioned }: Releases): string[] {
  const without =
    unversioned === 0
      ? []
      : [`${countOf(unversioned, 'video')} without a release: workers without a build id serve them.`];
  if (releases.length === 0)
    return [
      ...without,
      `No orchestrator of ${deployment} has a build id: workflows are served without releases.`,
    ];
  return [
    ...toColumns([['RELEASE', 'STATE', 'VIDEOS', 'ACCOUNTS', 'WORKERS'], ...releases.map(row)]),
    ...without,
  ];
}

function row({ buildId, state, videos, accounts, canStop }: Release): string[] {
  return [buildId, state, String(videos), String(accounts), canStop ? 'can be stopped' : 'needed'];
}
