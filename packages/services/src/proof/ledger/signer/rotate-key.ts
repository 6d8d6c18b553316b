import { sql } from "kysely";
import { z } from "zod";
import { PLAIN_STATEMENT_TYPE, writeNoteKey } from "@ringfence/core/proof/ledger";
import type { Db } from "@ringfence/db";
import { StartRefused, signJws, selectRows } from "../../../platform/internal.ts";
import { INSTALLATION_ID, appendStatement } from "../append-statement.ts";
import { rotationIdempotencyKey } from "./log-keys.ts";
import { draftFileSigner, loadFileKeys, toSigner } from "./file-keys.ts";
import { findKeyFileFault } from "./open-signer.ts";
import { LOG_ID } from "../tiles.ts";

/** The public keys before and after a rotation, in the format of signed notes (C2SP). */
export type RotatedLogKey = { old: string; new: string };

/**
 * Creates the key that signs the log from now on, if the keys are files. The old key first states the rotation on the
 * ledger; the new key signs nothing before that. If this is interrupted after the statement, the next `openLogSigner`
 * finishes it. The old key keeps signing beside it for 90 days, so that verifiers who
 * know only the old one have time to learn the new one.
 *
 * A signature on a note and one of a JWS cannot be mistaken for each other: a note begins with the name of
 * the log and ends with a line feed, and a JWS contains none.
 */
export async function rotateLogKey(
  { prisma }: Pick<Db, "prisma">,
  keyFolder: string,
  origin: string,
): Promise<RotatedLogKey> {
  const old = loadFileKeys(keyFolder).at(-1);
  if (old === undefined) throw new StartRefused([{ key: "keys.not-in-use-yet" }]);
  const fault = await findKeyFileFault({ db: { prisma }, origin, keyFolder });
  if (fault !== null) throw new StartRefused([fault]);
  const { signer, adopt } = draftFileSigner(keyFolder, origin);
  const vkeys = {
    old: writeNoteKey(toSigner(old, origin).key),
    new: writeNoteKey(signer.key),
  };
  await prisma.$transaction(async (tx) => {
    const [clock] = await selectRows(
      { db: tx },
      z.object({ iat: z.number() }),
      sql`
      SELECT floor(extract(epoch FROM clock_timestamp()))::float8 AS iat`,
    );
    const subject = rotationIdempotencyKey(signer.key);
    const claims = { iss: `ringfence:${INSTALLATION_ID}`, jti: subject, iat: clock?.iat };
    await appendStatement(tx, {
      organizationId: INSTALLATION_ID,
      kind: "key.rotation",
      idempotencyKey: subject,
      statement: signJws(old, PLAIN_STATEMENT_TYPE, {
        ...claims,
        kind: "key.rotation",
        ...vkeys,
      }),
    });
    await tx.$executeRaw`
      INSERT INTO ledger.log_key (log_id, vkey) VALUES (${LOG_ID}, ${vkeys.new}) ON CONFLICT DO NOTHING`;
  });
  adopt();
  return vkeys;
}
