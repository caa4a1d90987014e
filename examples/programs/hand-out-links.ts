/**
 * A web service that starts videos and hands out links to them. No request waits for a video.
 *
 *   POST /videos {"prompt":"A brass lamp","requestId":"order-4711"}   202 {"videoId":"…"}
 *   GET  /videos/ID                                                   200 {"status":"running","phase":"chunks"}
 *                                                                     200 {"status":"succeeded","url":"https://…"}
 */
import { createServer, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';

import { BeatreelClient, BeatreelError } from 'beatreel-client';

interface Answer {
  readonly status: number;
  readonly body: unknown;
}

const client = await BeatreelClient.connect();

async function answer(request: IncomingMessage): Promise<Answer> {
  const [, folder, videoId] = (request.url ?? '').split('/');
  if (folder !== 'videos') return { status: 404, body: { error: 'not found' } };
  if (request.method === 'POST') {
    const { prompt, requestId } = JSON.parse(await text(request)) as { prompt: string; requestId: string };
    const music = { enabled: false };
    const brief = { prompt, requestId, durationSeconds: 5, aspectRatio: '1:1', music } as const;
    return { status: 202, body: { videoId: (await client.start(brief)).videoId } };
  }
  const { status, phase, reason } = await client.status(videoId ?? '');
  if (status !== 'succeeded') return { status: 200, body: { status, phase, reason } };
  // Anybody who has the address may read the file for ten minutes: it belongs into no log.
  const { url } = await client.videoUrl(videoId ?? '', { expiresInSeconds: 600 });
  return { status: 200, body: { status, url } };
}

function toProblem(error: unknown): Answer {
  if (error instanceof SyntaxError) return { status: 400, body: { error: 'send JSON' } };
  if (!(error instanceof BeatreelError)) return { status: 500, body: { error: 'unexpected' } };
  const status = { VideoNotFound: 404, InvalidBrief: 422, ServerBusy: 503, ServerUnreachable: 503 }[
    error.code
  ];
  return { status: status ?? 500, body: { error: error.message, code: error.code } };
}

const server = createServer((request, response) => {
  void answer(request)
    .catch(toProblem)
    .then(({ status, body }) => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    });
});
server.listen(Number(process.env['PORT'] ?? 8080), '127.0.0.1', () => {
  console.log(JSON.stringify(server.address()));
});
process.once('SIGTERM', () => {
  server.close();
  server.closeAllConnections();
  void client.close();
});
