import { PhoneId } from "@ringfence/core/ids";
import type { Phone } from "@ringfence/core/people/phone";
import { aNumber } from "@ringfence/db/testing";
import { recordConsent } from "../src/consents/consent/record.ts";
import { requestPersonCode, sendPersonCode } from "../src/desk/own-record/person-code.ts";
import type { RootContext } from "../src/platform/context.ts";
import { aMessageSender } from "./confirmations.ts";
import { aPhoneAtNoon } from "./phones.ts";
import { aConsent, aContext, db } from "./scenes.ts";

/** Creates a person on record who asked for a code on the page `/my`, and sends them the message with it. */
export async function aCode({
  office: known,
  phone = aNumber(),
}: { office?: RootContext; phone?: Phone } = {}) {
  const office = known ?? (await aContext());
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

/** Creates a person who asked for a code, and whose calling hours are open whenever the test runs. */
export async function aCodeAtNoon() {
  const office = await aContext();
  const { phone } = await aPhoneAtNoon(office);
  return aCode({ office, phone });
}
