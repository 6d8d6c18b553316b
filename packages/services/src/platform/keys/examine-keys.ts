import { sql } from "kysely";
import { z } from "zod";
import { selectRow, selectRows } from "../rows.ts";
import path from "node:path";
import type { Message } from "@ringfence/core/platform/message";
import type { Db, Transaction } from "@ringfence/db";
import { KEY_NAMES, KeyName, type KeyOnFile, keyFileName, readKeyFile } from "./key-files.ts";
import type { OpenedKey } from "./key-ring.ts";
import { OrganizationId } from "@ringfence/core/ids";
import { createFileWrapping, createSealing } from "./sealing-keys.ts";
import { isOwnStatement } from "./own-statement.ts";
import type { SigningKey } from "./signing-key.ts";

/** Result of comparing the key files in a folder with a database. */
export type KeyExamination = {
  opened: OpenedKey[];
  /** Not recorded yet and not contradicted by the data, so they can be recorded. */
  adoptable: KeyOnFile[];
  /** Neither recorded nor in the folder. They are created if the database is empty. */
  lacking: KeyName[];
  /** Reasons why these keys must not be used. */
  faults: Message[];
};

const KeyRow = z.object({
  name: KeyName,
  generation: z.number(),
  checkValue: z.string(),
  isOver: z.boolean(),
});
type KeyRow = z.infer<typeof KeyRow>;

/** Compares the key files in a folder with the check values in the database. Changes neither. */
export async function examineKeys(tx: Transaction, folder: string): Promise<KeyExamination> {
  const examined: KeyExamination = { opened: [], adoptable: [], lacking: [], faults: [] };
  const rows = await readRows(tx);
  for (const row of rows) compareFile(examined, folder, row);
  for (const name of KEY_NAMES) {
    if (rows.every((row) => row.name !== name)) await examineNew(examined, tx, folder, name);
  }
  if (examined.lacking.length > 0 && (rows.length > 0 || !(await isEmpty(tx)))) {
    for (const name of examined.lacking) examined.faults.push(missingKeyFault(folder, name, 1));
  }
  return examined;
}

/** Finds what is wrong with the keys in a folder, without creating or recording any. */
export const findKeyFaults = ({ prisma }: Pick<Db, "prisma">, folder: string) =>
  prisma.$transaction(async (tx) => (await examineKeys(tx, folder)).faults, { timeout: 60_000 });

function readRows(tx: Transaction): Promise<KeyRow[]> {
  return selectRows(
    { db: tx },
    KeyRow,
    sql`
    SELECT name, generation, check_value AS "checkValue",
      coalesce(lead(created_at) OVER (PARTITION BY name ORDER BY generation)
        < clock_timestamp() - interval '1 day', false) AS "isOver"
    FROM installation_key ORDER BY name, generation`,
  );
}

function compareFile(
  { opened, faults }: KeyExamination,
  folder: string,
  { name, generation, checkValue, isOver }: KeyRow,
) {
  const key = readKeyFile(folder, name, generation);
  if (key === null) return void faults.push(missingKeyFault(folder, name, generation));
  if ("fault" in key) return void faults.push(key.fault);
  if (key.checkValue === checkValue) return void opened.push({ ...key, isOver });
  const values = { file: path.join(folder, keyFileName(name, generation)) };
  faults.push({ key: "keys.other", values });
}

async function examineNew(
  { adoptable, lacking, faults }: KeyExamination,
  tx: Transaction,
  folder: string,
  name: KeyName,
) {
  const key = readKeyFile(folder, name, 1);
  if (key === null) return void lacking.push(name);
  if ("fault" in key) return void faults.push(key.fault);
  if ((await findEvidence(tx, key)) !== "opens-nothing") return void adoptable.push(key);
  faults.push({
    key: "keys.opens-nothing",
    values: { file: path.join(folder, keyFileName(name, 1)) },
  });
}

const missingKeyFault = (folder: string, name: KeyName, generation: number): Message => ({
  key: "keys.missing",
  values: { file: path.join(folder, keyFileName(name, generation)) },
});

/**
 * Result of trying a key file on data of an older version, which recorded no check values. `nothing` if there
 * is no data to try it on.
 */
type KeyEvidence = "opens" | "opens-nothing" | "nothing";

function findEvidence(tx: Transaction, key: KeyOnFile): Promise<KeyEvidence> {
  if ("secret" in key) {
    return key.name === "vault" ? findWrapped(tx, key.secret) : findSealed(tx, key.secret);
  }
  return key.name === "permit"
    ? findSignedAnswers(tx, key.signing)
    : findStatements(tx, key.signing);
}

/** True if nothing is recorded that any key, link or signature could belong to. */
async function isEmpty(tx: Transaction): Promise<boolean> {
  const found = await selectRow(
    { db: tx },
    z.object({ empty: z.boolean() }),
    sql`
    SELECT NOT (EXISTS (SELECT FROM organization) OR EXISTS (SELECT FROM ledger.entry)
      OR EXISTS (SELECT FROM ledger.log_key) OR EXISTS (SELECT FROM vault.subject)) AS empty`,
  );
  return found.empty;
}

/**
 * How many of the oldest and of the latest statements, and how many wrapped keys, a key file is tried on. One that it
 * opens is enough, because the others may belong to a key that was lost earlier.
 */
const SAMPLES = 200;

const toEvidence = (opened: readonly boolean[]): KeyEvidence => {
  if (opened.length === 0) return "nothing";
  return opened.includes(true) ? "opens" : "opens-nothing";
};

const SealedRow = z.object({
  organizationId: OrganizationId,
  purpose: z.string(),
  sealed: z.instanceof(Uint8Array),
});
type SealedRow = z.infer<typeof SealedRow>;

/** Tries passwords of registry sources, and secrets shared with outside systems. */
async function findSealed(tx: Transaction, master: Uint8Array): Promise<KeyEvidence> {
  const rows = await selectRows(
    { db: tx },
    SealedRow,
    sql`
    SELECT organization_id AS "organizationId", 'registry ' || code AS purpose, secret AS sealed
      FROM registry WHERE secret IS NOT NULL
    UNION ALL SELECT organization_id, 'outside', secret FROM endpoint
    UNION ALL SELECT organization_id, 'outside', secret FROM inbound_source`,
  );
  const { open } = createSealing(() => [master]);
  return toEvidence(rows.map(({ sealed, ...sealedFor }) => open(sealedFor, sealed) !== null));
}

async function findWrapped(tx: Transaction, secret: Uint8Array): Promise<KeyEvidence> {
  const { id, unwrap } = createFileWrapping(
    () => [secret],
    () => Promise.resolve(),
  );
  const rows = await selectRows(
    { db: tx },
    z.object({ wrapped: z.instanceof(Uint8Array), by: z.string() }),
    sql`
    SELECT wrapped_key AS wrapped, wrapping_key_id AS by FROM vault.subject
    WHERE wrapped_key IS NOT NULL ORDER BY (wrapping_key_id = ${id}) DESC LIMIT ${SAMPLES}`,
  );
  return toEvidence(
    await Promise.all(
      rows.map(({ wrapped, by }) =>
        unwrap(wrapped, by).then(
          () => true,
          () => false,
        ),
      ),
    ),
  );
}

async function findStatements(tx: Transaction, key: SigningKey): Promise<KeyEvidence> {
  // Statements about rotations of keys are left out: the ledger's key, not this one, signs those about itself.
  const rows = await selectRows(
    { db: tx },
    z.object({ statement: z.string() }),
    sql`
    (SELECT statement FROM ledger.entry WHERE kind <> 'key.rotation'
      ORDER BY entry_id LIMIT ${SAMPLES})
    UNION ALL
    (SELECT statement FROM ledger.entry WHERE kind <> 'key.rotation'
      ORDER BY entry_id DESC LIMIT ${SAMPLES})`,
  );
  const ours = { statementKeys: [key] };
  return toEvidence(rows.map(({ statement }) => isOwnStatement(ours, statement)));
}

/** Tries officers' answers about forms, which the permit key signs and names. */
async function findSignedAnswers(tx: Transaction, key: SigningKey): Promise<KeyEvidence> {
  const rows = await selectRows(
    { db: tx },
    z.object({ isOurs: z.boolean() }),
    sql`
    SELECT answer ->> 'key' = ${key.id} AS "isOurs"
    FROM (SELECT answers FROM capture_form UNION ALL SELECT answers FROM capture_form_version) AS form
    CROSS JOIN LATERAL jsonb_array_elements(answers) AS answer WHERE answer ? 'key'`,
  );
  return toEvidence(rows.map(({ isOurs }) => isOurs));
}
