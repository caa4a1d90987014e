/** Starts the shipped local stack in the folder named first with the stand-in named second; then waits to be killed. */
import { join } from 'node:path';

import { loadDevConfig } from '../../../workers/configuration/dev-config.ts';
import { startLocalStack } from '../../../workers/dev/local-stack/start-local-stack.ts';
import { resolveTools } from '../../../workers/tools/resolve-tools.ts';

const [root = '', standInProgram = ''] = process.argv.slice(2);
const repository = join(import.meta.dirname, '..', '..', '..');
const config = await loadDevConfig(join(repository, 'temporal-dev.yaml'));
const tools = await resolveTools({ need: ['temporal', 'weed', 'ffmpeg', 'ffprobe'], root: repository });
await startLocalStack({ config, tools, env: {}, root, standInProgram });
process.stdout.write('started\n');
