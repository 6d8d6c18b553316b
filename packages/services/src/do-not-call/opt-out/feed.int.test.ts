import { SellerId } from "@ringfence/core/ids";
import { aNumber, aSeller, asOwner } from "@ringfence/db/testing";
import { parse } from "csv-parse/sync";
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

const aRefusalOfAcme = (phone = aNumber()) =>
  ({ phone, scope: { seller: "acme" }, channel: "sms" }) as const;

/** Queues more changes of another seller than fit into one batch, before those of `acme`. */
async function queueChangesOfOtherSeller(ctx: RootContext) {
  const { organizationId } = ctx;
  await aSeller(db, organizationId, "other");
  await recorded(ctx, { phone: aNumber(), scope: { seller: "other" }, channel: "sms" });
  await db.pool.query(
    `WITH copied AS (
       INSERT INTO opt_out (organization_id, id, phone_id, scope, seller_id, channel, at, reference,
         recorded_at, actor)
       SELECT organization_id, lpad(number::text, 32, '0')::uuid, phone_id, scope, seller_id, channel, at,
         'N' || number, recorded_at, actor
       FROM opt_out, generate_series(1, 10000) AS number WHERE organization_id = $1
       RETURNING organization_id, id
     )
     INSERT INTO opt_out_queue SELECT organization_id, id, 'added' FROM copied`,
    [organizationId],
  );
  // Does what autovacuum would soon do after so many new rows.
  await asOwner(db, (owner) => owner.query("ANALYZE opt_out, opt_out_queue"));
}

/** The same organization, on behalf of a member who works for the seller `acme` only. */
async function forAcme(ctx: RootContext): Promise<RootContext> {
  const { organizationId } = ctx;
  const where = { organizationId, key: "acme" };
  const { id } = await db.prisma.seller.findFirstOrThrow({ where });
  const actor = {
    type: "member",
    id: "bob",
    role: "officer",
    sellerIds: [SellerId.parse(id)],
  } as const;
  return { ...ctx, actor };
}

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

  it("does not end at changes of another seller that take more than one batch of positions", async () => {
    const ctx = await aContext();
    await queueChangesOfOtherSeller(ctx);
    const { id } = await recorded(ctx, aRefusalOfAcme());
    const { items } = await readOptOutFeed(await forAcme(ctx), { limit: 10 });
    expect(items).toMatchObject([{ id }]);
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

  const refuse = (ctx: RootContext, phone = aNumber()) => recorded(ctx, aRefusalOfAcme(phone));

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

  it("does not end at changes of another seller that take more than one batch of positions", async () => {
    const ctx = await aContext();
    await queueChangesOfOtherSeller(ctx);
    const { id } = await refuse(ctx);
    expect((await readLines(await forAcme(ctx))).at(-1)).toContain(id);
  });

  it("ends before an opt-out that it exported is lifted, so that the feed still says so", async () => {
    const { ctx, optOut, correct } = await aWrongRefusal();
    const parts: string[] = [];
    for await (const part of await exportOptOuts(ctx)) {
      parts.push(part);
      if (parts.length !== 2) continue;
      await correct();
      await refuse(ctx);
    }
    const rows: { position: string }[] = parse(parts.join(""), { columns: true });
    const { items } = await readOptOutFeed(ctx, { after: rows.at(-1)?.position, limit: 10 });
    expect(rows).toMatchObject([{ id: optOut.id }]);
    expect(items).toMatchObject([{ id: optOut.id, change: "lifted" }, { change: "added" }]);
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
