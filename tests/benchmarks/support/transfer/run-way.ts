import { fileURLToPath } from 'node:url';

import { execa } from 'execa';
import { z } from 'zod';

import type { OtherTool } from './other-tools.ts';

/** The figures of one run of one way. */
const runSchema = z.object({
  seconds: z.number(),
  /** Memory of the largest process of the way. */
  peakMiB: z.number(),
  cpuSeconds: z.number(),
});

export type WayRun = z.output<typeof runSchema>;

/** One file, or several copies of it at once, from a source into a store. */
export interface Journey {
  readonly address: string;
  readonly sizeMiB: number;
  readonly keys: readonly string[];
  /** The variables that name the store. */
  readonly env: Readonly<Record<string, string>>;
}

/** Runs a way written in Node; its time covers the transfer without the start of the program. */
export async function runNodeWay(way: string, { address, keys, env }: Journey): Promise<WayRun> {
  const file = fileURLToPath(new URL('node-way-program.ts', import.meta.url));
  const { stdout } = await execa(process.execPath, [...typescriptFlags, file, way, address, ...keys], {
    env: { ...env, NODE_NO_WARNINGS: '1', AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' },
  });
  return runSchema.parse(JSON.parse(stdout));
}

/** Runs another program, one process for each key; its time includes the start of the program. */
export async function runOtherTool(
  { script }: OtherTool,
  toolFolder: string,
  journey: Journey,
): Promise<WayRun> {
  const runs = await Promise.all(
    journey.keys.map(async (key) => {
      const { stdout } = await execa('python3', ['-c', measuringProgram, 'sh', '-c', script], {
        env: {
          ...journey.env,
          ADDRESS: journey.address,
          KEY: key,
          SIZE_BYTES: String(journey.sizeMiB * 1024 * 1024),
          TOOL: toolFolder,
          PYTHONPATH: toolFolder,
          AWS_DEFAULT_REGION: 'us-east-1',
          AWS_EC2_METADATA_DISABLED: 'true',
        },
      });
      return runSchema.parse(JSON.parse(stdout));
    }),
  );
  return {
    seconds: Math.max(...runs.map(({ seconds }) => seconds)),
    peakMiB: runs.reduce((sum, { peakMiB }) => sum + peakMiB, 0),
    cpuSeconds: runs.reduce((sum, { cpuSeconds }) => sum + cpuSeconds, 0),
  };
}

/** A Python program, because Node cannot read the resource usage of ended children. */
const measuringProgram = `
import json, resource, subprocess, sys, time
started = time.monotonic()
subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL)
seconds = time.monotonic() - started
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(json.dumps({"seconds": seconds, "peakMiB": used.ru_maxrss / 1024, "cpuSeconds": used.ru_utime + used.ru_stime}))
`;
import { typescriptFlags } from '../../../../workers/setup/typescript-flags.ts';
