import { SaveProcessingDetails, requiredFields } from "@ringfence/core/desk/processing-record";
import { anOrganization } from "@ringfence/db/testing";
import { expect, it } from "vitest";
import { aContext, as, db } from "../../../testing/scenes.ts";
import { createWebhook } from "../../do-not-call/endpoint/index.ts";
import { readProcessingRecord, saveProcessingDetails } from "./index.ts";

const details = SaveProcessingDetails.parse({
  controller: "Acme plc, 1 High Street",
  transfers: "none",
});

it("lists what is configured, and shows what nobody filled in yet", async () => {
  const ctx = await aContext();
  await createWebhook(as(ctx, "owner"), {
    name: "CRM",
    url: "https://crm.example/hook?token=secret",
    events: ["opt-out.recorded"],
    reason: "It must not call them.",
  });
  const record = await readProcessingRecord(ctx);
  expect(record).toMatchObject({
    organization: "Test",
    changed: null,
    sellers: [{ name: "Acme", consentPolicy: "opt_in" }],
    recipients: [{ kind: "webhook", name: "CRM", host: "crm.example" }],
    keepsForGood: true,
  });
  expect(JSON.stringify(record)).not.toContain("secret");
  expect(record.purposes.map(({ key }) => key)).toContain("marketing");
  expect(record.categories.map(({ category }) => category)).toEqual(
    expect.arrayContaining(["identity", "calls", "opt-outs", "staff"]),
  );
  for (const field of requiredFields) expect(record.details[field]).toBeNull();
});

it("saves what an officer fills in, and audits the names of the fields without their text", async () => {
  const ctx = await aContext();
  await saveProcessingDetails(ctx, details);
  expect(await readProcessingRecord(ctx)).toMatchObject({
    details: { controller: "Acme plc, 1 High Street", transfers: "none", measures: null },
    changed: { at: expect.any(Date) },
  });
  await saveProcessingDetails(ctx, { ...details, transfers: "" });
  expect((await readProcessingRecord(ctx)).details.transfers).toBeNull();
  const where = { organizationId: ctx.organizationId, action: "processing-record.change" };
  const rows = await db.prisma.auditEntry.findMany({ where, orderBy: { id: "asc" } });
  expect(rows.map((row) => row.details)).toEqual([
    { fields: "controller transfers" },
    { fields: "transfers" },
  ]);
});

it("is read by officers and auditors and filled in by officers, of its own organization only", async () => {
  const ctx = await aContext();
  await saveProcessingDetails(ctx, details);
  await readProcessingRecord(as(ctx, "auditor"));
  for (const role of ["marketer", "agent", "developer"] as const)
    await expect(readProcessingRecord(as(ctx, role))).rejects.toMatchObject({ code: "forbidden" });
  await expect(saveProcessingDetails(as(ctx, "auditor"), details)).rejects.toMatchObject({
    code: "forbidden",
  });
  const other = { ...ctx, organizationId: await anOrganization(db) };
  expect((await readProcessingRecord(other)).details.controller).toBeNull();
});
