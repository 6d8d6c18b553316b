// A writer of the crash test: appends statements until killed, and prints each one once its
// transaction is committed. Some transactions are slow, and some are rolled back.
import { openDb } from "@ringfence/db";
import { appendStatement } from "@ringfence/services/proof/ledger";

const [url = "", name = ""] = process.argv.slice(2);
const db = openDb(url);
const organizationId = "0195a000-0000-7000-8000-000000000001";

for (let count = 0; ; count++) {
  const key = `${name}/${count}`;
  const statement = `e30.${Buffer.from(key).toString("base64url")}.AAAA`;
  const isRolledBack = count % 20 === 7;
  try {
    await db.prisma.$transaction(async (tx) => {
      await appendStatement(tx, { organizationId, kind: "scrub", idempotencyKey: key, statement });
      if (count % 10 === 3) await tx.$queryRaw`SELECT 1 FROM pg_sleep(0.05)`;
      if (isRolledBack) throw new Error("rolled back");
    });
    process.stdout.write(`${key}\n`);
  } catch {
    // The server is away. The statement may or may not be on record, so it is not printed.
    if (!isRolledBack) await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
