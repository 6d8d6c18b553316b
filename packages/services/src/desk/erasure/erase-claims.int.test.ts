import { randomUUID } from "node:crypto";
import { checkCertificate } from "@ringfence/core/proof/ledger";
import { anOrganization } from "@ringfence/db/testing";
import { expect, it } from "vitest";
import { aLedgerOffice } from "../../../testing/certificates.ts";
import { dumpDatabase, findValue } from "../../../testing/dump.ts";
import { aConsent } from "../../../testing/scenes.ts";
import { readCertificate } from "../../proof/certificate/read-certificate.ts";
import { inTransaction } from "../../platform/context.ts";
import { readConsent } from "../../consents/consent/detail.ts";
import { recordConsent } from "../../consents/consent/record.ts";
import { eraseClaims } from "./erase-claims.ts";

const evidence = { act: "ticked", ip: "198.51.100.77", userAgent: "Firefox/151.9", form: "spring" };

async function scene() {
  const { ctx, publish } = await aLedgerOffice();
  const { id } = await recordConsent(ctx, aConsent({ evidence }));
  await publish();
  const erase = (by = ctx) =>
    eraseClaims(by, { consentId: id, claims: ["ip", "user_agent"], reason: "retention" });
  const check = async () => checkCertificate(JSON.stringify(await readCertificate(ctx, { id })));
  return { ctx, id, erase, check };
}

it("erases nothing of a person under a legal hold", async () => {
  const { ctx, erase } = await scene();
  const hold = { scope: "everything" } as const;
  await inTransaction(ctx, ({ db, organizationId, now }) =>
    db.legalHold.create({
      data: { organizationId, ...hold, placedBy: randomUUID(), placedAt: now },
    }),
  );
  await expect(erase()).rejects.toMatchObject({
    code: "conflict",
    explanation: { key: "legal-hold.person-held" },
  });
  expect(findValue(await dumpDatabase(ctx.db), evidence.ip)).not.toEqual([]);
});

it("erases single particulars, of which nothing is left, and proves the rest", async () => {
  const { ctx, id, erase, check } = await scene();
  expect((await readConsent(ctx, id)).erasable).toEqual(
    expect.arrayContaining(["phone", "ip", "user_agent", "evidence"]),
  );

  expect((await erase()).erased).toEqual({ ip: 1, user_agent: 1 });

  const { verdict, claims } = await check();
  expect(verdict).toBe("holds");
  expect(claims).toMatchObject({ act: "ticked", evidence: { form: "spring" } });
  expect(Object.keys(claims ?? {})).not.toEqual(expect.arrayContaining(["ip"]));
  const { erasable } = await readConsent(ctx, id);
  expect(erasable).toContain("evidence");
  expect(erasable).not.toContain("ip");
  const dump = await dumpDatabase(ctx.db);
  for (const value of [evidence.ip, evidence.userAgent]) expect(findValue(dump, value)).toEqual([]);
  expect(dump).toContain("spring");
});

it("seals what stays with another key, so that a backup opens nothing", async () => {
  const { ctx, erase } = await scene();
  const keys = () =>
    ctx.db.prisma.$queryRaw<{ key: string }[]>`
      SELECT encode(wrapped_key, 'hex') AS key FROM vault.subject
      WHERE organization_id = ${ctx.organizationId}::uuid
      ORDER BY statements DESC, subject_id`;
  const before = await keys();
  await erase();
  const kept = new Set((await keys()).map(({ key }) => key));
  expect(before.filter(({ key }) => !kept.has(key))).toHaveLength(1);
});

it("erases the address of the page wherever evidence keeps it", async () => {
  const { ctx } = await aLedgerOffice();
  const url = "https://acme.example/form?session=8f1c77";
  const page = { url, title: "Contact us today" };
  const { id } = await recordConsent(ctx, aConsent({ evidence: { act: "ticked", url, page } }));
  await eraseClaims(ctx, { consentId: id, claims: ["url"], reason: "asked" });
  const { organizationId } = ctx;
  const [kept] = await ctx.db.prisma.evidence.findMany({ where: { organizationId } });
  expect(kept?.body).toEqual({ act: "ticked", page: { title: "Contact us today" } });
});

it("is not for another organization", async () => {
  const { ctx, erase, check } = await scene();
  const other = { ...ctx, organizationId: await anOrganization(ctx.db) };
  await expect(erase(other)).rejects.toMatchObject({ code: "not-found" });
  expect((await check()).claims).toMatchObject({ ip: evidence.ip });
});
