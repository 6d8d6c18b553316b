import { aNumber } from "@ringfence/db/testing";
import { describe, expect, it } from "vitest";
import { aContext, as, db } from "../../../testing/scenes.ts";
import {
  type RootContext,
  type TransactionContext,
  inTransaction,
} from "../../platform/context.ts";
import { findOrAddPhone } from "../../people/phone/phones.ts";
import { saveOptOuts } from "./record.ts";
import { aWrongRefusal } from "../../../testing/corrections.ts";
import { recorded } from "../../../testing/opt-outs.ts";
import { aPhoneAtNoon, addAnotherPhone } from "../../../testing/phones.ts";
import { exportOptOuts, readOptOutFeed } from "./feed.ts";
import { recordContacts } from "../../people/contact/record-contacts.ts";

describe("opt out feed", () => {
  const refuse = async (ctx: RootContext) =>
    (await recorded(ctx, { phone: aNumber(), channel: "sms" })).id;

  /** Page after page, until there is nothing after the cursor. */
  async function readAll(ctx: RootContext, after: string | undefined, limit: number) {
    const ids: string[] = [];
    for (let cursor = after; ;) {
      const { items, next } = await readOptOutFeed(ctx, { after: cursor, limit });
      if (items.length === 0) return { ids, next };
      ids.push(...items.map(({ id }) => id));
      cursor = next;
    }
  }

  it("lists what changed after a cursor, page by page", async () => {
    const ctx = await aContext();
    const phone = aNumber();
    const scope = { seller: "acme" };
    const { id, effectiveAt } = await recorded(ctx, { phone, scope, channel: "sms" });
    const second = await refuse(ctx);

    const page = await readOptOutFeed(ctx, { limit: 1 });
    expect(page.items).toEqual([
      { id, phone, phones: [phone], scope, effectiveAt, change: "added" },
    ]);

    const { items, next } = await readOptOutFeed(ctx, { after: page.next, limit: 10 });
    expect(items).toMatchObject([{ id: second, scope: {} }]);
    expect(await readOptOutFeed(ctx, { after: next, limit: 10 })).toEqual({ items: [], next });
  });

  it("names for a lifted opt-out only phones that no other opt-out covers, whatever its scope", async () => {
    const { ctx, phone, phoneId, contactId, optOut, correct } = await aWrongRefusal();
    const own = [await addAnotherPhone(ctx, contactId), await addAnotherPhone(ctx, contactId)];
    await correct();
    const lifted = async () =>
      (await readOptOutFeed(ctx, { limit: 10 })).items.filter(({ change }) => change === "lifted");
    const theirs = own.map(({ phone }) => phone).toSorted();
    expect(await lifted()).toMatchObject([
      { id: optOut.id, phone, phones: [phone, ...theirs].toSorted() },
    ]);

    const neighbour = await aPhoneAtNoon(ctx); // who has that phone too
    await db.prisma.contactPhone.create({
      data: { organizationId: ctx.organizationId, contactId: neighbour.contactId, phoneId },
    });
    await recorded(ctx, { phone: neighbour.phone, channel: "agent", scope: { seller: "acme" } });
    expect(await lifted()).toMatchObject([{ id: optOut.id, phones: theirs }]);
  });

  it("returns a first cursor when there are no opt-outs yet", async () => {
    const ctx = await aContext();
    const { next } = await readOptOutFeed(ctx, { limit: 10 });
    const id = await refuse(ctx);
    expect((await readOptOutFeed(ctx, { after: next, limit: 10 })).items).toMatchObject([{ id }]);
  });

  /** A writer who was first to begin, and has not committed when others have. */
  async function slowWriter(ctx: RootContext) {
    const written = Promise.withResolvers<void>();
    const mayCommit = Promise.withResolvers<void>();
    const write = async (ctx: TransactionContext) => {
      const phoneId = await findOrAddPhone(ctx, aNumber());
      const optOut = { phoneId, scope: { scope: "all" }, channel: "api", at: null } as const;
      const [added] = await saveOptOuts(ctx, [optOut]);
      written.resolve();
      await mayCommit.promise;
      return added?.id;
    };
    const committed = inTransaction(ctx, write);
    await written.promise;
    return { commit: () => (mayCommit.resolve(), committed) };
  }

  it("lets no change appear behind a cursor, however late it is committed", async () => {
    const ctx = await aContext();
    const slow = await slowWriter(ctx);
    const fast = await refuse(ctx);

    const { items, next } = await readOptOutFeed(ctx, { limit: 10 });
    expect(items).toMatchObject([{ id: fast }]);

    const late = await slow.commit();
    expect((await readOptOutFeed(ctx, { after: next, limit: 10 })).items).toMatchObject([
      { id: late },
    ]);
  });

  it("shows each change once to readers during many concurrent writes", async () => {
    const ctx = await aContext();
    const writers = Array.from({ length: 6 }, async () => {
      const ids: string[] = [];
      for (let i = 0; i < 10; i++) ids.push(await refuse(ctx));
      return ids;
    });
    const writing = new AbortController();
    const follow = async (limit: number) => {
      const seen: string[] = [];
      let cursor: string | undefined;
      while (!writing.signal.aborted) {
        const { ids, next } = await readAll(ctx, cursor, limit);
        seen.push(...ids);
        cursor = next;
      }
      return seen;
    };
    const readers = [follow(1), follow(7)];
    const written = (await Promise.all(writers)).flat();
    writing.abort();
    const seen = await Promise.all(readers);

    const { ids: inOrder } = await readAll(ctx, undefined, 1_000);
    expect(inOrder.toSorted()).toEqual(written.toSorted());
    for (const ids of seen) expect(ids).toEqual(inOrder.slice(0, ids.length));
  });

  it("records that numbers were read, but only if there were any", async () => {
    const ctx = await aContext();
    const { next } = await readOptOutFeed(ctx, { limit: 10 });
    await refuse(ctx);
    await readOptOutFeed(ctx, { after: next, limit: 10 });

    const where = { organizationId: ctx.organizationId, action: "opt-out.read" };
    expect(await db.prisma.auditEntry.findMany({ where })).toMatchObject([
      { details: { listed: 1 } },
    ]);
  });

  it("refuses marketers", async () => {
    const ctx = await aContext();
    await expect(readOptOutFeed(as(ctx, "marketer"), { limit: 1 })).rejects.toMatchObject({
      code: "forbidden",
    });
  });

  it("shows nothing of another organization", async () => {
    const [ctx, other] = [await aContext(), await aContext()];
    await refuse(other);
    expect((await readOptOutFeed(ctx, { limit: 10 })).items).toEqual([]);
  });
});

describe("export opt outs", () => {
  async function readLines(ctx: RootContext) {
    const parts: string[] = [];
    for await (const part of await exportOptOuts(ctx)) parts.push(part);
    return parts.join("").trimEnd().split("\r\n");
  }

  const refuse = (ctx: RootContext, phone = aNumber()) =>
    recorded(ctx, { phone, scope: { seller: "acme" }, channel: "sms" });

  it("exports all opt-outs, with a cursor at which the feed continues", async () => {
    const ctx = await aContext();
    const { id, phone, effectiveAt, reference } = await refuse(ctx);
    const at = effectiveAt.toISOString();

    expect(await readLines(ctx)).toEqual([
      "id,phone,scope,seller,purpose,channel,effective_at,recorded_at,reference,position,phones",
      `${id},${phone},seller,acme,,sms,${at},${at},${reference},1,${phone}`,
    ]);

    const { id: later } = await refuse(ctx);
    expect((await readOptOutFeed(ctx, { after: "1", limit: 10 })).items).toMatchObject([
      { id: later },
    ]);
  });

  it("names all phones of the person, as the feed does", async () => {
    const ctx = await aContext();
    const phones = [aNumber(), aNumber()].toSorted();
    await recordContacts(ctx, { rows: [{ phones }] });
    await refuse(ctx, phones[0]);
    expect((await readLines(ctx)).at(-1)).toContain(`,${phones.join(" ")}`);
    expect((await readOptOutFeed(ctx, { limit: 1 })).items).toMatchObject([
      { phone: phones[0], phones },
    ]);
  });

  it("includes opt-outs that arrive during the export", async () => {
    const ctx = await aContext();
    await refuse(ctx);
    const parts: string[] = [];
    let late = "";
    for await (const part of await exportOptOuts(ctx)) {
      parts.push(part);
      if (parts.length === 2) late = (await refuse(ctx)).id;
    }
    expect(parts.at(-1)).toContain(late);
  });

  it("leaves out lifted opt-outs", async () => {
    const { ctx, phone, correct } = await aWrongRefusal();
    expect((await readLines(ctx)).at(-1)).toContain(phone);
    await correct();
    expect(await readLines(ctx)).toHaveLength(1);
  });

  it("records who took it", async () => {
    const ctx = await aContext();
    await readLines(ctx);

    const where = { organizationId: ctx.organizationId };
    expect(await db.prisma.auditEntry.findMany({ where })).toMatchObject([
      { action: "opt-out.read", details: { exported: true } },
    ]);
  });

  it("refuses agents", async () => {
    const ctx = await aContext();
    await expect(exportOptOuts(as(ctx, "agent"))).rejects.toMatchObject({ code: "forbidden" });
  });

  it("exports nothing of another organization", async () => {
    const [ctx, other] = [await aContext(), await aContext()];
    await refuse(other);
    expect(await readLines(ctx)).toHaveLength(1);
  });
});
