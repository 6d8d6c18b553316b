import { aFolder, aSeller } from "@ringfence/db/testing";
import { expect, it, onTestFinished } from "vitest";
import { asIntruder } from "../../../testing/ledger.ts";
import { recorded } from "../../../testing/opt-outs.ts";
import { aCallablePhone } from "../../../testing/phones.ts";
import { aContext, db, keys } from "../../../testing/scenes.ts";
import { screenCall } from "../../calling/screening/screen-call.ts";
import { compareOptOuts } from "../../proof/ledger/compare-copy.ts";
import { createOptOutCopier } from "../../proof/ledger/copy-opt-outs.ts";
import { sequenceBatch } from "../../proof/ledger/sequence-entries.ts";
import { recoverOptOuts } from "./recover.ts";

/** An organization, and a copy of the opt-outs of its database. */
async function scene() {
  const ctx = await aContext();
  const { organizationId } = ctx;
  const folder = aFolder();
  onTestFinished(() => asIntruder(db, "DELETE FROM ledger.opt_out_copy"));
  const copier = createOptOutCopier({ prisma: db.prisma, keys }, folder);
  const copy = async () => {
    while ((await sequenceBatch(db)) !== 0);
    expect(await copier.pass()).toMatchObject({ faults: [] });
  };
  /** Takes away the organization's opt-outs, as a restore to the time before them does. */
  const lose = (...more: string[]) =>
    asIntruder(
      db,
      `DELETE FROM ledger.leaf WHERE entry_id IN (
        SELECT entry_id FROM ledger.entry WHERE organization_id = '${organizationId}')`,
      ...[
        "opt_out_queue",
        "opt_out",
        "vault.disclosure",
        "vault.statement",
        "vault.subject",
        "ledger.entry",
        ...more,
      ].map((table) => `DELETE FROM ${table} WHERE organization_id = '${organizationId}'`),
    );
  const findLost = async () =>
    (await compareOptOuts(db, folder)).lost.filter((one) => one.organizationId === organizationId);
  const recover = async () => {
    const lost = (await findLost()).flatMap(({ entryId, recovery }) =>
      recovery === null ? [] : [{ entryId, ...recovery }],
    );
    const actor = { type: "job", name: "opt-out.recover" } as const;
    return recoverOptOuts({ ...ctx, actor }, { lost });
  };
  const listOptOuts = () =>
    db.prisma.optOut.findMany({ where: { organizationId }, include: { phone: true } });
  const readVerdict = async (phone: string) =>
    (await screenCall(ctx, { phone, purpose: "marketing.loans" })).verdict;
  return { ctx, copy, lose, findLost, recover, listOptOuts, readVerdict };
}

it("records lost opt-outs again, so that calls which they refuse are refused", async () => {
  const { ctx, copy, lose, findLost, recover, listOptOuts, readVerdict } = await scene();
  const { phone } = await aCallablePhone(ctx);
  const { phone: other } = await aCallablePhone(ctx);
  expect(await readVerdict(phone)).toBe("allow");
  const said = await recorded(ctx, { phone, channel: "agent" });
  await copy();
  await lose();
  expect(await readVerdict(phone)).toBe("allow");

  expect(await recover()).toEqual({ recovered: 1 });
  expect(await readVerdict(phone)).toBe("refuse");
  expect(await readVerdict(other)).toBe("allow");
  expect(await listOptOuts()).toMatchObject([
    { scope: "all", channel: "agent", at: said.effectiveAt },
  ]);
  expect(await findLost()).toEqual([]);
  expect(await recover()).toEqual({ recovered: 0 });
  await copy();
});

it("refuses calls to a number that was lost with its opt-out, and covers all calls if the seller was lost", async () => {
  const { ctx, copy, lose, recover, listOptOuts, readVerdict } = await scene();
  await aSeller(db, ctx.organizationId, "lost");
  const phone = "+12025550143";
  await recorded(ctx, { phone, channel: "web", scope: { seller: "lost" } });
  await copy();
  await lose("phone", "seller");
  await aSeller(db, ctx.organizationId);
  expect(await recover()).toEqual({ recovered: 1 });

  const [optOut] = await listOptOuts();
  expect(optOut).toMatchObject({ scope: "all", phone: { e164: null } });
  const { refusals } = await screenCall(ctx, { phone, purpose: "marketing.loans" });
  expect(refusals.map(({ reason }) => reason)).toContain("opted-out");
  expect(await readVerdict(phone)).toBe("refuse");
});
