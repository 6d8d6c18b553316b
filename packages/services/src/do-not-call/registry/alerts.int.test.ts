import { describe, expect, it } from "vitest";
import { aRegistryThatLists, fullList, numbersInArea } from "../../../testing/registries.ts";
import { aContext, db } from "../../../testing/scenes.ts";
import { createWebhook } from "../endpoint/index.ts";
import { claimRun, failRun, finishRun } from "../../platform/run/index.ts";
import { startSync } from "./sync.ts";
import { sendRegistryAlert, updateRegistryAlerts } from "./alerts.ts";
import { MemberId, RegistryAlertId } from "@ringfence/core/ids";

describe("updateRegistryAlerts", () => {
  const on = (day: number) => ({ readAt: new Date(Date.UTC(2026, 2, day)) });

  async function scene() {
    const registry = await aRegistryThatLists(numbersInArea(818, 3));
    const { asOfficer, ctx, organizationId, registryId } = registry;
    const verifiedAgo = (days: number) =>
      db.pool.query(
        "UPDATE registry SET verified_at = clock_timestamp() - make_interval(secs => $2 * 86400.0) WHERE id = $1",
        [registryId, days],
      );
    await verifiedAgo(0);
    /** A reading that ends so. */
    const read = async (doesFail: boolean) => {
      const { runId } = await startSync(asOfficer, registryId);
      const claimed = await claimRun(ctx, { runId, worker: "a" });
      if (claimed.outcome !== "claimed") throw new Error(claimed.outcome);
      const { claim } = claimed;
      if (doesFail) await failRun(ctx, { claim, error: { key: "source.nothing-uploaded" } });
      else await finishRun(ctx, { claim, outcome: {} });
    };
    /** Updates the alerts and returns each with whether it still holds. */
    const told = async () => {
      await updateRegistryAlerts(db);
      const where = { organizationId, registryId };
      const alerts = await db.prisma.registryAlert.findMany({ where, orderBy: { since: "asc" } });
      return alerts.map(({ kind, until }) => `${kind} ${until === null ? "is" : "was"}`);
    };
    const heard = () =>
      db.prisma.delivery.count({ where: { organizationId, event: "registry.alert" } });
    return { ...registry, verifiedAgo, read, told, heard };
  }

  it("alerts once about failing readings, and again after a success and another failure", async () => {
    const { read, told } = await scene();
    expect(await told()).toEqual([]);
    await read(true);
    expect(await told()).toEqual(["failed is"]);
    await read(true);
    expect(await told()).toEqual(["failed is"]);
    await read(false);
    expect(await told()).toEqual(["failed was"]);
    await read(true);
    expect(await told()).toEqual(["failed was", "failed is"]);
  });

  it("alerts when the age limit is near and when it has passed", async () => {
    const { verifiedAgo, told } = await scene();
    await verifiedAgo(24);
    expect(await told()).toEqual([]);
    await verifiedAgo(25);
    expect(await told()).toEqual(["near is"]);
    await verifiedAgo(32);
    expect(await told()).toEqual(["near was", "stale is"]);
    await verifiedAgo(0);
    expect(await told()).toEqual(["near was", "stale was"]);
  });

  it("alerts endpoints and mails owners and officers once, even with several sweeps", async () => {
    const { asOfficer, organizationId, verifiedAgo, told, heard } = await scene();
    const members = ["owner", "officer", "marketer", "agent"] as const;
    for (const role of members) {
      const email = `${role}@acme.example`;
      const data = { organizationId, email, name: role, role, passwordHash: "" };
      await db.prisma.member.create({ data });
    }
    const gone = { organizationId, email: "gone@acme.example", name: "gone", passwordHash: "" };
    await db.prisma.member.create({ data: { ...gone, role: "officer", removedAt: new Date() } });
    const url = "https://dialer.example/hook";
    await createWebhook(
      { ...asOfficer, actor: { type: "member", id: "ada", role: "owner", sellerIds: [] } },
      { name: "Dialer", url, events: ["registry.alert"], reason: "The dialer keeps its own list." },
    );
    await verifiedAgo(32);
    await Promise.all([
      updateRegistryAlerts(db),
      updateRegistryAlerts(db),
      updateRegistryAlerts(db),
    ]);

    expect(await told()).toEqual(["stale is"]);
    expect(await heard()).toBe(1);
    const { rows } = await db.pool.query(
      `SELECT role FROM graphile_worker._private_jobs AS job
     JOIN member ON member.id::text = payload->>'memberId' WHERE organization_id = $1`,
      [organizationId],
    );
    expect(rows).toHaveLength(2);
    expect(new Set(rows.map(({ role }) => role))).toEqual(new Set(["officer", "owner"]));
  });

  it("alerts nobody about another organization's registry", async () => {
    const [ill, well] = [await scene(), await scene()];
    await ill.verifiedAgo(32);
    expect(await well.told()).toEqual([]);
    expect(await ill.told()).toEqual(["stale is"]);
  });

  it("alerts about a held edition until a later one is in force, and again about the next one", async () => {
    const { apply, told, verifiedAgo } = await scene();
    const few = fullList(numbersInArea(818, 1));
    expect(await apply(few, on(2))).toMatchObject({ outcome: "held" });
    expect(await told()).toContain("held is");
    expect(await apply(fullList(numbersInArea(818, 4)), on(3))).toMatchObject({
      outcome: "applied",
    });
    await verifiedAgo(0);
    expect(await told()).toContain("held was");
    expect(await apply(few, on(4))).toMatchObject({ outcome: "held" });
    expect(await told()).toContain("held is");
  });

  it("uses the strictest limit of the rules, as screening does", async () => {
    const { organizationId, registryId, verifiedAgo, told } = await scene();
    const change = { code: "CA-DNCL", maxAgeDays: 365 };
    await db.prisma.registry.updateMany({
      where: { organizationId, id: registryId },
      data: change,
    });
    await verifiedAgo(32);
    expect(await told()).toEqual(["stale is"]);
  });
});

describe("sendRegistryAlert", () => {
  type Mail = { to: string; subject: string; text: string };

  const publicUrl = "https://rf.example";

  async function scene(locale = "en") {
    const { ctx, organizationId, registryId } = await aRegistryThatLists(numbersInArea(818, 3));
    const data = {
      email: "ada@acme.example",
      name: "Ada",
      role: "officer",
      passwordHash: "",
    } as const;
    const { id } = await db.prisma.member.create({ data: { ...data, organizationId, locale } });
    await db.pool.query(
      "UPDATE registry SET verified_at = clock_timestamp() - interval '40.5 days' WHERE id = $1",
      [registryId],
    );
    await updateRegistryAlerts(db);
    const alert = await db.prisma.registryAlert.findFirstOrThrow({ where: { organizationId } });
    const mails: Mail[] = [];
    const messageSender = { email: async (mail: Mail) => void mails.push(mail) };
    const sending = { alertId: RegistryAlertId.parse(alert.id), memberId: MemberId.parse(id) };
    const sender = { ...ctx, actor: { type: "job", name: "registry-alert.send" } } as const;
    const send = (from: typeof ctx | typeof sender = sender) =>
      sendRegistryAlert({ ...from, messageSender, publicUrl }, sending);
    return { ctx, sender, organizationId, registryId, sending, messageSender, mails, send };
  }

  it("mails what is wrong and a link to the registry", async () => {
    const { send, mails, registryId } = await scene();
    await send();
    expect(mails).toMatchObject([
      {
        to: "ada@acme.example",
        subject: "National Do Not Call Registry: out of date, calls are refused",
      },
    ]);
    expect(mails[0]?.text).toContain("40 days ago, and its age limit is 31 days");
    expect(mails[0]?.text).toContain(`https://rf.example/registries/${registryId}`);
  });

  it("writes in the member's language", async () => {
    const { send, mails } = await scene("ru");
    await send();
    expect(mails[0]?.subject).toContain("устарел, звонки запрещены");
  });

  it("sends no mail about an alert that is over", async () => {
    const { send, mails, organizationId } = await scene();
    await db.prisma.registryAlert.updateMany({
      where: { organizationId },
      data: { until: new Date() },
    });
    await send();
    expect(mails).toEqual([]);
  });

  it.each(["removedAt", "accessEndedAt"])("sends no mail to a member with %s", async (ended) => {
    const { send, mails, sending } = await scene();
    const where = { id: sending.memberId };
    await db.prisma.member.updateMany({ where, data: { [ended]: new Date() } });
    await send();
    expect(mails).toEqual([]);
  });

  it("sends nothing to members of another organization, and only its job may send", async () => {
    const { ctx, sending, messageSender, mails, send } = await scene();
    const other = await aContext({ type: "job", name: "registry-alert.send" });
    await sendRegistryAlert({ ...other, messageSender, publicUrl }, sending);
    expect(mails).toEqual([]);
    await expect(send(ctx)).rejects.toMatchObject({ code: "forbidden" });
  });
});
