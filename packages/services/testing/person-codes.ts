import { PhoneId } from "@ringfence/core/ids";
import { aNumber } from "@ringfence/db/testing";
import { recordConsent } from "../src/consents/consent/record.ts";
import { requestPersonCode, sendPersonCode } from "../src/desk/own-record/person-code.ts";
import { aMessageSender } from "./confirmations.ts";
import { aConsent, aContext, db } from "./scenes.ts";

/** Creates a known person who asked for a code, and the message that their phone received. */
export async function aCode({ phone = aNumber() } = {}) {
  const office = await aContext();
  await recordConsent(office, aConsent({ phone }));
  const { organizationId } = office;
  const row = await db.prisma.phone.findFirstOrThrow({ where: { organizationId, e164: phone } });
  const visitor = { ...office, actor: { type: "visitor", page: "my" } as const };
  const job = { ...office, actor: { type: "job", name: "person-code.send" } as const };
  const { messageSender, messages } = aMessageSender();
  const { id, fault } = await requestPersonCode(visitor, { phone, locale: "en" });
  if (fault) throw new Error(fault.key);
  await sendPersonCode({ ...job, messageSender }, id);
  const code = /\b\d{6}\b/.exec(messages[0]?.text ?? "")?.[0] ?? "";
  return {
    office,
    visitor,
    job,
    messageSender,
    messages,
    phone,
    phoneId: PhoneId.parse(row.id),
    id,
    code,
  };
}
