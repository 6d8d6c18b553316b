import { sql } from "kysely";
import { z } from "zod";
import {
  type RootContext,
  type TransactionContext,
  appendAudit,
  inTransaction,
  query,
  readAudited,
  selectRows,
} from "../../platform/internal.ts";
import { Phone, type ReadPhone, readPhone } from "@ringfence/core/people/phone";
import { FindNumber, ReadNumber } from "@ringfence/core/desk/number";
import { loadOrganization } from "../../account/organization/internal.ts";
import {
  type Person,
  type StoredPhone,
  findPerson,
  findPhone,
  unknownPerson,
} from "../../people/phone/internal.ts";
import { PhoneId, type SellerId } from "@ringfence/core/ids";
import { type DutyRule, requiredChannel } from "@ringfence/core/people/jurisdiction";
import type { Locale } from "@ringfence/core/platform/message";
import type { PurposeKey } from "@ringfence/core/account/purpose";
import type { Dialer } from "@ringfence/core/account/organization";
import {
  type OptOutWithConsentsView,
  loadConsentsAfterOptOuts,
} from "../../consents/consent/internal.ts";
import {
  type PreferencesInForce,
  loadPreferences,
} from "../../do-not-call/call-preference/internal.ts";
import {
  type PhoneLookup,
  loadPhoneLookup,
  noLookup,
} from "../../do-not-call/reassigned/internal.ts";
import { type ScreeningResult, previewCall } from "../../calling/screening/internal.ts";
import {
  type ConsentEventView,
  type Timeline,
  readLatestConsents,
  readTimeline,
} from "./timeline.ts";

/**
 * Reads everything known about a number that somebody wrote: how it was read, whose it is, what a screening
 * would decide now, and its history. It is audited before anything is shown, also if the number is not stored, but
 * not if it could not be read.
 */
export const findNumber = query({
  name: "findNumber",
  action: "phone.read",
  input: FindNumber,
  transaction: "by run",
  run: async (ctx, { phone, region, ...options }): Promise<NumberView> => {
    const { reading, found } = await inTransaction(ctx, async (ctx) => {
      const { homeRegion } = await loadOrganization(ctx);
      const reading = readPhone(phone, (region ?? homeRegion).toUpperCase());
      return { reading, found: await findAudited(ctx, reading) };
    });
    const judged = await screenNow(ctx, reading, options);
    const stored = found ? await readStoredNumber(ctx, found, options, judged) : unknownNumber;
    return { ...stored, reading, judged };
  },
  audit: "by run",
});

async function findAudited(
  ctx: TransactionContext,
  reading: ReadPhone,
): Promise<StoredPhone | null> {
  if ("fault" in reading) return null;

  const found = await findPhone(ctx, reading.phone);
  await appendAudit(ctx, "phone.read", found ? { phoneId: found.id } : { isOnRecord: false });
  return found;
}

/** Reads everything known about a stored phone. An erased one has no number to screen. */
export const readNumber = query({
  name: "readNumber",
  action: "phone.read",
  input: ReadNumber,
  transaction: "by run",
  run: async (ctx, { phoneId: id, ...options }): Promise<NumberView> => {
    const phone = await readAudited(ctx, "phone.read", id, (ctx) => loadNumber(ctx, id));
    const reading = phone && { phone };
    const judged = reading && (await screenNow(ctx, reading, options));
    const stored = await readStoredNumber(ctx, { id, isErased: phone === null }, options, judged);
    return { ...stored, reading, judged };
  },
  audit: "by run",
});

async function loadNumber({ db, organizationId }: TransactionContext, id: PhoneId) {
  const [row] = await selectRows(
    { db },
    z.object({ e164: Phone.nullable() }),
    sql`
    SELECT e164 FROM phone WHERE organization_id = ${organizationId}::uuid AND id = ${id}::uuid`,
  );
  return row?.e164 ?? null;
}

/** Everything known about a number. */
export type NumberView = {
  /** Result of reading it; null if the number was erased. */
  reading: ReadPhone | null;
  /** Null if it is not stored. */
  phoneId: PhoneId | null;
  isErased: boolean;
  person: Person;
  /** Results of look-ups about the number. */
  line: PhoneLookup;
  /** The person's call preferences, for all of their phones. */
  preferences: readonly PreferencesInForce[];
  /** Latest first, ten at most. The timeline has all. */
  consents: readonly ConsentEventView[];
  timeline: Timeline;
  /** Opt-outs that a later consent outweighs, for the call that is screened. */
  agreedAgain: readonly OptOutWithConsentsView[];
  /** Null if the number was erased. */
  judged: JudgedCall | null;
};

/** The result that a screening would give now, and the call it is about. */
export type JudgedCall = {
  call: { seller: SellerId; purpose: PurposeKey; dialer: Dialer };
  answer: ScreeningResult;
  /** Duties of the agent: what the law requires them to say where the person is. */
  duties: readonly AgentDuty[];
};

/** A duty of the agent, in each language of the pages. `confidence` is the mark of its rule. */
export type AgentDuty = Pick<DutyRule, "id" | "citation" | "confidence"> & {
  text: Readonly<Record<Locale, string>>;
};

type StoredNumberView = Omit<NumberView, "reading" | "judged">;

/** View of a number that is not stored. */
const unknownNumber: StoredNumberView = {
  phoneId: null,
  isErased: false,
  person: unknownPerson,
  line: noLookup,
  preferences: [],
  consents: [],
  agreedAgain: [],
  timeline: {
    events: [],
    next: null,
    counts: { consent: 0, "opt-out": 0, suppression: 0, call: 0, screening: 0 },
  },
};

/** Loads what is stored about a phone. The caller has audited it. */
const readStoredNumber = (
  ctx: RootContext,
  { id: phoneId, isErased }: StoredPhone,
  options: ViewOptions,
  judged: JudgedCall | null,
): Promise<StoredNumberView> =>
  inTransaction(ctx, async (ctx) => {
    const person = await findPerson(ctx, phoneId);
    const phonesOfPerson = [phoneId, ...person.otherPhones.map(({ id }) => PhoneId.parse(id))];
    // All at once: while the database answers one, the next is prepared.
    const [line, preferences, consents, timeline, agreedAgain] = await Promise.all([
      loadPhoneLookup(ctx, phoneId),
      loadPreferences(ctx, phonesOfPerson),
      readLatestConsents(ctx, phoneId),
      readTimeline(ctx, phoneId, person, options),
      judged ? loadConsentsAfterOptOuts(ctx, phoneId, toQuestion(judged)) : [],
    ]);
    return { phoneId, isErased, person, line, preferences, consents, timeline, agreedAgain };
  });

const toQuestion = ({ call: { seller, purpose, dialer } }: JudgedCall) => ({
  sellerId: seller,
  purpose,
  channel: requiredChannel(dialer),
});

/** The call to screen, and the part of the timeline to show. */
type ViewOptions = Omit<FindNumber, "phone" | "region">;

/**
 * Screens the number now with the facts and rules of a live screening, outside of any transaction. Runs before the
 * record is read, because it gives up after a second.
 */
const screenNow = async (
  ctx: RootContext,
  reading: ReadPhone,
  options: ViewOptions,
): Promise<JudgedCall> => {
  const { call, answer, duties } = await previewCall(ctx, reading, options);
  const { seller, purpose, dialer } = call;
  return {
    call: { seller: seller.id, purpose: purpose.key, dialer },
    answer,
    duties: duties.map(toAgentDuty),
  };
};

const toAgentDuty = ({ id, citation, confidence, duty: { en, ru } }: DutyRule): AgentDuty => ({
  id,
  citation,
  confidence,
  text: { en, ru },
});
