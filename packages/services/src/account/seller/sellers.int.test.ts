import { aSeller } from "@ringfence/db/testing";
import { describe, expect, it } from "vitest";
import { aContext, as, db } from "../../../testing/scenes.ts";
import { addSeller, changeSeller, listSellers } from "./sellers.ts";
import { AddSeller, ChangeSeller } from "@ringfence/core/account/seller";
import { aFederalNumber } from "../../../testing/phones.ts";
import { screenCall } from "../../calling/screening/screen-call.ts";

describe("sellers", () => {
  async function scene() {
    const ctx = await aContext();
    await aSeller(db, ctx.organizationId, "bank");
    return ctx;
  }

  it("lists the sellers by key", async () => {
    expect(await listSellers(await scene())).toMatchObject([
      { key: "acme", name: "Acme" },
      { key: "bank", name: "bank" },
    ]);
  });

  it("is not for machines", async () => {
    const key = {
      ...(await scene()),
      actor: { type: "key", id: "k", scopes: ["screen"] },
    } as const;
    await expect(listSellers(key)).rejects.toMatchObject({ code: "forbidden" });
  });

  it("does not list the sellers of another organization", async () => {
    const [ctx] = [await aContext(), await scene()];
    expect(await listSellers(ctx)).toMatchObject([{ key: "acme" }]);
  });
});

describe("change sellers", () => {
  const north = AddSeller.parse({
    key: "north",
    name: "North Bank",
    sector: "pensions",
    consentPolicy: "opt_in",
  });

  it("adds a seller that the next screening knows", async () => {
    const ctx = await aContext();
    const screened = () =>
      screenCall(ctx, { phone: aFederalNumber(), purpose: "marketing", seller: "north" });
    await expect(screened()).rejects.toMatchObject({ explanation: { key: "seller.unknown" } });

    const id = await addSeller(ctx, north);

    expect(await screened()).toMatchObject({ verdict: "refuse" });
    expect(await listSellers(ctx)).toMatchObject([{ key: "acme" }, { id, ...north }]);
    const { organizationId } = ctx;
    expect(await db.prisma.auditEntry.findMany({ where: { organizationId } })).toMatchObject([
      {
        action: "organization.change",
        details: { sellerId: id, key: "north", sector: "pensions" },
      },
    ]);
  });

  it("does not use a key twice, even concurrently", async () => {
    const ctx = await aContext();
    const outcomes = await Promise.allSettled([addSeller(ctx, north), addSeller(ctx, north)]);
    expect(outcomes.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
    await expect(addSeller(ctx, north)).rejects.toMatchObject({
      code: "conflict",
      path: "/key",
      explanation: { key: "seller.key-taken", values: { key: "north" } },
    });
  });

  it("adds nothing to another organization, which may have the same key", async () => {
    const [ctx, other] = [await aContext(), await aContext()];
    await addSeller(ctx, north);
    expect(await listSellers(other)).toHaveLength(1);
    await addSeller(other, north);
  });

  it("is not for a marketer", async () => {
    const ctx = as(await aContext(), "marketer");
    await expect(addSeller(ctx, north)).rejects.toMatchObject({ code: "forbidden" });
  });

  async function scene() {
    const ctx = await aContext();
    const id = await aSeller(db, ctx.organizationId);
    const acme = { id, name: "Acme", sector: "other", consentPolicy: "opt_in" };
    const change = (more: object) => ChangeSeller.parse({ ...acme, ...more });
    const reasons = async (phone: string) =>
      (await screenCall(ctx, { phone, purpose: "marketing" })).refusals.map(({ reason }) => reason);
    return { ctx, id, change, reasons };
  }

  it("counts in the next screening: whether calls need consent", async () => {
    const { ctx, change, reasons } = await scene();
    const phone = "+12025550123"; // Washington, D.C.: a place of which no rule asks for consent
    expect(await reasons(phone)).toContain("consent-missing");
    await changeSeller(ctx, change({ consentPolicy: "opt_out_with_registry" }));
    expect(await reasons(phone)).not.toContain("consent-missing");
    await changeSeller(ctx, change({}));
    expect(await reasons(phone)).toContain("consent-missing");
  });

  it("counts in the next screening: what it deals in", async () => {
    const { ctx, change, reasons } = await scene();
    const inFrance = "+33199001234";
    expect(await reasons(inFrance)).not.toContain("sector-banned");
    await changeSeller(ctx, change({ sector: "energy_renovation" }));
    expect(await reasons(inFrance)).toContain("sector-banned");
  });

  it("keeps the key, and audits the change", async () => {
    const { ctx, id, change } = await scene();
    await changeSeller(ctx, change({ name: "Acme Ltd", sector: "gas" }));
    expect(await listSellers(ctx)).toMatchObject([{ id, key: "acme", name: "Acme Ltd" }]);
    const { organizationId } = ctx;
    expect(await db.prisma.auditEntry.findMany({ where: { organizationId } })).toMatchObject([
      { action: "organization.change", details: { sellerId: id, sector: "gas" } },
    ]);
  });

  it("does not find the seller of another organization", async () => {
    const [{ ctx }, other] = [await scene(), await scene()];
    const change = changeSeller(ctx, other.change({ name: "Mine" }));
    await expect(change).rejects.toMatchObject({ code: "not-found" });
    expect(await listSellers(other.ctx)).toMatchObject([{ name: "Acme" }]);
  });

  it("is not for a marketer", async () => {
    const { ctx, change } = await scene();
    await expect(changeSeller(as(ctx, "marketer"), change({}))).rejects.toMatchObject({
      code: "forbidden",
    });
  });

  it("overwrites nothing that somebody else changed meanwhile", async () => {
    const { ctx, change } = await scene();
    const before = { name: "Acme", sector: "other", consentPolicy: "opt_in" };
    await changeSeller(ctx, change({ sector: "gas", before }));
    await expect(changeSeller(ctx, change({ name: "Acme Ltd", before }))).rejects.toMatchObject({
      code: "conflict",
      explanation: { key: "error.changed-meanwhile" },
    });
  });
});
