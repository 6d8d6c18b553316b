import { command } from "../../platform/verb.ts";
import { z } from "zod";
import type { PersonCodeId } from "@ringfence/core/ids";
import type { Locale, Message } from "@ringfence/core/platform/message";
import { readPhone } from "@ringfence/core/people/phone";
import { DAY_MS } from "@ringfence/core/platform/time";
import type { TransactionContext } from "../../platform/context.ts";
import { freshIds } from "../../platform/fresh-ids.ts";
import { organizationOf } from "../../account/organization/organization-of.ts";
import { lockPhones } from "../../people/phone/lock-phones.ts";
import { phoneOnRecord, type PhoneOnRecord } from "../../people/phone/phone-on-record.ts";

/** Nobody's phone is made to ring all day: more codes in a day are not sent. */
const MOST_A_DAY = 3;

export type AskPersonCode = { phone: string; locale: Locale };

export type AskedPersonCode = { id: PersonCodeId; fault?: never } | { fault: Message; id?: never };

/**
 * Sends a code to a phone, for its person to see what is kept of it. Answers the same whether or not
 * there is anything: who types a number learns nothing of it.
 */
export const askPersonCode = command({
  name: "askPersonCode",
  action: "own-record.ask",
  input: z.custom<AskPersonCode>(),
  run: async (ctx, { phone, locale }): Promise<AskedPersonCode> => {
    const { homeRegion } = await organizationOf(ctx);
    const read = readPhone(phone, homeRegion);
    if ("fault" in read) return { fault: read.fault };
    const [id] = await freshIds<PersonCodeId>(ctx, 1);
    if (id === undefined) throw new Error("a code got no id");
    const known = await phoneOnRecord(ctx, read.phone);
    if (known && !known.isErased && !(await isPestered(ctx, known))) {
      await send(ctx, { id, phoneId: known.id, locale });
    }
    return { id };
  },
  audit: "by run",
});

type NewCode = Pick<AskPersonCode, "locale"> & { id: PersonCodeId; phoneId: PhoneOnRecord["id"] };

async function send({ db, organizationId, now }: TransactionContext, code: NewCode) {
  await db.personCode.create({ data: { organizationId, ...code, createdAt: now } });
  await db.$executeRaw`
    SELECT graphile_worker.add_job('person-code.send',
      json_build_object('organizationId', ${organizationId}::uuid, 'personCodeId', ${code.id}::uuid),
      job_key := ${code.id}::text)`;
}

/** Codes of other days are forgotten as they are counted. Of two that ask at once the second sees the first. */
async function isPestered(ctx: TransactionContext, { id: phoneId }: PhoneOnRecord) {
  await lockPhones(ctx, [phoneId]);
  const { db, organizationId, now } = ctx;
  const since = new Date(now.getTime() - DAY_MS);
  await db.personCode.deleteMany({
    where: { organizationId, phoneId, createdAt: { lte: since } },
  });
  return (await db.personCode.count({ where: { organizationId, phoneId } })) >= MOST_A_DAY;
}
