/**
 * Runs one server and makes sure it ends with the process that started us, even if that one is killed by SIGKILL:
 * standard input is a pipe from the parent, and the kernel closes it whatever happens to the parent.
 *
 * Arguments: milliseconds between SIGTERM and SIGKILL, JSON list of files to remove afterwards, command, its
 * arguments. Must lead its own process group. File descriptor 3 receives how the server ended, as one line of JSON.
 * Plain JavaScript, so that it starts in 40 ms and needs no loader.
 */
import { spawn } from 'node:child_process';
import { rmSync, writeSync } from 'node:fs';

const [graceMs, leftovers, command, ...args] = process.argv.slice(2);
const server = spawn(command, args, { stdio: ['ignore', 'inherit', 'inherit'] });
let stopping = false;

server.once('error', (error) => end({ error: error.message }));
server.once('exit', (code, signal) => end({ code, signal }));

process.stdin.on('data', () => undefined);
process.stdin.once('close', stop);
process.stdin.once('error', stop);
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, stop);

function stop() {
  if (stopping) return;
  stopping = true;
  server.kill('SIGTERM');
  setTimeout(() => server.kill('SIGKILL'), Number(graceMs));
}

function end(outcome) {
  for (const file of JSON.parse(leftovers)) rmSync(file, { force: true });
  try {
    writeSync(3, `${JSON.stringify(outcome)}\n`);
  } catch {
    // The parent is gone and cannot read it.
  }
  // Kills the rest of the group: processes that the server left behind, and this one.
  process.kill(-process.pid, 'SIGKILL');
}
