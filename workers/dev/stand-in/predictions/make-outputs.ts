import { cheapen } from '../drawing/cheapen.ts';
import { fileTypeOf } from '../drawing/content-types.ts';
import { fetchPicture, type ReadUpload } from '../drawing/fetch-picture.ts';
import { type GivenPictures, pictureAddresses, planRenders } from '../drawing/plan-renders.ts';
import { findModel } from '../models/find-model.ts';
import type { Artist, Render } from '../drawing/artist.ts';
import type { RenderRequest } from '../drawing/render-request.ts';
import type { Fault, FaultOf } from '../faults/fault-schema.ts';
import type { ModelDescription, ModelInput } from '../models/model-description.ts';
import type { OutputFile, PredictionRecord } from './prediction-record.ts';

/** What making outputs needs. */
export interface OutputTools {
  readonly artist: Artist;
  readonly readUpload: ReadUpload;
  readonly drawing: 'full' | 'cheap';
}

/**
 * Draws a prediction's outputs, or what its faults put in their place.
 *
 * @throws Error worded as the prediction's `error` when its input cannot be drawn
 */
export async function makeOutputs(record: PredictionRecord, tools: OutputTools): Promise<OutputFile[]> {
  const model = findModel(record.model);
  if (model === undefined) throw new Error(`Model ${record.model} is not available any more`);
  const requests = await planRequests(model, record.input, tools);
  const big = findFault(record, 'bigOutput');
  if (big !== undefined) return requests.map((request, index) => bigFile(request, { record, index, big }));
  const count = requests.length + (findFault(record, 'extraOutput')?.extra ?? 0);
  const wrong = findFault(record, 'wrongType');
  return Promise.all(
    Array.from({ length: count }, async (_, index) => {
      const request = requests[index] ?? requests[0];
      if (request === undefined) throw new Error(`Model ${model.name} was asked for no output`);
      const render = await tools.artist.draw(wrong === undefined ? request : otherKind(request));
      const type = fileTypeOf(request);
      const isMislabelled = wrong?.label === 'as-expected';
      return outputFile(isMislabelled ? { ...render, contentType: type.contentType } : render, {
        name: `${record.id}-${index}.${type.ending}`,
      });
    }),
  );
}

async function planRequests(
  model: ModelDescription,
  input: ModelInput,
  { drawing, readUpload }: OutputTools,
): Promise<readonly RenderRequest[]> {
  if (drawing === 'cheap') return planRenders({ model, input, pictures: {} }).map(cheapen);
  return planRenders({ model, input, pictures: await fetchPictures(input, readUpload) });
}

async function fetchPictures(input: ModelInput, readUpload: ReadUpload): Promise<GivenPictures> {
  const { first, last } = pictureAddresses(input);
  return {
    ...(first === undefined ? {} : { first: await fetchPicture(first, readUpload) }),
    ...(last === undefined ? {} : { last: await fetchPicture(last, readUpload) }),
  };
}

function outputFile(render: Render, { name }: { name: string }): OutputFile {
  const { fileName, sizeBytes, contentType, sha256 } = render;
  return { name, render: fileName, sizeBytes, contentType, etag: sha256.slice(0, 32) };
}

function bigFile(
  request: RenderRequest,
  { record, index, big }: { record: PredictionRecord; index: number; big: FaultOf<'bigOutput'> },
): OutputFile {
  const { ending, contentType } = fileTypeOf(request);
  const sizeBytes = Math.round(big.sizeMiB * 1024 * 1024);
  return { name: `${record.id}-${index}.${ending}`, sizeBytes, contentType, etag: `big-${sizeBytes}` };
}

/** A real file that is not what was asked for: a picture for footage and music, a sound for a picture. */
function otherKind(request: RenderRequest): RenderRequest {
  if (request.kind === 'still') {
    return { kind: 'score', durationSeconds: 1, sampleRate: 44_100, format: 'wav', seed: 'wrong' };
  }
  const picture = { width: 256, height: 144, words: 'not what was asked for', caption: '', seed: 'wrong' };
  return { kind: 'still', ...picture, format: 'png', quality: 90 };
}

function findFault<Type extends Fault['type']>(
  record: PredictionRecord,
  type: Type,
): FaultOf<Type> | undefined {
  return record.faults.find((fault): fault is FaultOf<Type> => fault.type === type);
}
