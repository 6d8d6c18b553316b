import type { Readable } from "node:stream";

/**
 * Yields the bytes of a body. A body abandoned midway is read to its end and dropped: destroying it
 * would close the connection, and the sender would never learn why.
 */
export async function* readBytes(payload: Readable): AsyncGenerator<Uint8Array> {
  try {
    yield* payload.iterator({ destroyOnReturn: false });
  } finally {
    payload.resume();
  }
}
