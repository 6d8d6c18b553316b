import type { NewStatement } from "@ringfence/services/proof/ledger";

const organizationId = "0195a000-0000-7000-8000-000000000001";
/** Size of a consent's statement without its disclosure. */
const BYTES = 900;
const run = String(process.pid) + String(Date.now());

/** Statements that no other batch contains. */
export const makeStatements = (count: number, batch: number): NewStatement[] =>
  Array.from({ length: count }, (_, index) => {
    const key = `${run}/${batch}/${index}`;
    return {
      organizationId,
      kind: "consent.granted",
      idempotencyKey: key,
      statement: key.padEnd(BYTES, "eyJhbGciOiJFZERTQSJ9"),
    };
  });
