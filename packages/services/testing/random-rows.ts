import type { SellerId } from "@ringfence/core/ids";
import type { Prisma } from "@ringfence/db/testing";
import type { RootContext } from "../src/platform/context.ts";
import type { Random } from "./random.ts";
import { authenticateRows } from "./authenticate-rows.ts";
import { db, keys } from "./scenes.ts";

export const hour = 3_600_000;
export const day = 24 * hour;

export type Rows = {
  phones: Prisma.PhoneCreateManyInput[];
  contacts: Prisma.ContactCreateManyInput[];
  contactPhones: Prisma.ContactPhoneCreateManyInput[];
  consents: Prisma.ConsentEventCreateManyInput[];
  optOuts: Prisma.OptOutCreateManyInput[];
  corrections: Prisma.OptOutCorrectionCreateManyInput[];
  answers: Prisma.OptOutCorrectionAnswerCreateManyInput[];
  suppressions: Prisma.SuppressionCreateManyInput[];
  preferences: Prisma.CallPreferenceCreateManyInput[];
  calls: Prisma.CallCreateManyInput[];
  permits: Prisma.ScreeningCreateManyInput[];
  verified: Prisma.VerifiedPermitCreateManyInput[];
  queries: Prisma.ReassignedQueryCreateManyInput[];
  reassigned: Prisma.ReassignedAnswerCreateManyInput[];
};

export const noRows = (): Rows => ({
  phones: [],
  contacts: [],
  contactPhones: [],
  consents: [],
  optOuts: [],
  corrections: [],
  answers: [],
  suppressions: [],
  preferences: [],
  calls: [],
  permits: [],
  verified: [],
  queries: [],
  reassigned: [],
});

export async function keepRows({ organizationId }: RootContext, rows: Rows) {
  const { prisma } = db;
  await prisma.phone.createMany({ data: rows.phones });
  await prisma.contact.createMany({ data: rows.contacts });
  await prisma.contactPhone.createMany({ data: rows.contactPhones, skipDuplicates: true });
  await prisma.consentEvent.createMany({ data: rows.consents, skipDuplicates: true });
  await prisma.optOut.createMany({ data: rows.optOuts });
  await prisma.optOutCorrection.createMany({ data: rows.corrections });
  await prisma.optOutCorrectionAnswer.createMany({ data: rows.answers });
  await prisma.suppression.createMany({ data: rows.suppressions, skipDuplicates: true });
  await prisma.callPreference.createMany({ data: rows.preferences });
  await prisma.call.createMany({ data: rows.calls });
  await prisma.screening.createMany({ data: rows.permits });
  await prisma.verifiedPermit.createMany({ data: rows.verified });
  await prisma.reassignedQuery.createMany({ data: rows.queries });
  await prisma.reassignedAnswer.createMany({ data: rows.reassigned });
  await authenticateRows({ db, keys }, organizationId);
}

/** Context of the facts made for each phone. Facts lie after `at` only if `isPast`. */
export type About = { ctx: RootContext; at: Date; isPast: boolean; sellers: readonly SellerId[] };

/** Returns an instant some days from `at`, often near the end of a legal period. */
export function near({ at, isPast }: About, { below, oneOf }: Random) {
  const days = oneOf([
    -800,
    -731,
    -730,
    -92,
    -91,
    -90,
    -40,
    -31,
    -30,
    -15,
    -2,
    -1,
    isPast ? 1 : -3,
  ]);
  return new Date(at.getTime() + days * day - below(3) * hour);
}

export function anEnd({ at }: About, { chance, oneOf }: Random) {
  const days = oneOf([-100, -1, 0, 0.3, 3, 20, 60, 100, 400]);
  return chance(0.4) ? new Date(at.getTime() + days * day) : null;
}
