import { sql } from "kysely";
import { z } from "zod";
import type { ReportRow } from "@ringfence/core/desk/access-report";
import { say } from "@ringfence/core/platform/message";
import { type TransactionContext, selectRows } from "../../platform/internal.ts";
import { type ReportedPerson, isOwnRow, selectOwn } from "./reported-person.ts";

/*
 * Lists who received data of the person (GDPR art. 15(1)(c)): systems that opt-outs and consents were delivered to,
 * keys that screened the numbers or may read opt-outs, registries and databases of reassigned numbers that were asked,
 * providers of messages, and regulators.
 */

type Recipient = ReportRow<"recipients">;

/** Reads the recipients, those of one kind after the other. */
export async function readRecipients(
  ctx: TransactionContext,
  person: ReportedPerson,
): Promise<Recipient[]> {
  const all = [
    await readEndpoints(ctx, person),
    await readKeys(ctx, person),
    await readRegistries(ctx, person),
    await readProviders(ctx, person),
    await readRegulators(ctx, person),
  ];
  return all.flat();
}

const EndpointRow = z.object({
  kind: z.string(),
  name: z.string(),
  url: z.string(),
  received: z.array(z.string()),
  lastAt: z.date(),
  times: z.int(),
});

async function readEndpoints(
  ctx: TransactionContext,
  person: ReportedPerson,
): Promise<Recipient[]> {
  const isOwn = isOwnRow(person, sql`phone_id`, sql`at`);
  const rows = await selectRows(
    ctx,
    EndpointRow,
    sql`
    SELECT endpoint.kind, endpoint.name, endpoint.url,
      array_agg(DISTINCT delivery.event) AS received, max(delivery.heard_at) AS "lastAt",
      count(*)::int AS times
    FROM (
      SELECT id FROM opt_out
      WHERE organization_id = ${ctx.organizationId}::uuid AND ${isOwn}
      UNION ALL
      SELECT id FROM consent_event
      WHERE organization_id = ${ctx.organizationId}::uuid AND ${isOwn}
    ) AS subject
    JOIN delivery ON delivery.organization_id = ${ctx.organizationId}::uuid
      AND delivery.subject_id = subject.id AND delivery.heard_at IS NOT NULL
    JOIN endpoint ON endpoint.organization_id = delivery.organization_id
      AND endpoint.id = delivery.endpoint_id
    GROUP BY endpoint.id, endpoint.kind, endpoint.name, endpoint.url
    ORDER BY endpoint.name`,
  );
  // The path of an address may contain a secret.
  return rows.map(({ name, url, ...row }) => ({
    ...row,
    title: `${name} (${URL.canParse(url) ? new URL(url).host : url})`,
  }));
}

const KeyRow = z.object({ name: z.string(), lastAt: z.date(), times: z.int() });

/** Keys that screened the person's numbers, and those that may read the list of opt-outs, if the person is on it. */
async function readKeys(ctx: TransactionContext, person: ReportedPerson) {
  const { db, organizationId } = ctx;
  const screened = await selectRows(
    ctx,
    KeyRow,
    sql`
    SELECT api_key.name, max(screening.at) AS "lastAt", count(*)::int AS times
    FROM screening JOIN api_key ON api_key.organization_id = screening.organization_id
      AND api_key.id::text = screening.actor ->> 'id'
    WHERE screening.organization_id = ${organizationId}::uuid
      AND ${isOwnRow(person, sql`screening.phone_id`, sql`screening.at`)}
      AND screening.actor ->> 'type' = 'key'
    GROUP BY api_key.id, api_key.name ORDER BY api_key.name`,
  );
  const optOuts = await db.optOut.count({ where: selectOwn(ctx, person, (at) => ({ at })) });
  const readers =
    optOuts === 0
      ? []
      : await db.apiKey.findMany({
          where: { organizationId, revokedAt: null, scopes: { has: "opt-outs:read" } },
          select: { name: true },
          orderBy: { name: "asc" },
        });
  return [
    ...screened.map(({ name: title, ...row }): Recipient => ({
      kind: "system",
      title,
      received: ["verdict"],
      ...row,
    })),
    ...readers.map(({ name }): Recipient => ({
      kind: "system",
      title: name,
      received: ["opt-out-list"],
      lastAt: null,
      times: null,
    })),
  ];
}

async function readRegistries(
  ctx: TransactionContext,
  person: ReportedPerson,
): Promise<Recipient[]> {
  const { db, organizationId } = ctx;
  const include = { registry: { select: { name: true } } } as const;
  const where = {
    organizationId,
    OR: person.ownPhones.map(({ id, ownedSince }) => ({
      phoneIds: { has: id },
      ...(ownedSince === null ? {} : { askedAt: { gte: ownedSince } }),
    })),
  };
  const asked = [
    ...(await db.registryAsk.findMany({ where, include })),
    ...(await db.registryQuestion.findMany({ where, include })),
  ].map(({ registry, askedAt }) => ({ name: registry.name, at: askedAt }));
  const reassigned = await db.reassignedQuestion.findMany({
    where: selectOwn(ctx, person, (askedAt) => ({ query: { askedAt } })),
    include: { query: { select: { askedAt: true } } },
  });
  const database = say(person.locale, {
    key: "access-report.looked-up",
    values: { about: "reassigned" },
  });
  return toRecipients("registry", "number", [
    ...asked,
    ...reassigned.map(({ query }) => ({ name: database, at: query.askedAt })),
  ]);
}

/** Messages reach the person through providers of text messages and mail, whom the operator's settings name. */
async function readProviders(
  ctx: TransactionContext,
  person: ReportedPerson,
): Promise<Recipient[]> {
  const { db } = ctx;
  const where = selectOwn(ctx, person, (createdAt) => ({ createdAt }));
  const isSent = { sentAt: { not: null } };
  const confirmations = await db.confirmation.findMany({ where: { ...where, ...isSent } });
  const codes = await db.personCode.findMany({ where: { ...where, ...isSent, means: "sms" } });
  const sent = (means: string) =>
    confirmations.flatMap((one) => (one.means === means && one.sentAt ? one.sentAt : []));
  const texts = [...sent("sms"), ...codes.flatMap(({ sentAt }) => sentAt ?? [])];
  return [
    ...toRecipients(
      "sms-provider",
      "number",
      texts.map((at) => ({ name: null, at })),
    ),
    ...toRecipients(
      "mail-provider",
      "mailbox",
      sent("email").map((at) => ({ name: null, at })),
    ),
  ];
}

async function readRegulators(
  ctx: TransactionContext,
  person: ReportedPerson,
): Promise<Recipient[]> {
  const packs = await ctx.db.evidencePack.findMany({
    where: {
      organizationId: ctx.organizationId,
      regulator: { not: null },
      complaint: selectOwn(ctx, person, (receivedAt) => ({ receivedAt })),
    },
    include: { complaint: { select: { regulator: true } } },
  });
  return toRecipients(
    "regulator",
    "evidence-pack",
    packs.map(({ regulator, complaint, at }) => ({
      name: complaint.regulator ?? regulator?.toUpperCase() ?? null,
      at,
    })),
  );
}

/** Counts events by name, with the last time. */
const toRecipients = (
  kind: string,
  received: string,
  events: readonly { name: string | null; at: Date }[],
): Recipient[] =>
  [...Map.groupBy(events, ({ name }) => name)].map(([title, own]) => ({
    kind,
    title,
    received: [received],
    lastAt: new Date(Math.max(...own.map(({ at }) => Number(at)))),
    times: own.length,
  }));
