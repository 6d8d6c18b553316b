import {
  type Bitrix24Settings,
  type VicidialSettings,
  findVicidialFault,
  createBlockRequests,
} from "@ringfence/core/do-not-call/endpoint";
import type {
  DeliveryMessage,
  DeliveryOutcome,
  DialerChange,
} from "@ringfence/services/do-not-call/endpoint";
import { z } from "zod";
import { parseJsonOrNothing } from "../sources/http-client.ts";
import { type Answer, type NoAnswer, type Reach, exchange, toDeliveryOutcome } from "./exchange.ts";

/** Asks the non-agent API, by POST: numbers and passwords have no business in an address. */
export const askVicidial = (
  { url }: VicidialSettings,
  asked: Readonly<Record<string, string>>,
  reach: Reach,
): Promise<Answer | NoAnswer> =>
  exchange(
    {
      url,
      headers: { "content-type": "application/x-www-form-urlencoded", "user-agent": "Ringfence" },
      body: new URLSearchParams(asked).toString(),
    },
    reach,
  );

/**
 * Puts the numbers on VICIdial's own list, and takes their leads out of its hopper. Stops at the first fault; the whole
 * delivery is then tried again. Status 200 stands for success.
 */
export async function deliverToVicidial(
  { settings, change }: Extract<DeliveryMessage, { kind: "vicidial" }>,
  reach: Reach,
): Promise<DeliveryOutcome> {
  for (const phone of listRefusedPhones(change)) {
    for (const asked of createBlockRequests(phone, settings)) {
      const answer = await askVicidial(settings, asked, reach);
      if ("fault" in answer || answer.status !== 200) return toDeliveryOutcome(answer);
      const fault = findVicidialFault(answer.text);
      if (fault !== null) return { fault };
    }
  }
  return { status: 200 };
}

/** Ids by kind; Bitrix24 returns an empty list if there are none. */
const Found = z.object({
  result: z.union([
    z.object({
      CONTACT: z.array(z.coerce.number()).optional(),
      LEAD: z.array(z.coerce.number()).optional(),
    }),
    z.array(z.never()).transform(() => ({ CONTACT: [], LEAD: [] })),
  ]),
});
const Updated = z.object({ result: z.literal(true) });

/** Calls a method of the REST API at an incoming webhook. */
const call = (
  { url }: Bitrix24Settings,
  method: string,
  parameters: object,
  reach: Reach,
): Promise<Answer | NoAnswer> =>
  exchange(
    {
      url: `${url}${method}.json`,
      headers: { "content-type": "application/json", "user-agent": "Ringfence" },
      body: JSON.stringify(parameters),
    },
    reach,
  );

/** Marks the contacts and leads that have one of the numbers. Stops at the first fault, as `deliverToVicidial` does. */
export async function deliverToBitrix24(
  { settings, change }: Extract<DeliveryMessage, { kind: "bitrix24" }>,
  reach: Reach,
): Promise<DeliveryOutcome> {
  for (const phone of listRefusedPhones(change)) {
    const values = [phone, phone.slice(1)];
    const search = { type: "PHONE", values };
    const answer = await call(settings, "crm.duplicate.findbycomm", search, reach);
    const found = parseAnswer(answer, Found);
    if ("outcome" in found) return found.outcome;

    const { CONTACT: contacts = [], LEAD: leads = [] } = found.result;
    const fields = { [settings.field]: 1 };
    const updates = [
      ...contacts.map((id) => ["crm.contact.update", id] as const),
      ...leads.map((id) => ["crm.lead.update", id] as const),
    ];
    for (const [method, id] of updates) {
      const updated = parseAnswer(await call(settings, method, { id, fields }, reach), Updated);
      if ("outcome" in updated) return updated.outcome;
    }
  }
  return { status: 200 };
}

/**
 * Parses the answer, or returns the outcome if it is not usable: a rate limit, or an error in
 * words.
 */
function parseAnswer<T extends object>(
  answer: Answer | NoAnswer,
  schema: z.ZodType<T>,
): T | { outcome: DeliveryOutcome } {
  if ("fault" in answer || answer.status !== 200) return { outcome: toDeliveryOutcome(answer) };
  const { data } = schema.safeParse(parseJsonOrNothing(answer.text));
  return data ?? { outcome: { fault: "not understood" } };
}

const Refusal = z.object({ phones: z.array(z.string()), scope: z.looseObject({}) });

/**
 * The numbers that a dialer may no longer call. A dialer knows no scopes: an opt-out for one seller
 * or purpose stops all its calls, and one for profiling alone stops none.
 */
function listRefusedPhones({ event, data }: DialerChange): readonly string[] {
  if (event !== "opt-out.recorded") return [];
  const { phones, scope } = Refusal.parse(data);
  return "profiling" in scope ? [] : phones;
}
