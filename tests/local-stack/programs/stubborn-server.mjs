/** Ignores SIGTERM and has a child, whose process id it prints; ends only on SIGKILL. */
import { spawn } from 'node:child_process';

process.on('SIGTERM', () => process.stdout.write('ignored SIGTERM\n'));
const child = spawn(process.execPath, ['-e', 'setInterval(() => undefined, 1000)'], { stdio: 'ignore' });
process.stdout.write(`${JSON.stringify({ pids: [process.pid, child.pid] })}\n`);
setInterval(() => undefined, 1000);
