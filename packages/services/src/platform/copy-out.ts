import type { Connection, PoolClient } from "pg";

/** Method of `pg` that its types lack. */
type Sending = Connection & { query: (statement: string) => void };

export type CopyReader = {
  /** Called with bytes that contain the next rows. They are valid until `close`. */
  open: (bytes: Buffer) => void;
  /** Called for each row: it is `bytes.subarray(from, to)` of the bytes given to `open`. */
  take: (from: number, to: number) => void;
  /** Called after the last row of these bytes. */
  close: () => void;
};

/**
 * Runs a COPY … TO STDOUT, and passes on where each row lies in the bytes that the connection reads.
 * Two million rows of two fields take 0.18 s of processor time here, with their fields found, and 0.29 s in
 * `pg-copy-streams`, which copies each row, before any field is found.
 *
 * @throws the error of the server, the connection or `reader`; the connection cannot be used afterwards
 */
export function copyOut(client: PoolClient, statement: string, reader: CopyReader): Promise<void> {
  const done = Promise.withResolvers<void>();
  client.query({
    submit(connection: Sending) {
      interceptData(connection, reader, done.reject);
      connection.query(statement);
    },
    handleError: done.reject,
    handleCommandComplete() {},
    handleReadyForQuery: () => done.resolve(),
  });
  return done.promise;
}

const isListener = (known: unknown): known is (bytes: Buffer) => void =>
  typeof known === "function";

/** Reads the connection's data here until the rows end, then gives it back to the library. */
function interceptData(
  { stream }: Connection,
  reader: CopyReader,
  fail: (reason: unknown) => void,
) {
  const usual = stream.listeners("data").filter(isListener);
  const read = createMessageReader(reader);
  const listener = (bytes: Buffer) => {
    try {
      const rest = read(bytes);
      if (rest === null) return;
      stream.off("data", listener);
      for (const listen of usual) stream.on("data", listen);
      stream.emit("data", rest);
    } catch (error) {
      stream.off("data", listener);
      fail(error);
    }
  };
  stream.removeAllListeners("data").on("data", listener);
}

/** Header of a PostgreSQL protocol message (54.7): its kind, then its length, including the length field. */
const HEADER_BYTES = 5;
const COPY_DATA = 0x64;
/** CopyOutResponse, NoticeResponse, ParameterStatus and NotificationResponse may come before and between. */
const passing = new Set([0x48, 0x4e, 0x53, 0x41]);

/** Creates a function that reads messages as they arrive. It returns null until the rows end, then the bytes from the first other message on. */
function createMessageReader({ open, take, close }: CopyReader) {
  /** The bytes of a message that has not arrived completely. */
  let left: Buffer = Buffer.alloc(0);
  let isOver = false;

  /** Returns the offset of the first message that is incomplete or not a row. */
  const readWhole = (bytes: Buffer, from: number): number => {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    let at = from;
    open(bytes);
    while (at + HEADER_BYTES <= bytes.length) {
      const [kind, next] = [bytes[at] ?? 0, at + 1 + view.getUint32(at + 1)];
      if (next > bytes.length) break;
      isOver = kind !== COPY_DATA && !passing.has(kind);
      if (isOver) break;
      if (kind === COPY_DATA) take(at + HEADER_BYTES, next);
      at = next;
    }
    close();
    return at;
  };

  const neededBytes = () =>
    left.length < HEADER_BYTES ? HEADER_BYTES : Math.max(HEADER_BYTES, 1 + left.readUInt32BE(1));

  return (bytes: Buffer): Buffer | null => {
    let at = 0;
    while (left.length > 0) {
      const more = bytes.subarray(at, at + neededBytes() - left.length);
      if (more.length === 0) return null;
      left = Buffer.concat([left, more]);
      at += more.length;
      if (left.length < HEADER_BYTES || left.length < neededBytes()) continue;
      readWhole(left, 0);
      if (isOver) return Buffer.concat([left, bytes.subarray(at)]);
      left = Buffer.alloc(0);
    }
    at = readWhole(bytes, at);
    if (isOver) return bytes.subarray(at);
    left = Buffer.from(bytes.subarray(at)); // the connection may use its memory again
    return null;
  };
}
