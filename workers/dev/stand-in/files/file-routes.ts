import { type Exchange, readBody, sendJson } from '../http/exchange.ts';
import { ApiProblem, notFound } from '../http/api-problem.ts';
import type { Route } from '../http/stand-in-server.ts';
import type { Upload, UploadStore } from './upload-store.ts';

const largestBytes = 100 * 1024 * 1024;
const lifeMs = 24 * 3600 * 1000;

/** The files API: upload, list, describe, download and delete. */
export function fileRoutes(uploads: UploadStore, origin: () => string): Route[] {
  const find = (exchange: Exchange): Upload => {
    const upload = uploads.get(exchange.params['id'] ?? '');
    if (upload === undefined) throw notFound('file');
    return upload;
  };
  return [
    {
      method: 'POST',
      path: '/v1/files',
      handle: async (exchange) => {
        const upload = await receive(exchange, uploads);
        sendJson(exchange, present(upload, origin()), { status: 201 });
      },
    },
    {
      method: 'GET',
      path: '/v1/files',
      handle: (exchange) => {
        const results = uploads.all().map((upload) => present(upload, origin()));
        sendJson(exchange, { previous: null, next: null, results });
      },
    },
    {
      method: 'GET',
      path: '/v1/files/:id',
      handle: (exchange) => {
        sendJson(exchange, present(find(exchange), origin()));
      },
    },
    {
      method: 'GET',
      path: '/v1/files/:id/download',
      handle: async (exchange) => {
        const { id, contentType, sizeBytes } = find(exchange);
        exchange.response.writeHead(200, { 'content-type': contentType, 'content-length': sizeBytes });
        exchange.response.end(await uploads.read(id));
      },
    },
    {
      method: 'DELETE',
      path: '/v1/files/:id',
      handle: async (exchange) => {
        await uploads.remove(find(exchange).id);
        exchange.response.writeHead(204).end();
      },
    },
  ];
}

/** Reads an upload that an input names by its address: `/v1/files/<id>`, with or without `/download`. */
export async function readUploadByAddress(
  address: URL,
  uploads: UploadStore,
  origin: string,
): Promise<Buffer | undefined> {
  const id = /^\/v1\/files\/([a-z0-9]+)(?:\/download)?$/.exec(address.pathname)?.[1];
  return id === undefined || address.origin !== origin ? undefined : uploads.read(id);
}

async function receive(exchange: Exchange, uploads: UploadStore): Promise<Upload> {
  const form = await readForm(exchange);
  const file = form.get('content');
  if (file === null || typeof file === 'string') {
    throw new ApiProblem(400, 'Bad request', {
      detail: 'Missing content: send the file as the form field "content".',
    });
  }
  if (file.size > largestBytes) {
    throw new ApiProblem(413, 'Content Too Large', { detail: 'Files must be less than 100MB in size' });
  }
  const type = (await readText(form.get('type'))) ?? file.type;
  return uploads.add(Buffer.from(await file.arrayBuffer()), {
    contentType: type === '' ? 'application/octet-stream' : type,
    metadata: readMetadata(await readText(form.get('metadata'))),
  });
}

async function readForm(exchange: Exchange): Promise<FormData> {
  const body = await readBody(exchange);
  const headers = { 'content-type': exchange.request.headers['content-type'] ?? '' };
  try {
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- for large forms of strangers; these are small, and ours
    return await new Response(body, { headers }).formData();
  } catch {
    throw new ApiProblem(400, 'Bad request', {
      detail: 'The request body is not valid multipart/form-data.',
    });
  }
}

/** A field of text, which some clients send as a file. */
async function readText(field: ReturnType<FormData['get']>): Promise<string | undefined> {
  return field === null || typeof field === 'string' ? (field ?? undefined) : field.text();
}

function readMetadata(text = '{}'): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new ApiProblem(422, 'Invalid metadata', { detail: 'The form field "metadata" is not valid JSON.' });
  }
}

function present(upload: Upload, origin: string): Record<string, unknown> {
  return {
    id: upload.id,
    content_type: upload.contentType,
    size: upload.sizeBytes,
    checksums: { sha256: upload.sha256 },
    metadata: upload.metadata,
    created_at: new Date(upload.createdAt).toISOString(),
    expires_at: new Date(upload.createdAt + lifeMs).toISOString(),
    urls: { get: `${origin}/v1/files/${upload.id}` },
  };
}
