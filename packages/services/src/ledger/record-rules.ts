import { ruleSetHash } from "@ringfence/core/jurisdiction";
import type { Installation } from "../context.ts";
import { INSTALLATION, recordStatement } from "./record-statement.ts";

/**
 * Puts on the ledger by which rules screenings are judged from now on: those of this version, when it
 * is first run. Which rules judged a call is in the call's own record.
 */
export async function recordRules({ db, keys }: Pick<Installation, "db" | "keys">): Promise<void> {
  await db.prisma.$transaction(async (tx) => {
    const [clock] = await tx.$queryRaw<{ now: Date }[]>`SELECT clock_timestamp() AS now`;
    if (clock === undefined) throw new Error("the database told no time");
    await recordStatement(
      { db: tx, keys },
      {
        organizationId: INSTALLATION,
        kind: "rules.changed",
        subject: ruleSetHash,
        at: clock.now,
        claims: { rules: ruleSetHash },
      },
    );
  });
}
