import { packageRoot } from '../setup/package-root.ts';
import { resolveTools } from '../tools/resolve-tools.ts';
import type { Environment } from '../../activities/runtime/read-variable.ts';
import { type Check, checkOne } from './check.ts';

/** Looks for the programs that workers run; installs nothing. */
export async function checkTools(env: Environment): Promise<Check[]> {
  const needed = ['ffmpeg', 'ffprobe'] as const;
  return Promise.all(
    needed.map((name) =>
      checkOne(name, async () => {
        const tools = await resolveTools({ need: [name], root: packageRoot(), env, install: false });
        return `${tools.versions[name]}, ${tools[name]} (${tools.sources[name]})`;
      }),
    ),
  );
}
