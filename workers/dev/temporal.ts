import { execa } from 'execa';

import { packageRoot } from '../setup/package-root.ts';
import { resolveTools } from '../tools/resolve-tools.ts';
import { findRunningStack } from './running-stack.ts';

/** `npm run temporal -- ARGS…`: the Temporal CLI that Beatreel uses, pointed at the running stack. */
const root = packageRoot();
const { temporal } = await resolveTools({ need: ['temporal'], root });
const env = findRunningStack(root) ?? {};
const { exitCode } = await execa(temporal, process.argv.slice(2), { stdio: 'inherit', env, reject: false });
process.exitCode = exitCode ?? 1;
