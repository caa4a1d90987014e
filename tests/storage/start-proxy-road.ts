import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect, createServer as createTcpServer, type Socket } from 'node:net';

/** A server, and a proxy that opens every tunnel to it, whatever its target. */
export interface ProxyRoad {
  readonly url: string;
  /** Targets of tunnels, with the credentials sent. */
  readonly tunnels: { readonly target: string; readonly credentials: string | undefined }[];
  /** The first bytes of each tunnel. */
  readonly hellos: Buffer[];
  /** The status that answers every CONNECT instead of a tunnel. */
  refusal: number | undefined;
  close(): Promise<void>;
}

/** Starts proxy and server on free ports. */
export async function startProxyRoad(): Promise<ProxyRoad> {
  const [tunnels, hellos]: [ProxyRoad['tunnels'], Buffer[]] = [[], []];
  const sockets = new Set<Socket>();
  const keep = (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.once('close', () => sockets.delete(socket));
  };
  // Without TLS it only records the start of a handshake, and hangs up.
  const server = createTcpServer((socket) => {
    keep(socket);
    socket.once('data', (bytes) => {
      hellos.push(bytes);
      socket.destroy();
    });
  });
  const proxy: Server = createServer();
  const origin = await listen(server);
  const road: ProxyRoad = {
    url: `http://127.0.0.1:${await listen(proxy)}`,
    tunnels,
    hellos,
    refusal: undefined,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await Promise.all([once(server.close(), 'close'), once(proxy.close(), 'close')]);
    },
  };
  proxy.on('connect', (request, client: Socket, head: Buffer) => {
    keep(client);
    tunnels.push({ target: request.url ?? '', credentials: request.headers['proxy-authorization'] });
    if (road.refusal !== undefined) {
      client.end(`HTTP/1.1 ${road.refusal} No\r\n\r\n`);
      return;
    }
    const through = connect(origin, '127.0.0.1', () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n');
      through.write(head);
      client.pipe(through).pipe(client);
    });
    keep(through);
  });
  return road;
}

async function listen(server: Server | ReturnType<typeof createTcpServer>): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

/** Expects a handshake (RFC 8446, 5.1) that names its server. */
export function expectHello({ hellos: [hello] }: ProxyRoad, name: string): void {
  expect(hello?.[0]).toBe(0x16);
  expect(hello?.includes(name)).toBe(true);
}
