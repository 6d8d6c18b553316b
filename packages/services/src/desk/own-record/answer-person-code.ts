import { command } from "../../platform/verb.ts";
import { z } from "zod";
import type { PersonCodeId } from "@ringfence/core/ids";
import { PhoneId } from "@ringfence/core/ids";
import { appendAudit } from "../../platform/audit/append-audit.ts";
import type { TransactionContext } from "../../platform/context.ts";
import { isCode } from "../../platform/keys/code.ts";
import { writeLink } from "../../platform/keys/link.ts";
import { isOver } from "./code-life.ts";

/** Of a million codes, so many may be tried. */
const MOST_ATTEMPTS = 5;

export type AnswerPersonCode = { id: PersonCodeId; code: string };

/**
 * The person types the code that their phone was sent. Gives what opens their record for half an hour;
 * null for a wrong code, which counts, and for one that is used, over, or was never sent.
 */
export const answerPersonCode = command({
  name: "answerPersonCode",
  action: "own-record.ask",
  input: z.custom<AnswerPersonCode>(),
  run: async (ctx, { id, code }): Promise<string | null> => {
    const { db, keys, organizationId, now } = ctx;
    const row = await lockCode(ctx, id);
    if (row === null || row.openedAt !== null || isOver(row, now)) return null;
    if (row.attempts >= MOST_ATTEMPTS) return null;
    const where = { organizationId, id };
    if (!isCode(keys, "person code", where, code)) {
      await db.personCode.updateMany({ where, data: { attempts: { increment: 1 } } });
      return null;
    }
    await db.personCode.updateMany({ where, data: { openedAt: now } });
    await appendAudit(ctx, "own-record.ask", { phoneId: PhoneId.parse(row.phoneId), codeId: id });
    return writeLink(keys, "own record link", where);
  },
  audit: "by run",
});

/** Of two guesses at once the second sees the first. */
async function lockCode({ db, organizationId }: TransactionContext, id: PersonCodeId) {
  await db.$executeRaw`
    SELECT FROM person_code
    WHERE organization_id = ${organizationId}::uuid AND id = ${id}::uuid FOR UPDATE`;
  return db.personCode.findFirst({ where: { organizationId, id } });
}
