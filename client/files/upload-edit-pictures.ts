import type { Edit } from '../../domain/edits/edit.ts';
import { isLocalPath } from '../../domain/schemas/brief-pictures.ts';
import { describeProblems } from '../../domain/schemas/check-brief.ts';
import { revisionKey } from '../../domain/revision.ts';
import { InvalidBrief } from '../errors/invalid-brief.ts';
import { NotAccepted } from '../errors/not-accepted.ts';
import type { FileStore } from './file-store.ts';
import { readLocalPicture } from './read-local-picture.ts';
import { upload } from './upload-pictures.ts';

/**
 * Uploads local pictures of edits into the bucket, among the uploads of the video's tenant.
 *
 * @returns the edits with the keys of the objects
 * @throws NotAccepted for a file that is missing, too large, or not a PNG, JPEG or WebP picture
 */
export async function uploadEditPictures(
  files: FileStore,
  videoId: string,
  edits: readonly Edit[],
): Promise<readonly Edit[]> {
  const uploaded: Edit[] = [];
  for (const [index, edit] of edits.entries()) {
    if (edit.op !== 'picture' || typeof edit.image !== 'string' || !isLocalPath(edit.image)) {
      uploaded.push(edit);
      continue;
    }
    const picture = await readLocalPicture(edit.image, `edits[${index}].image`).catch((error: unknown) => {
      if (!(error instanceof InvalidBrief)) throw error;
      const { problems } = error;
      throw new NotAccepted(videoId, `the change. ${describeProblems(problems, 'It has')}`, { cause: error });
    });
    uploaded.push({ ...edit, image: await upload(files, picture, await tenantOf(files, videoId)) });
  }
  return uploaded;
}

/** @returns undefined without such a video; the change itself is refused later, with that reason */
async function tenantOf(files: FileStore, videoId: string): Promise<string | undefined> {
  const stored = await files.use((store) => store.getJson(revisionKey(videoId, 1)));
  const { brief } = (stored?.value ?? {}) as { readonly brief?: { readonly tenant?: string } };
  return brief?.tenant;
}
