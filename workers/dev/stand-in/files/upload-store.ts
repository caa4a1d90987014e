import { randomBytes } from 'node:crypto';
import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sha256 } from '../sha256.ts';

/** An uploaded file, without its bytes. Times are milliseconds since 1970. */
export interface Upload {
  readonly id: string;
  readonly contentType: string;
  readonly sizeBytes: number;
  readonly sha256: string;
  readonly metadata: unknown;
  readonly createdAt: number;
}

/** The uploads of the files API, on disk. */
export class UploadStore {
  readonly #folder: string;
  readonly #uploads = new Map<string, Upload>();

  private constructor(folder: string, uploads: readonly Upload[]) {
    this.#folder = folder;
    for (const upload of uploads) this.#uploads.set(upload.id, upload);
  }

  static async open(stateFolder: string): Promise<UploadStore> {
    const folder = join(stateFolder, 'uploads');
    await mkdir(folder, { recursive: true });
    const names = (await readdir(folder)).filter((name) => name.endsWith('.json'));
    const texts = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
    const uploads = texts.filter((text) => text.endsWith('\n')).map((text) => JSON.parse(text) as Upload);
    return new UploadStore(
      folder,
      uploads.toSorted((a, b) => a.createdAt - b.createdAt),
    );
  }

  /** Keeps a file; its description is written last, so that a kill leaves all of it or nothing. */
  async add(
    content: Buffer,
    { contentType, metadata }: { contentType: string; metadata: unknown },
  ): Promise<Upload> {
    const upload = {
      id: randomBytes(16).toString('hex').slice(0, 26),
      contentType,
      sizeBytes: content.length,
      sha256: sha256(content),
      metadata,
      createdAt: Date.now(),
    };
    await writeFile(join(this.#folder, upload.id), content, { flush: true });
    await writeFile(join(this.#folder, `${upload.id}.json`), `${JSON.stringify(upload)}\n`, { flush: true });
    this.#uploads.set(upload.id, upload);
    return upload;
  }

  get(id: string): Upload | undefined {
    return this.#uploads.get(id);
  }

  /** Newest first. */
  all(): readonly Upload[] {
    return [...this.#uploads.values()].toReversed();
  }

  /** The bytes of an upload; undefined when there is none of this id. */
  async read(id: string): Promise<Buffer | undefined> {
    return this.#uploads.has(id) ? readFile(join(this.#folder, id)) : undefined;
  }

  async remove(id: string): Promise<void> {
    this.#uploads.delete(id);
    await rm(join(this.#folder, `${id}.json`), { force: true });
    await rm(join(this.#folder, id), { force: true });
  }
}
