import { createReadStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import type { Db } from "@ringfence/db";
import { from } from "pg-copy-streams";
import { Transform } from "node:stream";

/** Measures a table with one row per number: COPY into a bigint primary key. */
export async function copyIntoKey({ pool }: Db, file: string) {
  const client = await pool.connect();
  try {
    await client.query("DROP TABLE IF EXISTS listed_number; CHECKPOINT");
    await client.query("CREATE TABLE listed_number (number bigint PRIMARY KEY)");
    const begun = performance.now();
    const copy = client.query(from("COPY listed_number FROM STDIN"));
    await pipeline(createReadStream(file, { highWaterMark: 1 << 20 }), withoutCommas(), copy);
    return performance.now() - begun;
  } finally {
    client.release();
  }
}

const [COMMA, LINE_BYTES] = [0x2c, 12];

/** Removes the comma of `818,5550100`, in place. */
function withoutCommas() {
  let at = 0;
  return new Transform({
    transform(chunk: Buffer, _, done) {
      let kept = 0;
      for (const byte of chunk) {
        if (at++ % LINE_BYTES === 3 && byte === COMMA) continue;
        chunk[kept++] = byte;
      }
      done(null, chunk.subarray(0, kept));
    },
  });
}
