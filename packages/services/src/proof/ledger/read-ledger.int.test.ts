import { OrganizationId } from "@ringfence/core/ids";
import { writeNoteKey } from "@ringfence/core/proof/ledger";
import { anOrganization } from "@ringfence/db/testing";
import { describe, expect, it } from "vitest";
import { aLedger, asIntruder, growBy, origin, someStatements } from "../../../testing/ledger.ts";
import { as, keys, officer } from "../../../testing/scenes.ts";
import { aTimestampAuthority } from "../../../testing/timestamp-authority.ts";
import { aWitness } from "../../../testing/witness.ts";
import type { RootContext } from "../../platform/context.ts";
import { appendStatements } from "./append-statement.ts";
import { listStatements, readLedger } from "./read-ledger.ts";
import { parseRootCertificates, timestampCheckpoint } from "./timestamp-checkpoint.ts";
import { sequenceBatch } from "./sequence-entries.ts";
import { setWitnesses } from "./policy.ts";
import { witnessCheckpoint } from "./witness-checkpoint.ts";

describe("read ledger", () => {
  async function scene() {
    const ledger = await aLedger();
    const organizationId = OrganizationId.parse(await anOrganization(ledger.db));
    const ctx: RootContext = { db: ledger.db, keys, organizationId, actor: officer };
    const append = (count: number) =>
      ledger.db.prisma.$transaction((tx) =>
        appendStatements(
          tx,
          someStatements(count).map((one) => ({ ...one, organizationId })),
        ),
      );
    return { ...ledger, ctx, append };
  }

  it("says that nothing is signed yet, and what waits", async () => {
    const { ctx, append } = await scene();
    await append(3);
    const { checkpoint, delay, origin, waiting, unsigned, lag } = await readLedger(ctx);
    expect({ checkpoint, delay, origin }).toEqual({ checkpoint: null, delay: null, origin: null });
    expect(waiting).toMatchObject({ count: 3 });
    expect(unsigned).toEqual({ count: 0, since: null });
    expect(lag).toEqual({ state: "kept-up" });
  });

  it("reports since when no worker sequences entries, or none signs them", async () => {
    const { ctx, db, append, sign } = await scene();
    await append(2);
    await asIntruder(
      db,
      "UPDATE ledger.pending SET accepted_at = accepted_at - interval '2 minutes'",
      "UPDATE ledger.entry SET accepted_at = accepted_at - interval '2 minutes'",
    );
    expect((await readLedger(ctx)).lag.state).toBe("not-placed");
    await sequenceBatch(db);
    const { unsigned, lag } = await readLedger(ctx);
    expect(unsigned).toEqual({ count: 2, since: expect.any(Date) });
    expect(lag).toEqual({ state: "not-signed", since: unsigned.since });
    await sign();
    expect((await readLedger(ctx)).lag.state).toBe("kept-up");
  });

  it("names who vouches for it, up to which size, and who is asked and has not yet", async () => {
    const { ctx, db, key, append, sign } = await scene();
    const witness = await aWitness(key);
    const away = { key: { ...witness.key, name: "away.test" }, url: "http://127.0.0.1:1" };
    await setWitnesses(db, [witness, away]);
    const authority = await aTimestampAuthority();
    await append(3);
    await sequenceBatch(db);
    await sign();
    await witnessCheckpoint(db, witness);
    await timestampCheckpoint(
      { db, keys },
      { url: authority.url, roots: parseRootCertificates(authority.root) },
    );
    const { witnesses, timestamps } = await readLedger(ctx);
    expect(witnesses).toEqual([
      { name: "away.test", size: null, at: null },
      { name: "witness.test", size: 3, at: expect.any(Date) },
    ]);
    expect(timestamps).toEqual([{ name: authority.url, size: 3, at: expect.any(Date) }]);
  });

  it("shows what is signed, by which keys, and how long that took", async () => {
    const { ctx, db, key, append, sign } = await scene();
    await append(3);
    await sequenceBatch(db);
    await sign();
    const { checkpoint, vkeys, delay, waiting, ...view } = await readLedger(ctx);
    expect(view.origin).toBe(origin);
    expect(checkpoint).toMatchObject({ size: 3, witnesses: [], timestampedBy: [] });
    expect(vkeys).toEqual([writeNoteKey(key)]);
    expect(waiting).toEqual({ count: 0, since: null });
    expect(delay?.p99Ms).toBeGreaterThanOrEqual(delay?.p50Ms ?? 0);
    expect(delay?.p50Ms).toBeGreaterThan(0);
  });

  it("measures delays of the organization's own statements only, and shows a marketer nothing", async () => {
    const { ctx, db, sign } = await scene();
    await growBy(db, 5); // statements of another organization
    await sign();
    expect((await readLedger(ctx)).delay).toBeNull();
    await expect(readLedger(as(ctx, "marketer"))).rejects.toMatchObject({ code: "forbidden" });
  });
});

describe("list statements", () => {
  async function scene() {
    const ledger = await aLedger();
    const createContext = async (): Promise<RootContext> => ({
      db: ledger.db,
      keys,
      organizationId: OrganizationId.parse(await anOrganization(ledger.db)),
      actor: officer,
    });
    const append = ({ organizationId }: RootContext, count: number, from = 0) =>
      ledger.db.prisma.$transaction((tx) =>
        appendStatements(
          tx,
          someStatements(count, from).map((one) => ({ ...one, organizationId })),
        ),
      );
    return { ...ledger, ctx: await createContext(), other: await createContext(), append };
  }

  it("lists what was stated, the newest first, with its place and when that was signed", async () => {
    const { db, ctx, append, sign } = await scene();
    await append(ctx, 1);
    await sequenceBatch(db);
    await sign();
    await append(ctx, 1, 1);
    const { statements, next } = await listStatements(ctx, { limit: 50 });
    expect(statements).toMatchObject([
      { kind: "scrub", index: null, signedAt: null },
      { kind: "scrub", index: 0, signedAt: expect.any(Date) },
    ]);
    expect(next).toBeNull();
  });

  it("continues where a page ended", async () => {
    const { ctx, append } = await scene();
    await append(ctx, 5);
    const first = await listStatements(ctx, { limit: 3 });
    const second = await listStatements(ctx, { limit: 3, after: first.next ?? "" });
    const ids = [...first.statements, ...second.statements].map(({ id }) => id);
    expect(new Set(ids).size).toBe(5);
    expect(ids).toEqual(ids.toSorted().toReversed());
    expect(second.next).toBeNull();
  });

  it("shows nothing of another organization, and a marketer nothing at all", async () => {
    const { ctx, other, append } = await scene();
    await append(other, 2);
    expect((await listStatements(ctx, { limit: 50 })).statements).toEqual([]);
    const listing = listStatements(as(other, "marketer"), { limit: 50 });
    await expect(listing).rejects.toMatchObject({ code: "forbidden" });
  });
});
