/**
 * Makes a fresh checkout runnable, then becomes the wanted program:
 * `node workers/setup/setup.mjs workers/dev/demo/main.ts --json`.
 *
 * The program runs in this very process, so signals, standard streams and the exit code need no forwarding and
 * nothing can be left behind. Flags for Node itself go before this file's name. Plain JavaScript without
 * dependencies, because it runs before any is installed.
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const lockfile = join(root, 'package-lock.json');
const modules = join(root, 'node_modules');
const stampFile = join(modules, '.beatreel-lock-sha256');
const stateFolder = join(root, '.beatreel');
const setupLock = join(stateFolder, 'setup.lock');

// Otherwise the SDK warns at every start; `engines` and the README name the needed Node.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';

refuseOldNode();
await installPackages();
await becomeProgram(process.argv.slice(2));

/** Refuses a Node before 20.19, the first that Temporal, undici and the test runner all support. */
function refuseOldNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  fail(
    `Beatreel needs Node 20.19 or later; this is Node ${process.versions.node}. Install a newer Node, then run it again.`,
  );
}

async function installPackages() {
  if (isInstalled()) return;
  const release = await takeSetupLock();
  try {
    if (!isInstalled()) await runNpmCi();
  } finally {
    release();
  }
}

/** Whether node_modules matches the lockfile, whoever installed it. */
function isInstalled() {
  const wanted = lockfileHash();
  if (readText(stampFile)?.trim() === wanted) return true;
  if (!installedByHand()) return false;
  writeFileSync(stampFile, `${wanted}\n`);
  return true;
}

function lockfileHash() {
  const text = readText(lockfile);
  if (text === undefined)
    fail(`${lockfile} is missing, so the packages cannot be installed. Restore it from the repository.`);
  return createHash('sha256').update(text).digest('hex');
}

/** Whether a plain `npm ci`, also with `--omit=dev`, installed the packages: npm's hidden lockfile lists them. */
function installedByHand() {
  const hidden = readText(join(modules, '.package-lock.json'));
  if (hidden === undefined) return false;
  const installed = JSON.parse(hidden).packages ?? {};
  const withDev = Object.values(installed).some((entry) => entry.dev === true);
  const isWanted = (entry) =>
    entry.optional !== true && entry.devOptional !== true && (withDev || entry.dev !== true);
  return Object.entries(JSON.parse(readText(lockfile)).packages ?? {})
    .filter(([path, entry]) => path !== '' && isWanted(entry))
    .every(([path, entry]) => installed[path]?.version === entry.version && existsSync(join(root, path)));
}

/** Two installations into one folder destroy each other; the second waits here and then finds the work done. */
async function takeSetupLock() {
  mkdirSync(stateFolder, { recursive: true, mode: 0o700 });
  chmodSync(stateFolder, 0o700);
  for (;;) {
    try {
      writeFileSync(setupLock, String(process.pid), { flag: 'wx' });
      return () => rmSync(setupLock, { force: true });
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
      if (isAbandoned()) rmSync(setupLock, { force: true });
      else await new Promise((wake) => setTimeout(wake, 200));
    }
  }
}

/** Whether the lock's process is gone, or the lock so old that its process id must belong to another process. */
function isAbandoned() {
  const age = Date.now() - (statSync(setupLock, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
  const owner = readText(setupLock);
  // The lock was released, or its process has created it and not yet written into it.
  if (!owner) return age > 15 * 60_000;
  return age > 15 * 60_000 || !isAlive(Number(owner));
}

function isAlive(pid) {
  if (!Number.isInteger(pid) || pid <= 0 || pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/**
 * Installs packages without their scripts, which none of them needs. npm writes to standard error only, so that a
 * program with `--json` keeps its standard output to itself.
 */
async function runNpmCi() {
  process.stderr.write('Installing packages (once)\n');
  const [command, ...args] = npmCommand();
  let npm;
  const forward = (signal) => npm.kill(signal);
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  // Installed before npm starts, so that no signal is missed.
  for (const signal of signals) process.on(signal, forward);
  npm = spawn(command, [...args, 'ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
  });
  const end = await new Promise((settle) => {
    npm.once('error', (error) => settle({ error }));
    npm.once('exit', (code, signal) => settle({ code, signal }));
  });
  for (const signal of signals) process.off(signal, forward);
  if (end.signal) process.kill(process.pid, end.signal);
  if (end.error) fail(`npm could not be started (${end.error.message}). Install npm, which comes with Node.`);
  if (end.code !== 0)
    fail(
      `\`npm ci\` in ${root} ended with code ${end.code}; its message is above. Fix that, then run it again.`,
    );
  mkdirSync(modules, { recursive: true });
  writeFileSync(stampFile, `${lockfileHash()}\n`);
}

/** Under `npm run` the npm that runs us, else the one on PATH. */
function npmCommand() {
  const running = process.env.npm_execpath;
  return running && basename(running) === 'npm-cli.js' ? [process.execPath, running] : ['npm'];
}

async function becomeProgram([program, ...args]) {
  if (program === undefined) return;
  const path = resolve(root, program);
  if (!existsSync(path)) fail(`${path} does not exist, so it cannot be run.`);
  process.argv = [process.execPath, path, ...args];
  if (path.endsWith('.ts')) await import('./typescript.mjs');
  await import(pathToFileURL(path).href);
}

function readText(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined;
    throw error;
  }
}

function fail(message) {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}
