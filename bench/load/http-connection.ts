import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** An answer whose body was counted, not kept. */
export interface Answer {
  readonly status: number;
  /** Bytes of the body, all of which have come. */
  readonly length: number;
  /** The answer as far as it came with its head: the whole of it where it is small, or comes in chunks. */
  readonly beginning: Buffer;
}

const READ_AT_ONCE = 256 * 1024;
const END_OF_HEAD = Buffer.from('\r\n\r\n');
const LAST_CHUNK = '\r\n0\r\n\r\n';

/**
 * One kept-alive connection that sends requests as they stand and looks for nothing but the end of each answer. On two
 * cores the load shares the processor with what it measures: a client that parses more would slow the floor, which is
 * the faster of the two, and so flatter us.
 */
export class HttpConnection {
  readonly socket: Socket;
  #head = Buffer.alloc(0);
  #status = 0;
  #length = 0;
  #left = 0;
  #inBody = false;
  #waiting: { resolve(answer: Answer): void; reject(error: Error): void } | undefined;

  private constructor(port: number) {
    const buffer = Buffer.allocUnsafeSlow(READ_AT_ONCE);
    this.socket = connect({
      host: '127.0.0.1',
      port,
      noDelay: true,
      onread: { buffer, callback: (size) => this.#take(buffer.subarray(0, size)) },
    });
    const fail = (error: Error) => {
      this.#waiting?.reject(error);
      this.#waiting = undefined;
    };
    this.socket.on('error', fail);
    this.socket.on('close', () => fail(new Error('The server closed the connection.')));
  }

  static async open(port: number): Promise<HttpConnection> {
    const connection = new HttpConnection(port);
    await once(connection.socket, 'connect');
    return connection;
  }

  /** Sends a request, or the rest of one, and waits for the answer. */
  send(request: Uint8Array): Promise<Answer> {
    const answer = this.answer();
    this.socket.write(request);
    return answer;
  }

  /** The next answer; to be asked for before the request's last byte is sent. */
  answer(): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject };
    });
  }

  close(): void {
    this.socket.destroy();
  }

  /** Called with a buffer that is used again for the next bytes. */
  #take(bytes: Buffer): true {
    if (this.#inBody) this.#left -= bytes.length;
    else {
      this.#head = this.#head.length === 0 ? Buffer.from(bytes) : Buffer.concat([this.#head, bytes]);
      const end = this.#head.indexOf(END_OF_HEAD);
      if (end < 0) return true;
      const head = this.#head.toString('latin1', 0, end);
      this.#status = Number(head.slice(9, 12));
      this.#length = Number(/\r\ncontent-length: *(\d+)/i.exec(head)?.[1]);
      if (/\r\ntransfer-encoding: *chunked/i.test(head)) {
        if (!this.#head.toString('latin1').endsWith(LAST_CHUNK)) return true;
        this.#length = this.#head.length - end - END_OF_HEAD.length;
      }
      if (Number.isNaN(this.#length)) {
        this.socket.destroy(new Error(`An answer without Content-Length:\n${head}`));
        return true;
      }
      this.#left = this.#length - (this.#head.length - end - END_OF_HEAD.length);
      this.#inBody = true;
    }
    if (this.#left <= 0) this.#finish();
    return true;
  }

  #finish(): void {
    const waiting = this.#waiting;
    const answer = { status: this.#status, length: this.#length, beginning: this.#head };
    this.#waiting = undefined;
    this.#inBody = false;
    this.#head = Buffer.alloc(0);
    waiting?.resolve(answer);
  }
}
