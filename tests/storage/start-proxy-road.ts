import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect, createServer as createTcpServer, type Socket } from 'node:net';

/** A proxy that opens every tunnel to one server, whatever it was asked for, and that server. */
export interface ProxyRoad {
  readonly url: string;
  /** Targets of tunnels, with the credentials that came. */
  readonly tunnels: { readonly target: string; readonly credentials: string | undefined }[];
  /** First bytes that came through a tunnel. */
  readonly hellos: Buffer[];
  /** Answers this to every CONNECT in place of a tunnel. */
  refusal: number | undefined;
  close(): Promise<void>;
}

/** Starts both on ports of their own. */
export async function startProxyRoad(): Promise<ProxyRoad> {
  const [tunnels, hellos]: [ProxyRoad['tunnels'], Buffer[]] = [[], []];
  const sockets = new Set<Socket>();
  const keep = (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.once('close', () => sockets.delete(socket));
  };
  // Speaks no TLS: it hears whom a handshake is for, and hangs up.
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

/** A handshake (RFC 8446, 5.1) that names whom it is for. */
export function expectHello({ hellos: [hello] }: ProxyRoad, name: string): void {
  expect(hello?.[0]).toBe(0x16);
  expect(hello?.includes(name)).toBe(true);
}
