import { PhoneId } from "@ringfence/core/ids";
import { aNumber } from "@ringfence/db/testing";
import { recordCalls } from "../src/calling/call/record.ts";
import { aContext, db } from "./scenes.ts";

/** Creates a person who was called, and a context in which verbs run for them. */
export async function aCalledPerson() {
  const office = await aContext();
  const { organizationId } = office;
  const phone = aNumber();
  const call = { phone, seller: "acme", purpose: "marketing", at: "2026-01-06T10:00:00Z" };
  await recordCalls(office, { rows: [{ ...call, externalId: "1" }] });
  const row = await db.prisma.call.findFirstOrThrow({ where: { organizationId } });
  const phoneId = PhoneId.parse(row.phoneId);
  const person = { ...office, actor: { type: "person", phoneId } as const };
  return { office, person, phone, callId: row.id };
}
