import { once } from 'node:events';
import { createServer, request as httpRequest } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A proxy to the S3 server that loses answers: calls take effect, but their answers never arrive. */
export interface ForgetfulRoad {
  readonly origin: string;
  /** Loses the answers to the next writes of the chosen keys. */
  loseAnswers(count: number, isLost: (key: string) => boolean): void;
  /** The number of answers lost so far. */
  lost(): number;
  stop(): Promise<void>;
}

/** Forwards requests to an origin on this machine. Host stays as the client signed it. */
export async function startForgetfulRoad(origin: string): Promise<ForgetfulRoad> {
  let left = 0;
  let lost = 0;
  let isLost: (key: string) => boolean = () => false;
  const { hostname, port } = new URL(origin);
  const server = createServer((near, answer) => {
    const { method, url: path = '/', headers } = near;
    const far = httpRequest({ hostname, port, method, path, headers }, (response) => {
      const key = decodeURIComponent(path.split('?')[0] ?? '');
      if (method === 'PUT' && left > 0 && isLost(key)) {
        left -= 1;
        lost += 1;
        response.resume();
        response.once('end', () => near.socket.destroy());
        return;
      }
      answer.writeHead(response.statusCode ?? 502, response.headers);
      response.pipe(answer);
    });
    far.once('error', () => near.socket.destroy());
    near.pipe(far);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    loseAnswers: (count, lostKey) => {
      left = count;
      isLost = lostKey;
    },
    lost: () => lost,
    stop: async () => {
      server.closeAllConnections();
      await once(server.close(), 'close');
    },
  };
}
