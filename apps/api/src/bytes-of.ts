import type { Readable } from "node:stream";

/**
 * The bytes of a body, one after the other. One that is given up midway is read to its end and dropped:
 * destroyed, it would take the connection with it, and who still sends would never hear why.
 */
export async function* bytesOf(payload: Readable): AsyncGenerator<Uint8Array> {
  try {
    yield* payload.iterator({ destroyOnReturn: false });
  } finally {
    payload.resume();
  }
}
