import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** A proxy to a server that can be cut. */
export interface FrailRoad {
  readonly origin: string;
  /** Breaks every connection and refuses new ones. */
  readonly cut: () => void;
  /** Accepts connections again at the same place. */
  readonly mend: () => Promise<void>;
}

/** Forwards bytes to an origin on this machine until it is cut. */
export async function startFrailRoad(origin: string): Promise<FrailRoad> {
  const target = Number(new URL(origin).port);
  const sockets = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(target, '127.0.0.1');
    for (const socket of [near, far]) {
      sockets.add(socket);
      // A cut resets connections; their errors do not matter.
      socket.on('error', () => undefined);
      socket.once('close', () => {
        sockets.delete(socket);
        near.destroy();
        far.destroy();
      });
    }
    near.pipe(far).pipe(near);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    cut: () => {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
    mend: async () => {
      await once(server.listen(port, '127.0.0.1'), 'listening');
    },
  };
}
