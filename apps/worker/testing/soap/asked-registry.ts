import type { AskedSource, RegistryFormat } from "@ringfence/core/do-not-call/registry";
import { Phone } from "@ringfence/core/people/phone";
import type { Db } from "@ringfence/db";
import { aPhone } from "@ringfence/db/testing";
import {
  changeRegistry,
  connectRegistry,
  viewRegistry,
} from "@ringfence/services/do-not-call/registry";
import { aRegistryReader, anOfficer } from "../registry.ts";

type Given = {
  code: string;
  format: RegistryFormat;
  source: AskedSource;
  secret: string;
  host: string;
};

/** A registry that is asked about the numbers of contacts, and a worker that asks it. */
export async function anAskedRegistry(db: Db, { host, ...given }: Given) {
  const ctx = await anOfficer(db);
  const { organizationId } = ctx;
  const { registryId } = await connectRegistry(ctx, {
    name: "Do Not Call Register",
    maxAgeDays: 30,
    maxShrinkShare: 0.02,
    ...given,
  });
  const { waits, sync } = await aRegistryReader(ctx, host);
  const where = { organizationId, registryId };
  return {
    ctx,
    registryId,
    waits,
    view: () => viewRegistry(ctx, registryId),
    change: (change: object) => changeRegistry(ctx, { registryId, ...change }),
    contact: (e164: string) => aPhone(db, organizationId, { e164: Phone.parse(e164) }),
    asks: () => db.prisma.registryAsk.findMany({ where, orderBy: { id: "asc" } }),
    /** Makes all answers this many days older. */
    passDays: async (days: number) => {
      await db.prisma.$executeRaw`
        UPDATE registry_ask SET asked_at = asked_at - ${days} * interval '1 day'
        WHERE organization_id = ${organizationId}::uuid`;
      await db.prisma.$executeRaw`
        UPDATE registry_answer SET answered_at = answered_at - ${days} * interval '1 day',
          first_at = first_at - ${days} * interval '1 day'
        WHERE organization_id = ${organizationId}::uuid`;
    },
    /** True if the answers in force refuse calls to a number; null if nothing is known about it. */
    isListed: async (digits: number) => {
      const row = await db.prisma.registry.findFirstOrThrow({ where: { id: registryId } });
      const isAnswered = Object.keys(Object(row.areas)).includes(String(Math.floor(digits / 1e7)));
      if (!isAnswered) return null;
      const block = await db.prisma.registryBlock.findFirst({
        where: { ...where, block: Math.floor(digits / 10_000) },
      });
      const line = digits % 10_000;
      return block !== null && (((block.bits[line >> 3] ?? 0) >> (line & 7)) & 1) === 1;
    },
    sync: () => sync(registryId),
  };
}
