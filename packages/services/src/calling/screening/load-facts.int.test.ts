import { asOwner, writtenConsent } from "@ringfence/db/testing";
import type { ClientBase } from "pg";
import { afterEach, expect, it, onTestFinished, vi } from "vitest";
import { patientDb } from "../../../testing/patient-db.ts";
import { aCalledPerson, called, minutesAfter, noon } from "../../../testing/violations.ts";
import {
  aCallablePhone,
  aDayLater,
  aFederalNumber,
  longAgo,
  refuseCalls,
  sayOfCalls,
} from "../../../testing/phones.ts";
import { useRuleSet } from "../../../testing/kept-law.ts";
import { removeInstalledLaws } from "../../../testing/laws.ts";
import { aContext, db, keys } from "../../../testing/scenes.ts";
import { waitForLockWaiterUnclocked } from "../../../testing/lock-waiter.ts";
import { whileLocked } from "../../../testing/while-locked.ts";
import type { RootContext } from "../../platform/context.ts";
import { factsStatement } from "./facts-statement.ts";
import { readFacts } from "./load-facts.ts";
import { screenCall } from "./screen-call.ts";
import { Phone } from "@ringfence/core/people/phone";
import { aRegistryWithHistory } from "../../../testing/registry-history.ts";
import type { ScreeningResult } from "./screening-result.ts";

const purpose = "marketing.loans";

afterEach(removeInstalledLaws);

const recorded = ({ organizationId }: RootContext) =>
  db.prisma.screening.count({ where: { organizationId } });

it("reads facts once for concurrent calls, and records them in few commits", async () => {
  const { db, asked } = patientDb();
  const ctx = { ...(await aContext()), db };
  const { phone } = await aCallablePhone(ctx);

  const answers = await Promise.all(
    Array.from({ length: 200 }, () => screenCall(ctx, { phone, purpose })),
  );

  expect(answers.filter(({ verdict }) => verdict === "allow")).toHaveLength(200);
  expect(new Set(answers.map(({ id }) => id)).size).toBe(200);
  expect(await recorded(ctx)).toBe(200);
  expect(asked()).toBeLessThanOrEqual(3);
});

it("makes no live call wait for a what-if", async () => {
  const { db, asked } = patientDb();
  const ctx = { ...(await aContext()), db };
  const { phone } = await aCallablePhone(ctx);

  const [now, then] = await Promise.all([
    screenCall(ctx, { phone, purpose }),
    screenCall(ctx, { phone, purpose, at: aDayLater }),
  ]);

  expect([now.checked.whatIf, then.checked.whatIf, asked()]).toEqual([false, true, 3]);
});

it("answers calls of several organizations together, each by its own settings", async () => {
  const [mine, theirs] = [await aContext(), await aContext()];
  const { phone } = await aCallablePhone(mine);
  await aCallablePhone(theirs, { phone });
  await db.prisma.organization.update({
    where: { id: theirs.organizationId },
    data: { dialer: "predictive" },
  });
  const verdicts = await Promise.all(
    [mine, theirs, mine, theirs].map(async (ctx) => {
      const { verdict } = await screenCall(ctx, { phone, purpose });
      return verdict;
    }),
  );
  expect(verdicts).toEqual(["allow", "refuse", "allow", "refuse"]);
});

type Called = Awaited<ReturnType<typeof aCallablePhone>>;

/** Records a consent whose purpose no code of ours could write. */
const spoilConsents = ({ organizationId }: RootContext, { phoneId, sellerId }: Called) =>
  db.prisma.consentEvent.create({
    data: {
      ...writtenConsent(longAgo),
      organizationId,
      consentId: phoneId,
      phoneId,
      sellerId,
      type: "granted",
      purposes: ["No purpose"],
    },
  });

it.each([
  [
    "settings",
    ({ organizationId }: RootContext) =>
      db.prisma.emergency.create({
        data: { organizationId, jurisdiction: "nowhere", from: longAgo, memberId: organizationId },
      }),
  ],
  ["law", (ctx: RootContext) => useRuleSet(ctx, "{}")],
  ["consents", spoilConsents],
])("answers others while the %s of one organization cannot be read", async (_, spoil) => {
  const [mine, theirs] = [await aContext(), await aContext()];
  const { phone } = await aCallablePhone(mine);
  await spoil(theirs, await aCallablePhone(theirs, { phone }));
  const verdicts = await Promise.allSettled(
    [theirs, mine, theirs, mine].map(async (ctx) => {
      const { verdict } = await screenCall(ctx, { phone, purpose });
      return verdict;
    }),
  );
  expect(verdicts.map(({ status }) => status)).toEqual([
    "rejected",
    "fulfilled",
    "rejected",
    "fulfilled",
  ]);
});

it("answers other calls of an organization while the consents of one number cannot be read", async () => {
  const ctx = await aContext();
  const [spoiled, other] = [await aCallablePhone(ctx), await aCallablePhone(ctx)];
  await spoilConsents(ctx, spoiled);
  const answers = await Promise.allSettled(
    [spoiled, other].map(({ phone }) => screenCall(ctx, { phone, purpose })),
  );
  expect(answers.map(({ status }) => status)).toEqual(["rejected", "fulfilled"]);
});

it.each(["opt_out", "screening"])("gives up on a slow database: %s", async (table) => {
  const ctx = await aContext();
  const { phone } = await aCallablePhone(ctx);
  await whileLocked(table, async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    onTestFinished(() => void vi.useRealTimers());
    let isOver = false;
    const failure = screenCall(ctx, { phone, purpose })
      .catch(String)
      .finally(() => (isOver = true));
    await waitForLockWaiterUnclocked();
    await vi.advanceTimersByTimeAsync(999);
    expect(isOver).toBe(false);
    // Only the timeout ends it: the lock is held until this test ends.
    await vi.advanceTimersByTimeAsync(1);
    expect(await failure).toContain("timeout");
    vi.useRealTimers();
  });
  expect((await screenCall(ctx, { phone, purpose })).verdict).toBe("allow");
});

it("uses the emergencies at the requested instant", async () => {
  const ctx = await aContext();
  const { phone } = await aCallablePhone(ctx, { region: "US-NY" });
  const { organizationId } = ctx;
  await db.prisma.emergency.create({
    data: { organizationId, jurisdiction: "US-NY", from: aDayLater, memberId: organizationId },
  });
  const reasonsAt = async (at?: Date) => {
    const { refusals } = await screenCall(ctx, { phone, purpose, ...(at && { at }) });
    return refusals.map(({ reason }) => reason);
  };

  const [before, then, now] = await Promise.all([longAgo, aDayLater, undefined].map(reasonsAt));

  expect(before).not.toContain("sector-banned");
  expect(then).toContain("sector-banned");
  expect(now).toContain("sector-banned");
});

it("keeps instants apart that share a statement", async () => {
  const { organizationId } = await aContext();
  await db.prisma.emergency.create({
    data: { organizationId, jurisdiction: "US-NY", from: aDayLater, memberId: organizationId },
  });
  const asks = [longAgo, null, aDayLater, null].map((at) => ({
    organizationId,
    phone: null,
    phoneKey: null,
    at,
  }));
  const facts = await readFacts({ db, keys }, asks);
  expect(facts.map(({ settings }) => settings.emergencies)).toEqual([
    [],
    ["US-NY"],
    ["US-NY"],
    ["US-NY"],
  ]);
});

it("counts a call once although its phone is also one of the person's", async () => {
  const { ctx, phone } = await aCalledPerson();
  await called(ctx, phone, noon);
  const ask = { organizationId: ctx.organizationId, phone, phoneKey: null, at: minutesAfter(60) };
  const [facts] = await readFacts({ db, keys }, [ask]);
  expect(facts?.row.calls).toEqual([noon.getTime()]);
});

const february = (day: number, hour = 2) => new Date(Date.UTC(2026, 1, day, hour));

const listReasons = ({ refusals }: ScreeningResult) => refusals.map(({ reason }) => reason);

async function scene(phone = aFederalNumber()) {
  const ctx = await aContext();
  const callable = await aCallablePhone(ctx, { phone });
  const screenAt = (at: Date) => screenCall(ctx, { phone, purpose: "marketing.loans", at });
  return { ctx, ...callable, digits: Number(phone.slice(1)), screenAt };
}

it("gives no permit, and records nothing", async () => {
  const { ctx, phone, screenAt } = await scene();
  const { organizationId } = ctx;

  const thisHour = february(10, new Date().getUTCHours()); // noon where the person lives
  const allowed = await screenAt(thisHour);
  expect(allowed).toMatchObject({ phone, verdict: "allow", checked: { whatIf: true } });
  expect(allowed.checked.at).toEqual(thisHour);
  expect(["permit", "expiresAt"].filter((leave) => leave in allowed)).toEqual([]);

  const met = await db.prisma.phone.count({ where: { organizationId } });
  const at = february(10);
  await screenCall(ctx, { phone: aFederalNumber(), purpose: "marketing", at });
  await screenCall(ctx, { phone: "call me", purpose: "marketing", at });
  expect(await db.prisma.phone.count({ where: { organizationId } })).toBe(met);
  expect(await db.prisma.screening.count({ where: { organizationId } })).toBe(0);
});

it("warns of an opt-out made since, and refuses for one that existed then", async () => {
  const { ctx, phoneId, screenAt } = await scene();
  await refuseCalls(ctx, phoneId, february(20));

  const before = await screenAt(february(19));
  expect(listReasons(before)).not.toContain("opted-out");
  expect(before.warnings).toContainEqual(
    expect.objectContaining({ reason: "opted-out", since: february(20) }),
  );
  expect(listReasons(await screenAt(february(20)))).toContain("opted-out");
});

it("uses the consent of that day", async () => {
  const { ctx, screenAt, ...said } = await scene();
  await sayOfCalls(ctx, said, "withdrawn", february(10));
  await sayOfCalls(ctx, said, "granted", february(20));

  const consentAt = async (at: Date) =>
    listReasons(await screenAt(at)).find((reason) => reason.startsWith("consent-"));
  expect(await consentAt(new Date(longAgo.getTime() - 1))).toBe("consent-missing");
  expect(await consentAt(february(9))).toBeUndefined();
  expect(await consentAt(february(10))).toBe("consent-withdrawn");
  expect(await consentAt(february(20))).toBeUndefined();
});

it("uses the editions in force then, and none before the first", async () => {
  const { ctx, digits, screenAt } = await scene();
  await aRegistryWithHistory(ctx, "partner", [
    { readAt: february(1), numbers: [digits] },
    { readAt: february(10), numbers: [] },
    { readAt: february(20), numbers: [digits + 1, digits] },
  ]);
  const saidAt = async (at: Date) => {
    const { refusals, checked } = await screenAt(at);
    const said = refusals.filter(({ registry }) => registry === "partner");
    const edition = checked.editions.find(({ registry }) => registry === "partner");
    return [...said.map(({ reason }) => reason), edition?.edition, edition?.ageDays];
  };

  expect(await saidAt(february(1, 1))).toEqual(["registry-unchecked", undefined, undefined]);
  expect(await saidAt(february(1))).toEqual(["registry-listed", 1, 0]);
  expect(await saidAt(february(9))).toEqual(["registry-listed", 1, 8]);
  expect(await saidAt(february(12))).toEqual([2, 2]);
  expect(await saidAt(february(25))).toEqual(["registry-listed", 3, 5]);
});

it("lets a later consent lift a listing if the date was known then", async () => {
  const phone = Phone.parse("+393123456789"); // Italy's RPO: a consent later than the listing lifts it
  const { ctx, digits, screenAt, ...said } = await scene(phone);
  const elements = ["controller_identity", "purpose", "data_types", "right_to_withdraw"];
  await sayOfCalls(ctx, said, "renewed", february(12), { elements });
  await aRegistryWithHistory(ctx, "IT-RPO", [
    { readAt: february(1), numbers: [] },
    { readAt: february(10), numbers: [digits] },
    { readAt: february(16), numbers: [] },
    { readAt: february(20), numbers: [digits] },
  ]);
  const listedAt = async (at: Date) => {
    const { refusals } = await screenAt(at);
    return refusals.find(({ reason }) => reason === "registry-listed")?.since ?? null;
  };

  expect(await listedAt(february(9))).toBeNull();
  expect(await listedAt(february(11))).toEqual(february(10));
  expect(await listedAt(february(13))).toBeNull();
  expect(await listedAt(february(17))).toBeNull();
  expect(await listedAt(february(21))).toEqual(february(20));
});

it("is planned as if there were no policies, so that row-level security costs it nothing", async () => {
  const plan = async () => {
    const client = await db.pool.connect();
    return planFacts(client).finally(() => client.release(true));
  };
  // Sizes of tables can change between two plans, so equal plans have to stand on both sides of the compared one.
  let [before, planned, after] = [
    await asOwner(db, planFacts),
    await plan(),
    await asOwner(db, planFacts),
  ];
  while (JSON.stringify(before) !== JSON.stringify(after))
    [before, planned, after] = [after, await plan(), await asOwner(db, planFacts)];
  expect(planned.length).toBeGreaterThan(50);
  expect(planned).toEqual(after);
});

/**
 * The plan of the statement for any values, by commands that PostgreSQL 15 knows too. Without costs, because the server
 * counts rows anew now and then.
 */
async function planFacts(client: ClientBase) {
  await client.query("SET plan_cache_mode = force_generic_plan");
  await client.query(`PREPARE facts AS ${factsStatement}`);
  const { rows } = await client.query(
    "SELECT cardinality(parameter_types) AS parameters FROM pg_prepared_statements WHERE name = 'facts'",
  );
  const values = Array.from({ length: rows[0].parameters }, () => "NULL");
  const plan = await client.query(
    `EXPLAIN (VERBOSE, COSTS OFF) EXECUTE facts (${values.join(", ")})`,
  );
  return plan.rows;
}
