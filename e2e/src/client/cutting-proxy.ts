import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** A TCP proxy in front of a server on this machine, whose connections can be cut. */
export interface CuttingProxy {
  readonly url: string;
  /** Cuts all connections that stand; new ones may be made. */
  cut(): void;
  /** Cuts all, and new ones at once, until it is called with false. */
  setDown(isDown: boolean): void;
  /** Cuts them as soon as so many more bytes have come from clients, and again after as many more. */
  cutAfter(bytes: number, times?: number): void;
  /** Bytes that have come from clients so far. */
  received(): number;
  /** Where the pieces of resumable uploads began that have come so far. */
  offsets(): readonly number[];
  close(): void;
}

export async function startCuttingProxy(target: string): Promise<CuttingProxy> {
  const sockets = new Set<Socket>();
  const offsets: number[] = [];
  let isDown = false;
  let received = 0;
  let cutAt = Number.POSITIVE_INFINITY;
  let cutEvery = 0;
  let cutsLeft = 0;
  const keep = (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
    return socket;
  };
  const server = createServer((socket) => {
    if (isDown) return void socket.resetAndDestroy();
    const upstream = keep(connect(Number(new URL(target).port), '127.0.0.1'));
    keep(socket).pipe(upstream).pipe(socket);
    socket.on('data', (chunk: Buffer) => {
      received += chunk.length;
      const head = /^PATCH [\s\S]*?\r\nupload-offset: (\d+)/i.exec(chunk.toString('latin1', 0, 2000));
      if (head) offsets.push(Number(head[1]));
      if (received < cutAt) return;
      cutsLeft -= 1;
      cutAt = cutsLeft > 0 ? received + cutEvery : Number.POSITIVE_INFINITY;
      cut();
    });
    socket.on('close', () => upstream.destroy());
    upstream.on('close', () => socket.destroy());
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const cut = () => {
    for (const socket of sockets) socket.resetAndDestroy();
  };
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    cut,
    setDown(isDownNow) {
      isDown = isDownNow;
      if (isDown) cut();
    },
    cutAfter(bytes, times = 1) {
      cutAt = received + bytes;
      cutEvery = bytes;
      cutsLeft = times;
    },
    received: () => received,
    offsets: () => offsets,
    close() {
      server.close();
      cut();
    },
  };
}
