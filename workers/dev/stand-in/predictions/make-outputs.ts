import { makeAlike } from '../drawing/make-alike.ts';
import { fileTypeOf } from '../drawing/content-types.ts';
import { fetchPicture, type ReadUpload } from '../drawing/fetch-picture.ts';
import {
  type GivenPictures,
  listedAddresses,
  pictureAddresses,
  planRenders,
} from '../drawing/plan-renders.ts';
import { findModel } from '../models/find-model.ts';
import type { Artist, Render } from '../drawing/artist.ts';
import type { RenderRequest } from '../drawing/render-request.ts';
import type { Drawing } from '../stand-in-options.ts';
import type { Fault, FaultOf } from '../faults/fault-schema.ts';
import type { ModelDescription, ModelInput } from '../models/model-description.ts';
import type { OutputFile, PredictionRecord } from './prediction-record.ts';

/** The tools that make outputs. */
export interface OutputTools {
  readonly artist: Artist;
  readonly readUpload: ReadUpload;
  readonly drawing: Drawing;
}

/** The outputs of a prediction, and the pictures that it received. */
export interface MadeOutputs {
  readonly outputs: readonly OutputFile[];
  readonly received: NonNullable<PredictionRecord['received']>;
}

/**
 * Draws a prediction's outputs, or the files that its faults put in their place.
 *
 * @throws Error worded as the prediction's `error` when its input cannot be drawn
 */
export async function makeOutputs(record: PredictionRecord, tools: OutputTools): Promise<MadeOutputs> {
  const model = findModel(record.model);
  if (model === undefined) throw new Error(`Model ${record.model} is not available any more`);
  const { pictures, received } = await readPictures(record.input, tools);
  const planned = planRenders({ model, input: record.input, pictures });
  const requests =
    tools.drawing === 'full' ? planned : planned.map((request) => makeAlike(request, tools.drawing));
  return { outputs: await drawOutputs(record, { model, requests, tools }), received };
}

async function drawOutputs(
  record: PredictionRecord,
  {
    model,
    requests,
    tools,
  }: { model: ModelDescription; requests: readonly RenderRequest[]; tools: OutputTools },
): Promise<OutputFile[]> {
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

/** Reads the pictures, which only full drawings need. */
async function readPictures(
  input: ModelInput,
  { drawing, readUpload }: OutputTools,
): Promise<{ pictures: GivenPictures } & Pick<MadeOutputs, 'received'>> {
  if (drawing !== 'full') return { pictures: {}, received: {} };
  const { first, last } = pictureAddresses(input);
  const listed = await Promise.all(
    Object.entries(listedAddresses(input)).map(async ([field, addresses]) => {
      const read = await Promise.all(addresses.map((address) => fetchPicture(address, readUpload)));
      return [field, read] as const;
    }),
  );
  return {
    pictures: {
      ...(first === undefined ? {} : { first: await fetchPicture(first, readUpload) }),
      ...(last === undefined ? {} : { last: await fetchPicture(last, readUpload) }),
      listed: listed.flatMap(([, read]) => read),
    },
    received: Object.fromEntries(listed.map(([field, read]) => [field, read.map(({ sha256 }) => sha256)])),
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

/** A real file of another kind than ordered: a picture for footage and music, a sound for a picture. */
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
