/** Starts the program named by its first argument as a server logging to the second, then waits to be killed. */
import { startServerProcess } from '../../../workers/dev/local-stack/processes/start-server-process.ts';

const [program = '', logFile = ''] = process.argv.slice(2);
const env = { PATH: process.env['PATH'] ?? '' };
const command = process.execPath;
const server = startServerProcess({
  name: 'The server',
  command,
  args: [program],
  cwd: '/',
  env,
  logFile,
  graceMs: 200,
});
process.stdout.write(`${server.groupId}\n`);
