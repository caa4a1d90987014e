import { mkdir, open, readFile, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { sha256 } from '../sha256.ts';
import { fileTypeOf } from './content-types.ts';
import { drawClip } from './draw-clip.ts';
import { drawScore } from './draw-score.ts';
import { drawStill } from './draw-still.ts';
import { Ffmpeg } from './ffmpeg.ts';
import type { RenderRequest } from './render-request.ts';

/** A finished file in the renders folder. */
export interface Render {
  readonly fileName: string;
  readonly sizeBytes: number;
  readonly contentType: string;
  /** Lower-case hex. */
  readonly sha256: string;
}

/** Draws requests into files, each different request once. */
export class Artist {
  readonly #folder: string;
  readonly #ffmpeg: Ffmpeg;
  readonly #renders = new Map<string, Promise<Render>>();

  private constructor(folder: string, ffmpeg: Ffmpeg) {
    this.#folder = folder;
    this.#ffmpeg = ffmpeg;
  }

  /** Prepares the folder `renders`, and removes drawings that a kill left unfinished. */
  static async open(folder: string, ffmpegPath: string): Promise<Artist> {
    const renders = join(folder, 'renders');
    await mkdir(renders, { recursive: true });
    const unfinished = (await readdir(renders)).filter((name) => name.startsWith('unfinished-'));
    await Promise.all(unfinished.map((name) => rm(join(renders, name), { force: true })));
    return new Artist(renders, new Ffmpeg(ffmpegPath));
  }

  /** Returns the finished file for a request, an existing or a new one. */
  async draw(request: RenderRequest): Promise<Render> {
    const key = keyOf(request);
    const known = this.#renders.get(key);
    if (known !== undefined) return known;
    const render = this.#draw(request, key);
    this.#renders.set(key, render);
    render.catch(() => this.#renders.delete(key));
    return render;
  }

  pathOf(fileName: string): string {
    return join(this.#folder, fileName);
  }

  /** Deletes a file that no prediction needs any more; the same request draws it anew. */
  async discard(fileName: string): Promise<void> {
    this.#renders.delete(fileName.split('.')[0] ?? '');
    await rm(this.pathOf(fileName), { force: true });
  }

  /** Ends every drawing. */
  async close(): Promise<void> {
    await this.#ffmpeg.close();
    await Promise.allSettled(this.#renders.values());
  }

  async #draw(request: RenderRequest, key: string): Promise<Render> {
    const { ending, contentType } = fileTypeOf(request);
    const fileName = `${key}.${ending}`;
    const unfinished = this.pathOf(`unfinished-${fileName}`);
    const scratch = this.pathOf(`unfinished-${key}`);
    const tools = { ffmpeg: this.#ffmpeg, scratch };
    try {
      if (request.kind === 'still') await drawStill(request, unfinished, tools);
      else if (request.kind === 'clip') await drawClip(request, unfinished, tools);
      else await drawScore(request, unfinished, tools);
      await syncFile(unfinished);
      await rename(unfinished, this.pathOf(fileName));
    } finally {
      await this.#removeScratch(key);
    }
    const bytes = await readFile(this.pathOf(fileName));
    return { fileName, sizeBytes: bytes.length, contentType, sha256: sha256(bytes) };
  }

  async #removeScratch(key: string): Promise<void> {
    const left = (await readdir(this.#folder)).filter((name) => name.startsWith(`unfinished-${key}`));
    await Promise.all(left.map((name) => rm(join(this.#folder, name), { force: true })));
  }
}

/** The key of a request; pictures count by their hash. */
function keyOf(request: RenderRequest): string {
  const text = JSON.stringify(request, (name, value: unknown) => (name === 'bytes' ? undefined : value));
  return sha256(text).slice(0, 40);
}

async function syncFile(path: string): Promise<void> {
  const file = await open(path, 'r');
  await file.sync();
  await file.close();
}
