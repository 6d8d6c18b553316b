import {
  phoneFromDigits,
  type ReadPhone,
  readPhone,
  readPhoneBytes,
} from "@ringfence/core/people/phone";
import type { ScreenCall } from "@ringfence/core/calling/screening";
import type { RootContext } from "../../platform/context.ts";
import { ServiceError } from "../../platform/errors.ts";
import { type PhoneKey, phoneKeyBy } from "../../platform/keys/phone-key.ts";
import type { AnsweredFacts } from "./facts-row.ts";
import { readFactsShared } from "./read-facts.ts";

/** Only a number that does not say its country itself needs to know where we are at home. */
export async function readAsked(
  { db, keys, organizationId }: RootContext,
  { phone, region }: Pick<ScreenCall, "phone" | "region">,
): Promise<ReadPhone> {
  if (region !== undefined || /^\s*(\+|00)/.test(phone)) return readQuickly(phone, region ?? "");
  const home = { organizationId, phone: null, phoneKey: null, at: null };
  const { settings } = await readFactsShared({ db, keys }, home);
  return readQuickly(phone, settings.homeRegion);
}

/** As files are read, which is a hundred times faster; only of what is no number we say what is wrong. */
function readQuickly(phone: string, region: string): ReadPhone {
  const bytes = Buffer.from(phone);
  const digits = readPhoneBytes(bytes, 0, bytes.length, region);
  return digits === 0 ? readPhone(phone, region) : { phone: phoneFromDigits(digits) };
}

/**
 * Loads the facts about a call to a number, at an instant or now, optionally for a campaign or a permit.
 * Refuses a key that was revoked: the same statement checks that it still counts.
 */
export async function factsAbout(
  { db, keys, organizationId, actor }: RootContext,
  reading: ReadPhone,
  at: Date | null,
  { campaign, permitId }: { campaign?: string | undefined; permitId?: string } = {},
): Promise<AnsweredFacts> {
  const phone = "phone" in reading ? reading.phone : null;
  const keyId = actor.type === "key" ? actor.id : null;
  const read = async (phoneKey: PhoneKey | null) => {
    const by = { campaign: campaign ?? null, permitId: permitId ?? null };
    const ask = { organizationId, phone, phoneKey, at, keyId, ...by };
    const facts = await readFactsShared({ db, keys }, ask);
    if (!facts.keyStands) throw new ServiceError("key-invalid", { key: "error.key-cut" });
    return facts;
  };

  const facts = await read(null);
  if (phone === null || !facts.settings.hasErasedPhones) return facts;
  // A refusal outlives the erasure of its number, and is then found by the key alone.
  const { keyGeneration: generation } = facts;
  const secret = await keys.phoneSecret(organizationId, generation);
  return read({ bytes: phoneKeyBy(secret, phone), generation });
}
